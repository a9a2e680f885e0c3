package org.voltwin.doe.optimal;

import org.voltwin.doe.linear.Symmetric;

/** What an optimal design makes best. */
public enum Criterion {
    /** The determinant of the information matrix: small confidence regions. */
    D,
    /** The sum of the variances of the coefficients. */
    A,
    /** The variance of prediction, averaged over the region. */
    I;

    /** Smaller is better; infinite for a design that cannot fit the model. {@code weight} as in {@link #weight}. */
    double loss(double[][] information, double[][] weight) {
        if (this == D) {
            double log = Symmetric.logDeterminant(information);
            return -log / information.length;
        }
        return Symmetric.inverse(information)
                .map(inverse -> Symmetric.traceOfProduct(inverse, weight))
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** What the inverse of the information is weighted with: the unit matrix for A, the region's moments for I. */
    double[][] weight(ExchangeProblem problem, long seed) {
        if (this == I) {
            return problem.moments(seed);
        }
        int p = problem.model().parameters();
        double[][] unit = new double[p][p];
        for (int i = 0; i < p; i++) {
            unit[i][i] = 1;
        }
        return unit;
    }
}
