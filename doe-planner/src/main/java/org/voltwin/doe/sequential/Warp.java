package org.voltwin.doe.sequential;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * A monotone change of responses before a Gaussian process sees them: a logarithm with a shift (Box and Cox, J. Royal
 * Statistical Society B 26 (1964) 211-252), counted from the smallest response, which draws the low ones apart, or from
 * the largest, which draws the high ones apart; then standardised. A process cannot follow a response that explodes at
 * one end of its range. Beyond the response that it counts from it goes straight on.
 *
 * @param reference the smallest response if {@code bend} is above 0, else the largest
 * @param range of the responses
 * @param bend how strongly: 0 leaves the shape as it is
 * @param centre of the bent responses, in parts of the range
 * @param scale standard deviation of the bent responses, in parts of the range
 */
record Warp(double reference, double range, double bend, double centre, double scale) {
    private static final int STEPS = 24;
    private static final double STRONGEST = 1e4;
    /** Deviation of the prior of the bend's logarithm: few responses do not tell the shape. */
    private static final double SPREAD = 2.5;

    /** No change of shape: standardised values. */
    static Warp linear(double[] responses) {
        return of(responses, 0);
    }

    private static Warp of(double[] responses, double bend) {
        double low = Arrays.stream(responses).min().orElseThrow();
        double high = Arrays.stream(responses).max().orElseThrow();
        Warp raw = new Warp(bend > 0 ? low : high, Math.max(high - low, 1e-300), bend, 0, 1);
        double[] bent = Arrays.stream(responses).map(raw::to).toArray();
        double scale = Math.sqrt(variance(bent));
        return new Warp(raw.reference(), raw.range(), bend, mean(bent), scale > 1e-300 ? scale : 1);
    }

    /** The most probable one if the responses are a sample without relations. */
    static Warp fitted(double[] responses) {
        return fitted(responses, Warp::variance);
    }

    /**
     * The most probable one for the process's lengths and noise (Snelson, Rasmussen and Ghahramani, "Warped Gaussian
     * processes", NIPS 2003). Unlike {@link #fitted(double[])} it does not take many runs at one place for a property of
     * the response.
     */
    static Warp fitted(double[] responses, GaussianProcess process) {
        return fitted(responses, process::varianceOf);
    }

    private static Warp fitted(double[] responses, ToDoubleFunction<double[]> variance) {
        Warp best = linear(responses);
        double most = Double.NEGATIVE_INFINITY;
        for (int step = -STEPS; step <= STEPS; step++) {
            double logarithm = Math.log1p(STRONGEST) * step / STEPS;
            Warp warp = of(responses, Math.signum(step) * Math.expm1(Math.abs(logarithm)));
            double left = variance.applyAsDouble(
                    Arrays.stream(responses).map(warp::to).toArray());
            double density = -0.5 * responses.length * Math.log(Math.max(left, 1e-300))
                    + warp.logSlopes(responses)
                    - 0.5 * Math.pow(logarithm / SPREAD, 2);
            if (density > most) {
                most = density;
                best = warp;
            }
        }
        return best;
    }

    private double logSlopes(double[] responses) {
        double sum = -responses.length * Math.log(deviation());
        for (double y : responses) {
            sum -= Math.log1p(bend * (y - reference) / range);
        }
        return sum;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }

    /** Of the responses if the shape is left as it is: what a value of 1 is worth. */
    double deviation() {
        return scale * range;
    }

    double to(double response) {
        double part = (response - reference) / range;
        return ((bend * part > 0 ? Math.log1p(bend * part) / bend : part) - centre) / scale;
    }

    double from(double value) {
        double bent = centre + scale * value;
        return reference + range * (bend * bent > 0 ? Math.expm1(bend * bent) / bend : bent);
    }
}
