package org.voltwin.cosim.coupling;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of all signals that close one loop, sought so that the system answers with what it was given. Where one
 * signal is in doubt, bracketed secant steps; where several are, Broyden's method (C. G. Broyden, Math. Comp. 19 (1965)
 * 577) on the vector, which ends after at most two evaluations per signal where the loop is linear. When that finds no
 * solution, each signal is bracketed by itself, because a kink breaks Broyden's assumption but no bracket.
 */
final class LoopVector {
    /** Relative to the size of the signal. */
    private static final double TOLERANCE = 1e-7;

    private static final int MOST_BROYDEN = 40;

    private final List<LoopVariable> single = new ArrayList<>();
    private final double[] value;
    private final double[] residual;
    private final double[] lastResidual;
    private final double[] change;
    private final double[][] inverse;
    private final double[] from;
    private boolean vector;
    private int tries;

    LoopVector(int signals) {
        for (int i = 0; i < signals; i++) {
            single.add(new LoopVariable());
        }
        value = new double[signals];
        residual = new double[signals];
        lastResidual = new double[signals];
        change = new double[signals];
        inverse = new double[signals][signals];
        from = new double[signals];
        forget();
    }

    /** What to try next; not to be changed. */
    double[] values() {
        return value;
    }

    /** Between two searches: what the next one begins with. */
    void save(Memory memory) {
        memory.put(value);
        single.forEach(variable -> variable.save(memory));
    }

    void load(Memory memory) {
        memory.next(value);
        single.forEach(variable -> variable.load(memory));
    }

    /** Starts a new search from where the last one ended, or, for a step tried again, from where it began. */
    void begin(boolean again) {
        begin((again ? from : value).clone());
    }

    /** Starts a new search; the slopes known from the last one are kept as a first guess. */
    void begin(double[] values) {
        System.arraycopy(values, 0, value, 0, value.length);
        System.arraycopy(values, 0, from, 0, value.length);
        for (int i = 0; i < value.length; i++) {
            single.get(i).start(values[i]);
        }
        tries = 0;
        vector = false;
    }

    /** Takes the system's answers; true when they are the values asked for. Otherwise the values are the next try. */
    boolean answer(double[] given) {
        int open = 0;
        for (int i = 0; i < value.length; i++) {
            residual[i] = given[i] - value[i];
            open += Math.abs(residual[i]) > tolerance(i) ? 1 : 0;
        }
        if (open == 0) {
            return true;
        }
        if (tries == 0 && open > 1) {
            vector = true;
            forget();
        }
        tries++;
        if (vector && tries <= MOST_BROYDEN) {
            broyden();
            return false;
        }
        if (vector) {
            vector = false;
            System.arraycopy(from, 0, value, 0, value.length);
            for (int i = 0; i < value.length; i++) {
                single.get(i).start(from[i]);
            }
            return false;
        }
        boolean agreed = true;
        for (int i = 0; i < value.length; i++) {
            agreed &= single.get(i).answer(given[i], tolerance(i));
            value[i] = single.get(i).value();
        }
        return agreed;
    }

    private double tolerance(int signal) {
        return TOLERANCE * Math.max(1, Math.abs(value[signal]));
    }

    /** The inverse of the residual's Jacobian as if answers did not depend on the values: minus the identity. */
    private void forget() {
        for (int i = 0; i < value.length; i++) {
            for (int j = 0; j < value.length; j++) {
                inverse[i][j] = i == j ? -1 : 0;
            }
        }
    }

    private void broyden() {
        int n = value.length;
        if (tries > 1) {
            double[] moved = new double[n];
            double[] left = new double[n];
            double denominator = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    moved[i] += inverse[i][j] * (residual[j] - lastResidual[j]);
                    left[i] += change[j] * inverse[j][i];
                }
                denominator += change[i] * moved[i];
            }
            if (Math.abs(denominator) > Double.MIN_NORMAL) {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        inverse[i][j] += (change[i] - moved[i]) * left[j] / denominator;
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            change[i] = 0;
            for (int j = 0; j < n; j++) {
                change[i] -= inverse[i][j] * residual[j];
            }
            lastResidual[i] = residual[i];
        }
        for (int i = 0; i < n; i++) {
            value[i] += change[i];
            if (!Double.isFinite(value[i])) {
                tries = MOST_BROYDEN; // ran away: the next answer begins the search signal by signal
                value[i] = from[i];
            }
        }
    }
}
