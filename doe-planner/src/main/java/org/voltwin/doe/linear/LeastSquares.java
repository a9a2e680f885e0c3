package org.voltwin.doe.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * Least squares by Gram-Schmidt orthogonalisation done twice per column, which is as accurate as Householder's (Giraud,
 * Langou and Rozloznik, Computers and Mathematics with Applications 50 (2005) 1069-1075) and keeps the columns' order:
 * a column that follows from earlier ones is left out, not one of those.
 */
public final class LeastSquares {
    private static final int PASSES = 2;

    private final int columns;
    private final List<Integer> kept = new ArrayList<>();
    private final List<double[]> orthonormal = new ArrayList<>();
    /** By kept column, the parts of the kept columns up to it. */
    private final List<double[]> parts = new ArrayList<>();

    private final double[][] x;

    private LeastSquares(double[][] x, int columns) {
        this.x = x;
        this.columns = columns;
    }

    /**
     * The decomposition of {@code x}.
     *
     * @param x by row; do not change it afterwards
     * @param tolerance a column is left out when less than this part of its length is not in earlier ones
     */
    public static LeastSquares of(double[][] x, int columns, double tolerance) {
        LeastSquares found = new LeastSquares(x, columns);
        for (int j = 0; j < columns; j++) {
            double[] rest = found.column(j);
            double length = Math.sqrt(Symmetric.dot(rest, rest));
            double[] part = found.takeOut(rest);
            double left = Math.sqrt(Symmetric.dot(rest, rest));
            if (left > tolerance * length && found.kept.size() < x.length) {
                for (int i = 0; i < rest.length; i++) {
                    rest[i] /= left;
                }
                part[part.length - 1] = left;
                found.kept.add(j);
                found.orthonormal.add(rest);
                found.parts.add(part);
            }
        }
        return found;
    }

    private double[] column(int j) {
        double[] column = new double[x.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = x[i][j];
        }
        return column;
    }

    /** Takes the parts along the kept columns out of {@code vector}; gives them, with a place for one more. */
    private double[] takeOut(double[] vector) {
        double[] part = new double[orthonormal.size() + 1];
        for (int pass = 0; pass < PASSES; pass++) {
            for (int k = 0; k < orthonormal.size(); k++) {
                double[] q = orthonormal.get(k);
                double along = Symmetric.dot(q, vector);
                part[k] += along;
                for (int i = 0; i < vector.length; i++) {
                    vector[i] -= along * q[i];
                }
            }
        }
        return part;
    }

    /** Columns that are linearly independent of earlier ones. */
    public List<Integer> kept() {
        return List.copyOf(kept);
    }

    public int columns() {
        return columns;
    }

    /** By column; 0 for those left out. */
    public double[] coefficients(double[] y) {
        return solve(takeOut(y.clone()));
    }

    /** What is left of {@code y}. */
    public double[] residuals(double[] y) {
        double[] rest = y.clone();
        takeOut(rest);
        return rest;
    }

    /** A column in terms of those kept: which ones it cannot be told from. 0 for those it does not depend on. */
    public double[] dependence(int column) {
        return solve(takeOut(column(column)));
    }

    private double[] solve(double[] right) {
        double[] solution = new double[columns];
        double[] rest = right.clone();
        for (int k = kept.size() - 1; k >= 0; k--) {
            double value = rest[k] / parts.get(k)[k];
            solution[kept.get(k)] = value;
            for (int i = 0; i < k; i++) {
                rest[i] -= value * parts.get(k)[i];
            }
        }
        return solution;
    }

    /** (X'X)^-1; rows and columns of 0 for columns left out. */
    public double[][] inverseGram() {
        int rank = kept.size();
        double[][] inverse = new double[columns][columns];
        for (int k = 0; k < rank; k++) {
            double[] unit = new double[rank];
            unit[k] = 1;
            double[] direction = solve(unit);
            Symmetric.add(inverse, direction, direction, 1);
        }
        return inverse;
    }

    /** By row, between 0 and 1: how much a row's own result decides its fitted value. */
    public double[] leverages() {
        double[] leverages = new double[x.length];
        for (double[] q : orthonormal) {
            for (int i = 0; i < leverages.length; i++) {
                leverages[i] += q[i] * q[i];
            }
        }
        return leverages;
    }

    /** Natural logarithm of the determinant of X'X over the kept columns. */
    public double logDeterminant() {
        double sum = 0;
        for (int k = 0; k < kept.size(); k++) {
            sum += 2 * Math.log(parts.get(k)[k]);
        }
        return sum;
    }
}
