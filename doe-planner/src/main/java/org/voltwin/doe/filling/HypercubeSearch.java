package org.voltwin.doe.filling;

import java.util.SplittableRandom;
import java.util.function.Function;

/** Simulated annealing over Latin hypercubes, several starts, a bounded number of comparisons of points. */
final class HypercubeSearch {
    private static final int STARTS = 20;
    /** Comparisons of two points in all. About half a second. */
    private static final long LARGEST_EFFORT = 60_000_000;

    private static final int LARGEST_STEPS = 30_000;

    /** A measure that is kept up while levels are exchanged; smaller is better. */
    interface Measure {
        /** The value after rows a and b have exchanged their levels of a column. */
        double exchanged(int a, int b, int column);

        double value();
    }

    private HypercubeSearch() {}

    static int[][] best(int runs, int factors, long seed, Function<int[][], Measure> measuring) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] best = LatinHypercube.random(runs, factors, random);
        if (runs < 3 || factors < 2) {
            return best;
        }
        double bestValue = measuring.apply(copy(best)).value();
        long steps = Math.clamp(LARGEST_EFFORT / STARTS / (2L * runs), 1, LARGEST_STEPS);
        for (int start = 0; start < STARTS; start++) {
            int[][] levels = LatinHypercube.random(runs, factors, random);
            Measure measure = measuring.apply(levels);
            double value = measure.value();
            double temperature = 0.05 * value;
            double cooling = Math.pow(1e-4, 1.0 / steps);
            for (long step = 0; step < steps; step++) {
                int a = random.nextInt(runs);
                int b = random.nextInt(runs - 1);
                b += b >= a ? 1 : 0;
                int column = random.nextInt(factors);
                double next = measure.exchanged(a, b, column);
                if (next <= value || random.nextDouble() < Math.exp((value - next) / temperature)) {
                    value = next;
                    if (value < bestValue - 1e-12 * Math.abs(bestValue)) {
                        bestValue = value;
                        best = copy(levels);
                    }
                } else {
                    measure.exchanged(a, b, column);
                }
                temperature *= cooling;
            }
        }
        return best;
    }

    static void exchange(int[][] levels, int a, int b, int column) {
        int level = levels[a][column];
        levels[a][column] = levels[b][column];
        levels[b][column] = level;
    }

    private static int[][] copy(int[][] levels) {
        int[][] copy = new int[levels.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = levels[i].clone();
        }
        return copy;
    }
}
