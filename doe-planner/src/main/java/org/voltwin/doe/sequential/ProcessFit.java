package org.voltwin.doe.sequential;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.linear.Symmetric;

/**
 * Lengths and noise of the largest posterior density, by the quasi-Newton method of Broyden, Fletcher, Goldfarb and
 * Shanno with exact derivatives. The prior of the lengths grows with the root of the number of dimensions: Hvarfner,
 * Hellsten and Nardi, "Vanilla Bayesian optimization performs great in high dimensions", ICML 2024.
 *
 * @param knownNoise standard deviation of a measurement in units of the outputs; empty to have it estimated
 */
record ProcessFit(List<double[]> inputs, double[] outputs, Optional<Double> knownNoise) {
    private static final int STEPS = 40;
    /** Gains of a step below which a climb ends; along the noise the likelihood rises slowly. */
    private static final double ENOUGH = 1e-3;

    private static final double ENOUGH_WITH_NOISE = 1e-6;
    private static final double LEAST_NOISE = 1e-8;
    private static final double SHORTEST = Math.log(0.03);
    private static final double LONGEST = Math.log(30);
    private static final double LOWEST_NOISE = Math.log(LEAST_NOISE);
    private static final double HIGHEST_NOISE = Math.log(2);
    private static final double LENGTH_SPREAD = 1.2;
    private static final double NOISE_MEDIAN = Math.log(1e-4);
    private static final double NOISE_SPREAD = 4;
    private static final int RELATIONS = 2;

    private record State(GaussianProcess process, double[] at, double density, double[] slope) {}

    /** @param trials starts: the prior's middle, then random ones */
    GaussianProcess best(int trials, SplittableRandom random) {
        if (knownNoise.isEmpty()) {
            return best(trials, random, Optional.empty());
        }
        // The kernel's noise is relative to the variance of the process, which is a result of the fit.
        double deviation = knownNoise.get();
        GaussianProcess found = best(trials, random, Optional.of(deviation * deviation));
        for (int again = 0; deviation > 0 && again < RELATIONS; again++) {
            found = best(1, random, Optional.of(deviation * deviation / found.variance()));
        }
        return found;
    }

    /** From the lengths and noise of a process of the same inputs and similar outputs, without a measurement's noise. */
    GaussianProcess near(GaussianProcess process) {
        State found = climb(process.logarithms());
        return found == null ? process : found.process();
    }

    private GaussianProcess best(int trials, SplittableRandom random, Optional<Double> noise) {
        int k = inputs.getFirst().length;
        State best = null;
        for (int trial = 0; trial < trials; trial++) {
            double[] at = new double[k + 1];
            for (int f = 0; f < k; f++) {
                at[f] = trial == 0 ? lengthMedian() : lengthMedian() + LENGTH_SPREAD * (2 * random.nextDouble() - 1);
            }
            at[k] = noise.map(v -> Math.log(Math.max(v, LEAST_NOISE))).orElse(NOISE_MEDIAN);
            State found = climb(at);
            if (found != null && (best == null || found.density() > best.density())) {
                best = found;
            }
        }
        if (best == null) {
            throw new IllegalStateException("No Gaussian process fits " + inputs.size() + " results");
        }
        return best.process();
    }

    private double lengthMedian() {
        return Math.log(0.4) + 0.5 * Math.log(inputs.getFirst().length);
    }

    private @Nullable State state(double[] at) {
        int k = at.length - 1;
        double[] lengths = new double[k];
        for (int f = 0; f < k; f++) {
            lengths[f] = Math.exp(at[f]);
        }
        double noise = Math.exp(at[k]);
        GaussianProcess process =
                GaussianProcess.of(inputs, outputs, lengths, noise).orElse(null);
        if (process == null) {
            return null;
        }
        double density = process.logLikelihood();
        double[] slope = process.gradient();
        for (int f = 0; f < k; f++) {
            double z = (at[f] - lengthMedian()) / LENGTH_SPREAD;
            density -= 0.5 * z * z;
            slope[f] -= z / LENGTH_SPREAD;
        }
        double z = (at[k] - NOISE_MEDIAN) / NOISE_SPREAD;
        density -= knownNoise.isPresent() ? 0 : 0.5 * z * z;
        slope[k] = knownNoise.isPresent() ? 0 : slope[k] - z / NOISE_SPREAD;
        return new State(process, at, density, slope);
    }

    private @Nullable State climb(double[] start) {
        State now = state(start);
        int size = start.length;
        double enough = knownNoise.isPresent() ? ENOUGH : ENOUGH_WITH_NOISE;
        double[][] inverse = unit(size);
        for (int step = 0; now != null && step < STEPS; step++) {
            double[] direction = Symmetric.times(inverse, now.slope());
            double promise = Symmetric.dot(direction, now.slope());
            if (!(promise > 1e-10)) {
                inverse = unit(size);
                direction = now.slope().clone();
                promise = Symmetric.dot(direction, direction);
            }
            State next = line(now, direction, promise);
            if (next == null || next.density() - now.density() < enough) {
                return next == null ? now : next;
            }
            update(inverse, now, next);
            now = next;
        }
        return now;
    }

    /** Halves the step until it keeps a part of what the slope promises. */
    private @Nullable State line(State now, double[] direction, double promise) {
        double longest = 0;
        for (double d : direction) {
            longest = Math.max(longest, Math.abs(d));
        }
        double length = Math.min(1, 2 / Math.max(longest, 1e-12));
        for (int halving = 0; halving < 12; halving++) {
            double[] at = new double[direction.length];
            for (int i = 0; i < at.length; i++) {
                boolean last = i == at.length - 1;
                at[i] = Math.clamp(
                        now.at()[i] + length * direction[i],
                        last ? LOWEST_NOISE : SHORTEST,
                        last ? HIGHEST_NOISE : LONGEST);
            }
            State next = state(at);
            if (next != null && next.density() > now.density() + 1e-4 * length * promise) {
                return next;
            }
            length /= 2;
        }
        return null;
    }

    private static void update(double[][] inverse, State from, State to) {
        int size = inverse.length;
        double[] s = new double[size];
        double[] y = new double[size];
        for (int i = 0; i < size; i++) {
            s[i] = to.at()[i] - from.at()[i];
            // The density is climbed: its negative is what is convex.
            y[i] = from.slope()[i] - to.slope()[i];
        }
        double sy = Symmetric.dot(s, y);
        if (sy < 1e-10) {
            return;
        }
        double[] hy = Symmetric.times(inverse, y);
        double scale = (1 + Symmetric.dot(y, hy) / sy) / sy;
        Symmetric.add(inverse, s, s, scale);
        Symmetric.add(inverse, hy, s, -1 / sy);
        Symmetric.add(inverse, s, hy, -1 / sy);
    }

    private static double[][] unit(int size) {
        double[][] unit = new double[size][size];
        for (int i = 0; i < size; i++) {
            unit[i][i] = 1;
        }
        return unit;
    }
}
