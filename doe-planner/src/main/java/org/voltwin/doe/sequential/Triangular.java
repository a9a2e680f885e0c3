package org.voltwin.doe.sequential;

import java.util.Optional;

/**
 * The Cholesky factor of a covariance by rows, each as long as its number: what a Gaussian process asks thousands of
 * times for one solution at a time, and to grow by one row, which EJML's decompositions do not offer.
 */
record Triangular(double[][] rows) {
    /** The factor L with L L' the matrix, of which only the lower half is read; empty if it is not positive definite. */
    static Optional<Triangular> of(double[][] matrix) {
        double[][] rows = new double[matrix.length][];
        for (int i = 0; i < rows.length; i++) {
            double[] row = substituted(rows, i, matrix[i]);
            double pivot = matrix[i][i];
            for (int j = 0; j < i; j++) {
                pivot -= row[j] * row[j];
            }
            if (!(pivot > 0)) {
                return Optional.empty();
            }
            rows[i] = java.util.Arrays.copyOf(row, i + 1);
            rows[i][i] = Math.sqrt(pivot);
        }
        return Optional.of(new Triangular(rows));
    }

    /** The factor with one more row of the matrix: its covariances with the earlier ones, then its variance. */
    Optional<Triangular> with(double[] row) {
        int n = rows.length;
        double[] added = java.util.Arrays.copyOf(substituted(rows, n, row), n + 1);
        double pivot = row[n];
        for (int j = 0; j < n; j++) {
            pivot -= added[j] * added[j];
        }
        if (!(pivot > 0)) {
            return Optional.empty();
        }
        added[n] = Math.sqrt(pivot);
        double[][] more = java.util.Arrays.copyOf(rows, n + 1);
        more[n] = added;
        return Optional.of(new Triangular(more));
    }

    /** x with L x = right. */
    double[] forward(double[] right) {
        return substituted(rows, rows.length, right);
    }

    private static double[] substituted(double[][] rows, int size, double[] right) {
        double[] x = new double[size];
        for (int i = 0; i < size; i++) {
            double[] row = rows[i];
            double sum = right[i];
            for (int j = 0; j < i; j++) {
                sum -= row[j] * x[j];
            }
            x[i] = sum / row[i];
        }
        return x;
    }

    /** x with L' x = right. */
    double[] backward(double[] right) {
        double[] x = right.clone();
        for (int i = rows.length - 1; i >= 0; i--) {
            x[i] /= rows[i][i];
            double[] row = rows[i];
            for (int j = 0; j < i; j++) {
                x[j] -= row[j] * x[i];
            }
        }
        return x;
    }

    /** The inverse of the matrix, lower half. */
    double[][] inverse() {
        int n = rows.length;
        double[][] inverse = new double[n][n];
        double[][] columns = new double[n][];
        for (int j = 0; j < n; j++) {
            double[] x = new double[n];
            x[j] = 1 / rows[j][j];
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                double[] row = rows[i];
                for (int k = j; k < i; k++) {
                    sum -= row[k] * x[k];
                }
                x[i] = sum / row[i];
            }
            columns[j] = x;
        }
        for (int i = 0; i < n; i++) {
            double[] a = columns[i];
            for (int j = 0; j <= i; j++) {
                double[] b = columns[j];
                double sum = 0;
                for (int k = i; k < n; k++) {
                    sum += a[k] * b[k];
                }
                inverse[i][j] = sum;
            }
        }
        return inverse;
    }

    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += 2 * Math.log(rows[i][i]);
        }
        return sum;
    }
}
