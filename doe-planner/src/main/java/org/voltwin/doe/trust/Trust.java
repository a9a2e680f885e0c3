package org.voltwin.doe.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures to trust, or mistrust, a design by. What does not apply is null.
 *
 * @param runs of the design, existing ones included
 * @param fullFactorialRuns what all combinations of the factors' levels would take
 * @param model terms that the figures below are for
 * @param parameters columns of the model
 * @param errorDegreesOfFreedom runs less parameters
 * @param dEfficiency 100 |X'X|^(1/p) / N, %; 100 for an orthogonal two-level design
 * @param aEfficiency 100 p / trace(N (X'X)^-1), %
 * @param gEfficiency 100 p / (N max d), %, d the relative prediction variance
 * @param averagePredictionVariance over the region, in units of the error variance: what I-optimal designs make small
 * @param predictionVariance fractions 0, 10, ..., 100 % of the region have at most this variance
 * @param largestVarianceInflation of a coefficient against an orthogonal design
 * @param correlation between the model's columns (without the constant)
 * @param aliases how terms left out would bias those in the model
 * @param aliasGroups effects of a regular fraction that cannot be told apart
 * @param resolution of a regular fraction
 * @param power by effect
 * @param centredDiscrepancy centred L2 discrepancy, squared, of the quantitative factors in the unit cube
 * @param smallestDistance between two different settings in the unit cube
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trust(
        int runs,
        long fullFactorialRuns,
        List<String> model,
        int parameters,
        int errorDegreesOfFreedom,
        @Nullable Double dEfficiency,
        @Nullable Double aEfficiency,
        @Nullable Double gEfficiency,
        @Nullable Double averagePredictionVariance,
        @Nullable List<Double> predictionVariance,
        @Nullable Double largestVarianceInflation,
        @Nullable Table correlation,
        @Nullable Table aliases,
        @Nullable List<String> aliasGroups,
        @Nullable Integer resolution,
        List<EffectPower> power,
        @Nullable Double centredDiscrepancy,
        @Nullable Double smallestDistance) {
    /** A matrix with names. */
    public record Table(List<String> rows, List<String> columns, List<List<Double>> values) {}

    /**
     * The chance that an effect is found.
     *
     * @param effect the term
     * @param standardError of its (worst) coefficient, in units of the noise
     * @param power 0 to 1; null without degrees of freedom for the error
     */
    public record EffectPower(
            String effect, double standardError, @Nullable Double power) {}

    /** With what is known of a regular fraction. */
    public Trust withFraction(int fractionResolution, List<String> groups) {
        return new Trust(
                runs,
                fullFactorialRuns,
                model,
                parameters,
                errorDegreesOfFreedom,
                dEfficiency,
                aEfficiency,
                gEfficiency,
                averagePredictionVariance,
                predictionVariance,
                largestVarianceInflation,
                correlation,
                aliases,
                groups,
                fractionResolution,
                power,
                centredDiscrepancy,
                smallestDistance);
    }
}
