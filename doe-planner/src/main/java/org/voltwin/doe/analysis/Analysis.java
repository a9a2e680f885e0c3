package org.voltwin.doe.analysis;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What results say. Figures that do not exist (no degrees of freedom, no replicates) are null. Coefficients are those of
 * coded factors: ranges as -1 to 1, categories as orthogonal contrasts, shares as they are.
 *
 * @param response what was measured
 * @param runs with a result
 * @param method how the model was fitted, in words
 * @param model terms fitted
 * @param notes what a user should know before believing the figures
 * @param summary of the fit
 * @param anova by term, then error and total
 * @param coefficients by column of the model
 * @param means by label of each category
 * @param residuals by run
 * @param checks of the residuals
 * @param predictions for runs without a result
 * @param best settings by the model, for the study's goal
 * @param next what to run next, most urgent first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Analysis(
        String response,
        int runs,
        String method,
        List<String> model,
        List<String> notes,
        Summary summary,
        List<Line> anova,
        List<Coefficient> coefficients,
        List<LabelMean> means,
        List<Residual> residuals,
        Checks checks,
        List<Prediction> predictions,
        @Nullable Prediction best,
        List<Advice> next) {
    /**
     * Quality of the fit.
     *
     * @param standardDeviation of a run (inside its whole plot), in the response's unit
     * @param plotStandardDeviation between whole plots
     * @param errorDegreesOfFreedom of runs
     * @param plotDegreesOfFreedom of whole plots
     * @param rSquared 0 to 1
     * @param adjustedRSquared for the number of terms
     * @param press sum of squared errors of predicting each run from all others
     * @param predictedRSquared 1 - press / total; far below rSquared: the model follows single runs
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Summary(
            @Nullable Double standardDeviation,
            @Nullable Double plotStandardDeviation,
            int errorDegreesOfFreedom,
            @Nullable Integer plotDegreesOfFreedom,
            double rSquared,
            @Nullable Double adjustedRSquared,
            @Nullable Double press,
            @Nullable Double predictedRSquared) {}

    /**
     * A line of the analysis of variance.
     *
     * @param source term, {@code error}, {@code lack of fit}, {@code pure error} or {@code total}
     * @param errorDegreesOfFreedom that f is judged with
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            String source,
            int degreesOfFreedom,
            double sumOfSquares,
            @Nullable Double meanSquare,
            @Nullable Double f,
            @Nullable Integer errorDegreesOfFreedom,
            @Nullable Double probability) {}

    /**
     * A coefficient with its confidence interval.
     *
     * @param effect change from the low to the high end of the range, if the column has one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Coefficient(
            String name,
            double value,
            @Nullable Double effect,
            @Nullable Double standardError,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double t,
            @Nullable Double probability) {}

    /** Mean response of a label, other factors in the middle of their ranges and over all labels of other categories. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LabelMean(
            String factor,
            String label,
            double mean,
            @Nullable Double low,
            @Nullable Double high) {}

    /**
     * A run's residual.
     *
     * @param leverage 0 to 1: how much the run decides its own fitted value
     * @param studentised residual over its standard error, the run left out of the error (externally)
     * @param cooksDistance how far the run moves the whole fit; above 1 it decides the result
     * @param outlier whether so large a residual is improbable for the largest of all (Bonferroni)
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Residual(
            int run,
            double observed,
            double fitted,
            double residual,
            double leverage,
            @Nullable Double studentised,
            @Nullable Double cooksDistance,
            boolean outlier) {}

    /**
     * Checks of the residuals; small probabilities speak against the assumption.
     *
     * @param shapiroWilk W of the studentised residuals
     * @param normality probability of so small a W for normal errors
     * @param equalVariance probability of so large a dependence of the spread on the level (Breusch and Pagan in
     *     Koenker's form, J. Econometrics 17 (1981) 107-112)
     * @param runOrderCorrelation of residuals of neighbouring runs
     * @param runOrder probability of so large a correlation for independent errors, approximately
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Checks(
            @Nullable Double shapiroWilk,
            @Nullable Double normality,
            @Nullable Double equalVariance,
            @Nullable Double runOrderCorrelation,
            @Nullable Double runOrder) {}

    /**
     * A predicted response.
     *
     * @param run number, 0 for settings that are no run
     * @param values by factor
     * @param low end of the confidence interval of the mean
     * @param runLow end of the interval for the result of a single run
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Prediction(
            int run,
            Map<String, Object> values,
            double mean,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double runLow,
            @Nullable Double runHigh) {}

    /**
     * What to run next.
     *
     * @param what to do
     * @param why in words
     * @param runs settings to run, by factor in its own unit
     */
    public record Advice(String what, String why, List<Map<String, Object>> runs) {}
}
