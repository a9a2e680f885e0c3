package org.voltwin.doe.analysis;

import java.util.Arrays;
import java.util.List;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.linear.LeastSquares;
import org.voltwin.doe.linear.Probability;
import org.voltwin.doe.linear.Symmetric;
import org.voltwin.doe.trust.ErrorDegrees;

/**
 * A model fitted by least squares; with whole plots by generalised least squares with the ratio of variances given.
 *
 * @param model all of whose columns can be estimated
 * @param degrees of freedom of the errors
 * @param coefficients by column, for coded factors
 * @param covariance of the coefficients over the variance of a run
 * @param variance of a run (inside its whole plot); NaN without degrees of freedom
 * @param ratio variance between whole plots over that of a run; 0 without whole plots
 * @param residuals by run, with independent errors of equal variance: those of the whitened fit if there are whole plots
 * @param leverages by run, in the same sense
 * @param responses by run
 * @param points by run, coded
 */
record Fit(
        Model model,
        ErrorDegrees degrees,
        double[] coefficients,
        double[][] covariance,
        double variance,
        double ratio,
        double[] residuals,
        double[] leverages,
        double[] responses,
        List<double[]> points) {
    static Fit of(Model model, Results results, double ratio) {
        double[][] rows = model.rows(results.points());
        double[] responses = results.values();
        int[] plots = results.wholePlots();
        double[][] x = rows;
        double[] y = responses;
        if (plots.length > 0) {
            PlotVariance white = new PlotVariance(rows, responses, plots);
            x = white.whitened(rows, ratio);
            y = white.whitened(responses, ratio);
        }
        LeastSquares squares = LeastSquares.of(x, model.parameters(), 0);
        double[] residuals = squares.residuals(y);
        int df = rows.length - model.parameters();
        return new Fit(
                model,
                new ErrorDegrees(model, rows.length, plots),
                squares.coefficients(y),
                squares.inverseGram(),
                df < 1 ? Double.NaN : Symmetric.dot(residuals, residuals) / df,
                plots.length > 0 ? ratio : 0,
                residuals,
                squares.leverages(),
                responses,
                results.points());
    }

    boolean splitPlot() {
        return degrees.wholePlots().length > 0;
    }

    /** Degrees of freedom that the variance of a run is estimated with. */
    int errorDegrees() {
        return responses.length - model.parameters();
    }

    double sumOfSquaredResiduals() {
        return Symmetric.dot(residuals, residuals);
    }

    /** The whole response less what the model says, without whitening. */
    double[] plainResiduals() {
        double[] plain = new double[responses.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = responses[i] - mean(model.row(points.get(i)));
        }
        return plain;
    }

    double totalSquares() {
        double mean = Arrays.stream(responses).average().orElseThrow();
        return Arrays.stream(responses).map(y -> (y - mean) * (y - mean)).sum();
    }

    double mean(double[] row) {
        return Symmetric.dot(row, coefficients);
    }

    /** Standard error of the mean response at a row of the model. */
    double standardError(double[] row) {
        return Math.sqrt(variance * Symmetric.form(covariance, row));
    }

    /** Standard deviation of a new run's result about its prediction, in a new whole plot if there are any. */
    double predictionError(double[] row) {
        return Math.sqrt(variance * (1 + ratio + Symmetric.form(covariance, row)));
    }

    /** Sum of squares of a term beside all others (type III), over the variance of a run. */
    double squares(Model.Term term) {
        List<Integer> columns = term.columns();
        double[] part = columns.stream().mapToDouble(c -> coefficients[c]).toArray();
        double[][] own = Symmetric.inverse(Symmetric.part(covariance, columns))
                .orElseThrow(() -> new IllegalStateException("Singular covariance of " + term.name()));
        return Symmetric.form(own, part);
    }

    /** Half the width of a confidence interval for something with the standard error; NaN without degrees of freedom. */
    double halfWidth(double standardError, int df, double alpha) {
        return df < 1 ? Double.NaN : standardError * Probability.criticalT(alpha, df);
    }

    /** Degrees of freedom of predictions: those of whole plots where there are any, which is the careful choice. */
    int predictionDegrees() {
        return splitPlot() ? Math.max(0, degrees.betweenPlots()) : errorDegrees();
    }
}
