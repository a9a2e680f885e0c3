package org.voltwin.doe.linear;

import java.util.Arrays;

/**
 * Test of normality: Shapiro and Wilk, Biometrika 52 (1965) 591-611, with the coefficients and the significance of
 * Royston, Applied Statistics 44 (1995) 547-551 (algorithm AS R94), for 3 to 5000 values.
 *
 * @param w near 1 for normal values
 * @param probability of a W this small if the values are normal
 */
public record ShapiroWilk(double w, double probability) {
    public static final int FEWEST = 3;
    public static final int MOST = 5_000;

    private static final double[] FIRST = {0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056};
    private static final double[] SECOND = {0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633};
    private static final double[] MEAN_SMALL = {0.544, -0.39978, 0.025054, -6.714e-4};
    private static final double[] SPREAD_SMALL = {1.3822, -0.77857, 0.062767, -0.0020322};
    private static final double[] MEAN = {-1.5861, -0.31082, -0.083751, 0.0038915};
    private static final double[] SPREAD = {-0.4803, -0.082676, 0.0030302};
    private static final double[] GAMMA = {-2.273, 0.459};
    /** Up to this number of values the logarithm is taken of gamma less the logarithm. */
    private static final int SMALL = 11;

    /** @param values 3 to 5000, not all equal */
    public static ShapiroWilk of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] weights = weights(sorted.length);
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
        double weighted = Symmetric.dot(weights, sorted);
        double w = Math.min(1, weighted * weighted / squares);
        return new ShapiroWilk(w, probability(w, sorted.length));
    }

    private static double[] weights(int n) {
        if (n == FEWEST) {
            return new double[] {-Math.sqrt(0.5), 0, Math.sqrt(0.5)};
        }
        double[] scores = new double[n];
        for (int i = 0; i < n; i++) {
            scores[i] = Probability.normalQuantile((i + 1 - 0.375) / (n + 0.25));
        }
        double squares = Symmetric.dot(scores, scores);
        double root = 1 / Math.sqrt(n);
        double last = polynomial(FIRST, root) + scores[n - 1] / Math.sqrt(squares);
        double[] weights = new double[n];
        int set = n > 5 ? 2 : 1;
        double lastButOne = polynomial(SECOND, root) + scores[n - 2] / Math.sqrt(squares);
        double left = squares - 2 * scores[n - 1] * scores[n - 1] - (set == 2 ? 2 * scores[n - 2] * scores[n - 2] : 0);
        double right = 1 - 2 * last * last - (set == 2 ? 2 * lastButOne * lastButOne : 0);
        double scale = Math.sqrt(left / right);
        for (int i = 0; i < n; i++) {
            weights[i] = scores[i] / scale;
        }
        weights[n - 1] = last;
        weights[0] = -last;
        if (set == 2) {
            weights[n - 2] = lastButOne;
            weights[1] = -lastButOne;
        }
        return weights;
    }

    private static double probability(double w, int n) {
        if (n == FEWEST) {
            double exact = 6 / Math.PI * (Math.asin(Math.sqrt(w)) - Math.asin(Math.sqrt(0.75)));
            return Math.clamp(exact, 0, 1);
        }
        double y = Math.log(1 - w);
        double size = n <= SMALL ? n : Math.log(n);
        if (n <= SMALL) {
            double gamma = polynomial(GAMMA, n);
            if (y >= gamma) {
                return 0;
            }
            y = -Math.log(gamma - y);
        }
        double mean = polynomial(n <= SMALL ? MEAN_SMALL : MEAN, size);
        double spread = Math.exp(polynomial(n <= SMALL ? SPREAD_SMALL : SPREAD, size));
        return Probability.normalCumulative((mean - y) / spread);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
