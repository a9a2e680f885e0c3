package org.voltwin.doe.classical;

import java.util.Optional;

/**
 * Conference matrices (zero diagonal, otherwise 1 and -1, orthogonal columns) and Hadamard matrices, by Paley's
 * constructions and doubling: Paley, J. Math. Phys. 12 (1933) 311-320; Xiao, Lin and Bai, "Constructing definitive
 * screening designs using conference matrices", J. Quality Technology 44 (2012) 2-8.
 */
final class Conference {
    private Conference() {}

    /** A conference matrix of the order, if one is known here. */
    static Optional<int[][]> matrix(int order) {
        if (order == 2) {
            return Optional.of(new int[][] {{0, 1}, {1, 0}});
        }
        Optional<int[][]> paley = order % 2 == 0 ? GaloisField.of(order - 1).map(Conference::paley) : Optional.empty();
        if (paley.isPresent() || order % 8 != 0) {
            return paley;
        }
        return matrix(order / 2).map(Conference::doubled);
    }

    /** Bordered Jacobsthal matrix; skew-symmetric if q is 3 modulo 4, symmetric if it is 1. */
    private static int[][] paley(GaloisField field) {
        int q = field.size();
        int[][] c = new int[q + 1][q + 1];
        int sign = q % 4 == 3 ? -1 : 1;
        for (int i = 0; i < q; i++) {
            c[0][i + 1] = 1;
            c[i + 1][0] = sign;
            for (int j = 0; j < q; j++) {
                c[i + 1][j + 1] = field.character(field.minus(i, j));
            }
        }
        return c;
    }

    /** From a skew-symmetric one of order n to one of order 2n. */
    private static int[][] doubled(int[][] c) {
        int n = c.length;
        int[][] d = new int[2 * n][2 * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int unit = i == j ? 1 : 0;
                d[i][j] = c[i][j];
                d[i][j + n] = c[i][j] + unit;
                d[i + n][j] = c[i][j] - unit;
                d[i + n][j + n] = -c[i][j];
            }
        }
        return d;
    }

    /** A Hadamard matrix of the order with a first column of ones, if one is known here. */
    static Optional<int[][]> hadamard(int order) {
        if (order == 1) {
            return Optional.of(new int[][] {{1}});
        }
        if (order == 2) {
            return Optional.of(new int[][] {{1, 1}, {1, -1}});
        }
        Optional<int[][]> found = Optional.empty();
        if (order % 4 == 0 && (order - 1) % 4 == 3) {
            found = GaloisField.of(order - 1).map(Conference::paley).map(Conference::plusUnit);
        }
        if (found.isEmpty() && order % 4 == 0) {
            found = hadamard(order / 2).map(Conference::sylvester);
        }
        if (found.isEmpty() && order % 4 == 0 && (order / 2 - 1) % 4 == 1) {
            found = GaloisField.of(order / 2 - 1).map(Conference::paley).map(Conference::paleySecond);
        }
        return found.map(Conference::normalised);
    }

    private static int[][] plusUnit(int[][] c) {
        int[][] h = new int[c.length][];
        for (int i = 0; i < c.length; i++) {
            h[i] = c[i].clone();
            h[i][i] = 1;
        }
        return h;
    }

    private static int[][] sylvester(int[][] h) {
        int n = h.length;
        int[][] d = new int[2 * n][2 * n];
        for (int i = 0; i < 2 * n; i++) {
            for (int j = 0; j < 2 * n; j++) {
                d[i][j] = h[i % n][j % n] * (i >= n && j >= n ? -1 : 1);
            }
        }
        return d;
    }

    private static int[][] paleySecond(int[][] c) {
        int n = c.length;
        int[][] h = new int[2 * n][2 * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int unit = i == j ? 1 : 0;
                h[i][j] = c[i][j] + unit;
                h[i][j + n] = c[i][j] - unit;
                h[i + n][j] = c[i][j] - unit;
                h[i + n][j + n] = -c[i][j] - unit;
            }
        }
        return h;
    }

    private static int[][] normalised(int[][] h) {
        int[][] n = new int[h.length][];
        for (int i = 0; i < h.length; i++) {
            n[i] = h[i].clone();
            for (int j = 0; j < n.length; j++) {
                n[i][j] *= h[i][0];
            }
        }
        return n;
    }
}
