package org.voltwin.doe.analysis;

import java.util.Arrays;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;
import org.voltwin.doe.linear.LeastSquares;
import org.voltwin.doe.linear.Symmetric;

/**
 * The variance between whole plots over that between runs, by restricted maximum likelihood (Patterson and Thompson,
 * Biometrika 58 (1971) 545-554): a function of the ratio alone once the other parameters are profiled out.
 *
 * @param rows of the model, by run
 * @param responses by run
 * @param plots by run, from 1
 */
record PlotVariance(double[][] rows, double[] responses, int[] plots) {
    private static final double LOWEST = -14;
    private static final double HIGHEST = 10;
    private static final double STEP = 0.5;

    /** The ratio of the largest likelihood; 0 if plots differ no more than runs do. */
    double ratio() {
        double best = LOWEST;
        double most = likelihood(Math.exp(LOWEST));
        for (double t = LOWEST + STEP; t <= HIGHEST; t += STEP) {
            double value = likelihood(Math.exp(t));
            if (value > most) {
                most = value;
                best = t;
            }
        }
        if (best == LOWEST || likelihood(0) >= most) {
            return 0;
        }
        double found = new BrentOptimizer(1e-9, 1e-10)
                .optimize(
                        new MaxEval(500),
                        new UnivariateObjectiveFunction(t -> likelihood(Math.exp(t))),
                        GoalType.MAXIMIZE,
                        new SearchInterval(best - STEP, Math.min(HIGHEST, best + STEP), best))
                .getPoint();
        return Math.exp(found);
    }

    private double likelihood(double ratio) {
        int p = rows[0].length;
        LeastSquares squares = LeastSquares.of(whitened(rows, ratio), p, 1e-12);
        double[] rest = squares.residuals(whitened(responses, ratio));
        int df = rows.length - p;
        double sum = Math.max(Double.MIN_NORMAL, Symmetric.dot(rest, rest));
        double determinant = 0;
        for (int size : sizes()) {
            determinant += Math.log(1 + size * ratio);
        }
        return -0.5 * (df * Math.log(sum) + determinant + squares.logDeterminant());
    }

    private int[] sizes() {
        int[] sizes = new int[Arrays.stream(plots).max().orElse(0) + 1];
        for (int plot : plots) {
            sizes[plot]++;
        }
        return sizes;
    }

    /** Rows with V^-1/2 in front, V = I + ratio between runs of a plot: their errors are independent then. */
    double[][] whitened(double[][] lines, double ratio) {
        int[] sizes = sizes();
        double[][] sums = new double[sizes.length][lines[0].length];
        for (int i = 0; i < lines.length; i++) {
            for (int j = 0; j < lines[i].length; j++) {
                sums[plots[i]][j] += lines[i][j];
            }
        }
        double[][] white = new double[lines.length][];
        for (int i = 0; i < white.length; i++) {
            int size = sizes[plots[i]];
            double share = (1 - 1 / Math.sqrt(1 + size * ratio)) / size;
            white[i] = lines[i].clone();
            for (int j = 0; j < white[i].length; j++) {
                white[i][j] -= share * sums[plots[i]][j];
            }
        }
        return white;
    }

    double[] whitened(double[] values, double ratio) {
        double[][] lines = Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        return Arrays.stream(whitened(lines, ratio))
                .mapToDouble(line -> line[0])
                .toArray();
    }
}
