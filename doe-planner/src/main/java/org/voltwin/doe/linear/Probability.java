package org.voltwin.doe.linear;

import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Beta;

/** Probabilities of test statistics. */
public final class Probability {
    private Probability() {}

    /** Probability of an F at least this large if there is no effect. */
    public static double upperF(double f, double df1, double df2) {
        // Not 1 less the distribution, which leaves nothing of a small probability.
        return Double.isNaN(f) ? Double.NaN : Beta.regularizedBeta(df2 / (df2 + df1 * f), df2 / 2, df1 / 2);
    }

    /** Two-sided probability of a t at least this far from 0 if there is no effect. */
    public static double twoSidedT(double t, double df) {
        return Double.isNaN(t) ? Double.NaN : 2 * new TDistribution(df).cumulativeProbability(-Math.abs(t));
    }

    /** The t that is exceeded with probability {@code alpha / 2} on either side. */
    public static double criticalT(double alpha, double df) {
        return new TDistribution(df).inverseCumulativeProbability(1 - alpha / 2);
    }

    /** The value below which a standard normal variable falls with the probability. */
    public static double normalQuantile(double probability) {
        return new NormalDistribution().inverseCumulativeProbability(probability);
    }

    /** Probability of a chi-squared at least this large if there is no effect. */
    public static double upperChiSquared(double value, double df) {
        return 1 - new ChiSquaredDistribution(df).cumulativeProbability(value);
    }

    public static double normalCumulative(double x) {
        return new NormalDistribution().cumulativeProbability(x);
    }

    /**
     * Power of the F test: the probability that a non-central F with non-centrality {@code lambda} exceeds the critical
     * value, as a Poisson mixture of central ones (Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2,
     * 2nd ed., chapter 30).
     */
    public static double power(double lambda, double df1, double df2, double alpha) {
        double critical = new FDistribution(df1, df2).inverseCumulativeProbability(1 - alpha);
        double x = df1 * critical / (df1 * critical + df2);
        double half = lambda / 2;
        double below = 0;
        double weight = Math.exp(-half);
        double seen = 0;
        // Starting at 0 loses nothing until exp(-half) underflows, where the power is 1.
        for (int j = 0; j < 10_000 && seen < 1 - 1e-12 && weight > 0; j++) {
            below += weight * Beta.regularizedBeta(x, df1 / 2 + j, df2 / 2);
            seen += weight;
            weight *= half / (j + 1);
        }
        return Math.clamp(1 - below, 0, 1);
    }
}
