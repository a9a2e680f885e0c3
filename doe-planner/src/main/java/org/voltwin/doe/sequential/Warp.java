package org.voltwin.doe.sequential;

import java.util.Arrays;

/**
 * A monotone change of responses that makes them more like a normal sample: Yeo and Johnson, Biometrika 87 (2000)
 * 954-959, of standardised values. A Gaussian process cannot follow a response that explodes at one end of its range.
 */
record Warp(double centre, double scale, double lambda) {
    private static final double LOWEST = -2;
    private static final double HIGHEST = 3;
    private static final double STEP = 0.05;

    /** No change of shape: standardised values. */
    static Warp linear(double[] responses) {
        double centre = Arrays.stream(responses).average().orElseThrow();
        double scale = Math.sqrt(Arrays.stream(responses)
                .map(y -> (y - centre) * (y - centre))
                .average()
                .orElseThrow());
        return new Warp(centre, scale > 1e-300 ? scale : 1, 1);
    }

    /** The power of the largest likelihood. */
    static Warp fitted(double[] responses) {
        Warp linear = linear(responses);
        double best = 1;
        double most = Double.NEGATIVE_INFINITY;
        for (double lambda = LOWEST; lambda <= HIGHEST + 1e-9; lambda += STEP) {
            double value = likelihood(responses, linear.with(lambda));
            if (value > most) {
                most = value;
                best = lambda;
            }
        }
        return linear.with(best);
    }

    private Warp with(double other) {
        return new Warp(centre, scale, other);
    }

    private static double likelihood(double[] responses, Warp warp) {
        double[] values = Arrays.stream(responses).map(warp::to).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        double jacobian = 0;
        for (double y : responses) {
            double z = (y - warp.centre()) / warp.scale();
            jacobian += (warp.lambda() - 1) * Math.signum(z) * Math.log1p(Math.abs(z));
        }
        return -0.5 * responses.length * Math.log(Math.max(variance, 1e-300)) + jacobian;
    }

    double to(double response) {
        double z = (response - centre) / scale;
        if (z >= 0) {
            return Math.abs(lambda) < 1e-9 ? Math.log1p(z) : (Math.pow(1 + z, lambda) - 1) / lambda;
        }
        double other = 2 - lambda;
        return Math.abs(other) < 1e-9 ? -Math.log1p(-z) : -(Math.pow(1 - z, other) - 1) / other;
    }

    double from(double value) {
        double z;
        if (value >= 0) {
            z = Math.abs(lambda) < 1e-9 ? Math.expm1(value) : Math.pow(Math.max(0, 1 + lambda * value), 1 / lambda) - 1;
        } else {
            double other = 2 - lambda;
            z = Math.abs(other) < 1e-9 ? -Math.expm1(-value) : 1 - Math.pow(Math.max(0, 1 - other * value), 1 / other);
        }
        return centre + scale * z;
    }
}
