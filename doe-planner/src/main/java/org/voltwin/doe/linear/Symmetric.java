package org.voltwin.doe.linear;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Symmetric matrices as arrays of rows. */
public final class Symmetric {
    /** Below this ratio of smallest to largest pivot a matrix counts as singular. */
    private static final double SINGULAR = 1e-11;

    private Symmetric() {}

    /** X'X. */
    public static double[][] gram(double[][] rows, int columns) {
        double[][] gram = new double[columns][columns];
        for (double[] row : rows) {
            add(gram, row, row, 1);
        }
        return gram;
    }

    /** Adds weight * a b' in place. */
    public static void add(double[][] matrix, double[] a, double[] b, double weight) {
        for (int i = 0; i < a.length; i++) {
            double left = weight * a[i];
            if (left != 0) {
                double[] row = matrix[i];
                for (int j = 0; j < b.length; j++) {
                    row[j] += left * b[j];
                }
            }
        }
    }

    /** The inverse of a positive definite matrix; empty if it is singular to working precision. */
    public static Optional<double[][]> inverse(double[][] matrix) {
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(matrix.length);
        if (!regular(matrix) || !solver.setA(new DMatrixRMaj(matrix))) {
            return Optional.empty();
        }
        DMatrixRMaj inverse = new DMatrixRMaj(matrix.length, matrix.length);
        solver.invert(inverse);
        return Optional.of(array(inverse));
    }

    private static boolean regular(double[][] matrix) {
        return factor(matrix)
                .map(l -> {
                    double smallest = Double.POSITIVE_INFINITY;
                    double largest = 0;
                    for (int i = 0; i < l.length; i++) {
                        smallest = Math.min(smallest, l[i][i] * l[i][i]);
                        largest = Math.max(largest, l[i][i] * l[i][i]);
                    }
                    return smallest > SINGULAR * largest;
                })
                .orElse(false);
    }

    /** Natural logarithm of the determinant; minus infinity if the matrix is not positive definite. */
    public static double logDeterminant(double[][] matrix) {
        return factor(matrix)
                .map(l -> {
                    double sum = 0;
                    for (int i = 0; i < l.length; i++) {
                        sum += 2 * Math.log(l[i][i]);
                    }
                    return sum;
                })
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** The lower triangular L with L L' the matrix; empty if it is not positive definite. */
    public static Optional<double[][]> factor(double[][] matrix) {
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(matrix.length, true);
        if (!cholesky.decompose(new DMatrixRMaj(matrix))) {
            return Optional.empty();
        }
        return Optional.of(array(cholesky.getT(null)));
    }

    public static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = dot(matrix[i], vector);
        }
        return product;
    }

    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** x' M x. */
    public static double form(double[][] matrix, double[] x) {
        return dot(times(matrix, x), x);
    }

    /** Sum of the products of equal entries: the trace of A B for symmetric A and B. */
    public static double traceOfProduct(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += dot(a[i], b[i]);
        }
        return sum;
    }

    public static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                double left = a[i][k];
                if (left != 0) {
                    for (int j = 0; j < product[i].length; j++) {
                        product[i][j] += left * b[k][j];
                    }
                }
            }
        }
        return product;
    }

    /** The largest eigenvalue. */
    public static double largestEigenvalue(double[][] matrix) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(matrix.length, false, true);
        if (!eigen.decompose(new DMatrixRMaj(matrix))) {
            throw new IllegalStateException("No eigenvalues of a symmetric matrix");
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
            largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
        }
        return largest;
    }

    /** The rows and columns with the given indices. */
    public static double[][] part(double[][] matrix, java.util.List<Integer> indices) {
        double[][] part = new double[indices.size()][indices.size()];
        for (int i = 0; i < part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                part[i][j] = matrix[indices.get(i)][indices.get(j)];
            }
        }
        return part;
    }

    private static double[][] array(DMatrixRMaj matrix) {
        double[][] rows = new double[matrix.numRows][matrix.numCols];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(matrix.data, i * matrix.numCols, rows[i], 0, matrix.numCols);
        }
        return rows;
    }
}
