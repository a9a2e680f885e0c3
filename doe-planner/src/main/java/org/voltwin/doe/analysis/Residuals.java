package org.voltwin.doe.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.linear.LeastSquares;
import org.voltwin.doe.linear.Probability;
import org.voltwin.doe.linear.ShapiroWilk;
import org.voltwin.doe.linear.Symmetric;

/**
 * Residuals of a fit and what they say about its assumptions: Cook and Weisberg, Residuals and Influence in Regression,
 * Chapman and Hall 1982.
 */
record Residuals(Fit fit, List<Integer> runNumbers, double alpha) {
    /** A run that alone decides its fitted value has no residual to judge. */
    private static final double OWN_FIT = 1 - 1e-9;

    private static final int FEWEST = 4;

    List<Analysis.Residual> all() {
        List<Analysis.Residual> all = new ArrayList<>();
        double[] plain = fit.plainResiduals();
        double scale = scale();
        for (int i = 0; i < plain.length; i++) {
            Double studentised = studentised(i);
            double leverage = fit.leverages()[i];
            boolean known = leverage < OWN_FIT && fit.errorDegrees() > 0 && fit.sumOfSquaredResiduals() > scale;
            Double cook = known
                    ? fit.residuals()[i]
                            * fit.residuals()[i]
                            * leverage
                            / (fit.variance() * fit.model().parameters() * (1 - leverage) * (1 - leverage))
                    : null;
            all.add(new Analysis.Residual(
                    runNumbers.get(i),
                    fit.responses()[i],
                    Figures.round(fit.responses()[i] - plain[i]),
                    Figures.round(plain[i]),
                    Figures.round(leverage),
                    Figures.known(studentised),
                    Figures.known(cook),
                    studentised != null && outlier(studentised)));
        }
        return all;
    }

    /** Below this the sum of squares is rounding, not error. */
    private double scale() {
        return 1e-24 * Symmetric.dot(fit.responses(), fit.responses());
    }

    private boolean outlier(double studentised) {
        double single = Probability.twoSidedT(studentised, fit.errorDegrees() - 1);
        return single * fit.responses().length < alpha;
    }

    /** Externally studentised; null where it does not exist. */
    private @Nullable Double studentised(int i) {
        double rest = 1 - fit.leverages()[i];
        int df = fit.errorDegrees() - 1;
        if (rest < 1 - OWN_FIT || df < 1) {
            return null;
        }
        double residual = fit.residuals()[i];
        double without = (fit.sumOfSquaredResiduals() - residual * residual / rest) / df;
        return without > scale() ? residual / Math.sqrt(without * rest) : null;
    }

    /** Sum of squared errors of predicting each run from the others; null if a run alone decides a coefficient. */
    @Nullable Double press() {
        double sum = 0;
        for (int i = 0; i < fit.residuals().length; i++) {
            double rest = 1 - fit.leverages()[i];
            if (rest < 1 - OWN_FIT) {
                return null;
            }
            sum += Math.pow(fit.residuals()[i] / rest, 2);
        }
        return sum;
    }

    Analysis.Checks checks() {
        int n = fit.residuals().length;
        if (fit.errorDegrees() < 2 || n < FEWEST || fit.sumOfSquaredResiduals() <= scale()) {
            return new Analysis.Checks(null, null, null, null, null);
        }
        // Internally studentised: equal variances if the assumptions hold.
        double[] judged = new double[n];
        for (int i = 0; i < n; i++) {
            double rest = Math.max(1e-12, 1 - fit.leverages()[i]);
            judged[i] = rest < 1 - OWN_FIT ? 0 : fit.residuals()[i] / Math.sqrt(fit.variance() * rest);
        }
        ShapiroWilk normal = n > ShapiroWilk.MOST ? null : ShapiroWilk.of(judged);
        double order = runOrder(judged);
        return new Analysis.Checks(
                normal == null ? null : Figures.round(normal.w()),
                normal == null ? null : Figures.round(normal.probability()),
                Figures.known(equalVariance()),
                Figures.round(order),
                Figures.round(2 * Probability.normalCumulative(-Math.abs(order) * Math.sqrt(n))));
    }

    private @Nullable Double equalVariance() {
        double[] plain = fit.plainResiduals();
        double[][] line = new double[plain.length][];
        double[] squares = new double[plain.length];
        for (int i = 0; i < plain.length; i++) {
            line[i] = new double[] {1, fit.responses()[i] - plain[i]};
            squares[i] = fit.residuals()[i] * fit.residuals()[i];
        }
        double mean = Arrays.stream(squares).average().orElseThrow();
        double total = Arrays.stream(squares).map(s -> (s - mean) * (s - mean)).sum();
        LeastSquares squaresOnLevel = LeastSquares.of(line, 2, 1e-9);
        if (squaresOnLevel.kept().size() < 2 || !(total > 0)) {
            return null;
        }
        double[] rest = squaresOnLevel.residuals(squares);
        double statistic = squares.length * (1 - Symmetric.dot(rest, rest) / total);
        return Probability.upperChiSquared(Math.max(0, statistic), 1);
    }

    private double runOrder(double[] judged) {
        int[] order = java.util.stream.IntStream.range(0, judged.length)
                .boxed()
                .sorted(Comparator.comparingInt(runNumbers::get))
                .mapToInt(Integer::intValue)
                .toArray();
        double neighbours = 0;
        for (int i = 1; i < order.length; i++) {
            neighbours += judged[order[i]] * judged[order[i - 1]];
        }
        return neighbours / Symmetric.dot(judged, judged);
    }
}
