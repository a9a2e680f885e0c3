package org.voltwin.doe.sequential;

import org.hipparchus.special.Erf;

/**
 * Expected improvement in logarithms, which stay comparable where the improvement itself underflows: Ament, Daulton,
 * Eriksson, Balandat and Bakshy, "Unexpected improvements to expected improvement for Bayesian optimization", NeurIPS
 * 2023.
 */
final class Improvement {
    private static final double LOG_ROOT_2PI = 0.5 * Math.log(2 * Math.PI);
    private static final double ROOT2 = Math.sqrt(2);
    /** Below this the expansion of Mills' ratio is more accurate than the difference of nearly equal numbers. */
    private static final double FAR = -25;

    private Improvement() {}

    /**
     * Logarithm of the expected amount by which a normal variable falls below {@code target}.
     *
     * @param deviation above 0
     */
    static double log(double target, double mean, double deviation) {
        return Math.log(deviation) + logOfStandard((target - mean) / deviation);
    }

    /**
     * Logarithm of the part of a run that is news rather than a repetition of noise: 1 - t / sqrt(s^2 + t^2) (Huang,
     * Allen, Notz and Zeng, J. Global Optimization 34 (2006) 441-466). 0 without noise.
     */
    static double logOfNews(double deviation, double noise) {
        return noise > 0 ? Math.log(Math.max(1e-300, 1 - noise / Math.hypot(deviation, noise))) : 0;
    }

    /** Logarithm of z P(z) + p(z), P and p the normal distribution and density. */
    private static double logOfStandard(double z) {
        double logDensity = -0.5 * z * z - LOG_ROOT_2PI;
        if (z > FAR) {
            double mills = 0.5 * Erf.erfc(-z / ROOT2) / Math.exp(logDensity);
            return logDensity + Math.log(Math.max(Double.MIN_NORMAL, 1 + z * mills));
        }
        return logDensity - 2 * Math.log(-z);
    }
}
