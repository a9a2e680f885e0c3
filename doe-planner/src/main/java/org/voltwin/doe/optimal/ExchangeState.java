package org.voltwin.doe.optimal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.voltwin.doe.linear.Symmetric;

/**
 * One design under exchange. Keeps C = (X'X)^-1, and for A and I also P = C W C, up to date by rank-two changes; what an
 * exchange would bring costs only the square of the columns that the coordinate is part of.
 */
final class ExchangeState {
    private static final int PASSES = 60;
    private static final double LEAST_GAIN = 1e-7;
    /** Lets a search begin at a design that cannot fit the model yet. */
    private static final double RIDGE = 1e-7;

    private static final double SMALLEST_STEP = 2e-5;

    private final ExchangeProblem problem;
    private final Criterion criterion;
    private final double[][] weight;
    private final List<double[]> points;
    private final double[][] rows;
    private final double[][] grids;
    private double[][] c = {};
    private double[][] p = {};
    private double[] cOld = {};
    private double[] pOld = {};

    ExchangeState(ExchangeProblem problem, Criterion criterion, double[][] weight, List<double[]> points) {
        this.problem = problem;
        this.criterion = criterion;
        this.weight = weight;
        this.points = new ArrayList<>(points);
        this.rows = problem.model().rows(points);
        this.grids = new double[problem.region().factors().size()][];
        for (int f = 0; f < grids.length; f++) {
            grids[f] = problem.grid(f);
        }
    }

    List<double[]> points() {
        return List.copyOf(points);
    }

    double loss() {
        return criterion.loss(information(0), weight);
    }

    private double[][] information(double ridge) {
        double[][] gram = Symmetric.gram(rows, problem.model().parameters());
        for (double[] kept : problem.model().rows(problem.kept())) {
            Symmetric.add(gram, kept, kept, 1);
        }
        for (int i = 0; i < gram.length; i++) {
            gram[i][i] += ridge;
        }
        return gram;
    }

    private boolean refresh() {
        Optional<double[][]> inverse =
                Symmetric.inverse(information(0)).or(() -> Symmetric.inverse(information(RIDGE)));
        inverse = inverse.or(() -> Symmetric.inverse(information(1e-3)));
        inverse.ifPresent(found -> {
            c = found;
            p = criterion == Criterion.D ? new double[0][] : Symmetric.product(Symmetric.product(c, weight), c);
        });
        return inverse.isPresent();
    }

    /** Exchanges over the grids until a pass brings nothing. */
    void exchange() {
        boolean improved = true;
        for (int pass = 0; improved && pass < PASSES && refresh(); pass++) {
            improved = false;
            for (int i = 0; i < rows.length; i++) {
                look(i);
                for (int f = 0; f < grids.length; f++) {
                    if (f != problem.blockFactor()) {
                        improved |= improve(i, f, problem.alternatives(points.get(i), f, grids[f]));
                    }
                }
            }
        }
    }

    /** Moves continuous coordinates by steps that halve whenever none helps. */
    void refine() {
        double step = 0.25;
        for (int pass = 0; step > SMALLEST_STEP && pass < 400 && refresh(); pass++) {
            boolean improved = false;
            for (int i = 0; i < rows.length; i++) {
                look(i);
                for (int f = 0; f < grids.length; f++) {
                    if (problem.continuous(f)) {
                        improved |= improve(i, f, problem.alternatives(points.get(i), f, around(i, f, step)));
                    }
                }
            }
            step = improved ? step : step / 2;
        }
    }

    private double[] around(int i, int f, double step) {
        double low = problem.region().factors().get(f).codedLow();
        double high = problem.region().factors().get(f).codedHigh();
        double now = points.get(i)[f];
        double size = step * (high - low) / 2;
        return new double[] {Math.max(low, now - size), Math.min(high, now + size)};
    }

    private void look(int i) {
        cOld = Symmetric.times(c, rows[i]);
        pOld = criterion == Criterion.D ? cOld : Symmetric.times(p, rows[i]);
    }

    private boolean improve(int i, int f, List<double[]> alternatives) {
        int[] changing = problem.changing(f);
        double[] best = {};
        double bestGain = LEAST_GAIN;
        for (double[] next : alternatives) {
            double gain = gain(i, changing, next);
            if (gain > bestGain) {
                bestGain = gain;
                best = next;
            }
        }
        if (best.length == 0) {
            return false;
        }
        accept(i, best);
        look(i);
        return true;
    }

    /** Relative gain of replacing run i. */
    private double gain(int i, int[] changing, double[] next) {
        double[] row = rows[i];
        double[] delta = new double[changing.length];
        for (int a = 0; a < delta.length; a++) {
            delta[a] = problem.model().column(changing[a], next) - row[changing[a]];
        }
        double dOld = Symmetric.dot(cOld, row);
        double cross = sparseDot(delta, changing, cOld);
        double dBoth = dOld + cross;
        double dNew = dOld + 2 * cross + sparseForm(delta, changing, c);
        double ratio = (1 + dNew) * (1 - dOld) + dBoth * dBoth;
        if (criterion == Criterion.D) {
            return ratio - 1;
        }
        if (ratio < 1e-9) {
            return 0;
        }
        double gOld = Symmetric.dot(pOld, row);
        double gCross = sparseDot(delta, changing, pOld);
        double gBoth = gOld + gCross;
        double gNew = gOld + 2 * gCross + sparseForm(delta, changing, p);
        double less = ((1 - dOld) * gNew + 2 * dBoth * gBoth - (1 + dNew) * gOld) / ratio;
        return less / Symmetric.traceOfProduct(c, weight);
    }

    private static double sparseDot(double[] delta, int[] at, double[] vector) {
        double sum = 0;
        for (int a = 0; a < delta.length; a++) {
            sum += delta[a] * vector[at[a]];
        }
        return sum;
    }

    private static double sparseForm(double[] delta, int[] at, double[][] matrix) {
        double sum = 0;
        for (int a = 0; a < delta.length; a++) {
            double[] row = matrix[at[a]];
            double inner = 0;
            for (int b = 0; b < delta.length; b++) {
                inner += row[at[b]] * delta[b];
            }
            sum += delta[a] * inner;
        }
        return sum;
    }

    /** C - K S^-1 K' with K = C U and S = diag(1,-1) + U' C U, U = [new row, old row]; P likewise. */
    private void accept(int i, double[] next) {
        double[] before = rows[i];
        double[] after = problem.model().row(next);
        double[] kn = Symmetric.times(c, after);
        double[] ko = cOld;
        double nn = 1 + Symmetric.dot(kn, after);
        double no = Symmetric.dot(kn, before);
        double oo = Symmetric.dot(ko, before) - 1;
        double det = nn * oo - no * no;
        double a = oo / det;
        double b = -no / det;
        double d = nn / det;
        if (criterion != Criterion.D) {
            double[] ln = Symmetric.times(p, after);
            double[] lo = pOld;
            double gnn = Symmetric.dot(ln, after);
            double gno = Symmetric.dot(ln, before);
            double goo = Symmetric.dot(lo, before);
            // S^-1 G S^-1
            double h1 = a * gnn + b * gno;
            double h2 = a * gno + b * goo;
            double h3 = b * gnn + d * gno;
            double h4 = b * gno + d * goo;
            update(p, kn, ko, h1 * a + h2 * b, h1 * b + h2 * d, h3 * b + h4 * d);
            for (int r = 0; r < p.length; r++) {
                double left = a * kn[r] + b * ko[r];
                double right = b * kn[r] + d * ko[r];
                double leftL = a * ln[r] + b * lo[r];
                double rightL = b * ln[r] + d * lo[r];
                for (int s = 0; s < p.length; s++) {
                    p[r][s] -= left * ln[s] + right * lo[s] + leftL * kn[s] + rightL * ko[s];
                }
            }
        }
        update(c, kn, ko, -a, -b, -d);
        points.set(i, next);
        rows[i] = after;
    }

    private static void update(double[][] matrix, double[] u, double[] v, double uu, double uv, double vv) {
        for (int r = 0; r < matrix.length; r++) {
            double left = uu * u[r] + uv * v[r];
            double right = uv * u[r] + vv * v[r];
            double[] row = matrix[r];
            for (int s = 0; s < row.length; s++) {
                row[s] += left * u[s] + right * v[s];
            }
        }
    }
}
