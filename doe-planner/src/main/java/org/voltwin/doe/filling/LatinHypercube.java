package org.voltwin.doe.filling;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A Latin hypercube on the grid {0, ..., n-1}: each column is a permutation. Optimised by simulated annealing on
 * exchanges within a column, as Morris and Mitchell, J. Statistical Planning and Inference 43 (1995) 381-402.
 */
public final class LatinHypercube {
    private final int[][] levels;

    private LatinHypercube(int[][] levels) {
        this.levels = levels;
    }

    /** Permutations at random. */
    public static LatinHypercube random(int runs, int factors, long seed) {
        return new LatinHypercube(random(runs, factors, new SplittableRandom(seed)));
    }

    /** The two closest points as far apart as the search can get them. */
    public static LatinHypercube maximin(int runs, int factors, long seed) {
        int[][] found = HypercubeSearch.best(runs, factors, seed, levels -> new MaximinMeasure(levels));
        return new LatinHypercube(factors == 2 && runs > 2 && runs <= 60 ? TwoFactorSearch.improved(found) : found);
    }

    /** The centred L2 discrepancy as small as the search can get it. */
    public static LatinHypercube even(int runs, int factors, long seed) {
        return new LatinHypercube(HypercubeSearch.best(runs, factors, seed, levels -> new EvennessMeasure(levels)));
    }

    static int[][] random(int runs, int factors, SplittableRandom random) {
        int[][] levels = new int[runs][factors];
        for (int f = 0; f < factors; f++) {
            for (int i = 0; i < runs; i++) {
                int j = random.nextInt(i + 1);
                levels[i][f] = levels[j][f];
                levels[j][f] = i;
            }
        }
        return levels;
    }

    /** In steps between neighbouring levels; 0 for a single point. */
    public long smallestSquaredDistance() {
        long smallest = levels.length < 2 ? 0 : Long.MAX_VALUE;
        for (int a = 1; a < levels.length; a++) {
            for (int b = 0; b < a; b++) {
                smallest = Math.min(smallest, MaximinMeasure.squaredDistance(levels[a], levels[b]));
            }
        }
        return smallest;
    }

    /** The points; the lowest level is 0, the highest 1 (so that the ends of every range are tried), one alone 0.5. */
    public List<double[]> points() {
        int highest = levels.length - 1;
        return points(i -> highest == 0 ? 0.5 : i / (double) highest);
    }

    /** The points in the middles of their cells: (level + 1/2) / n. */
    public List<double[]> cellMiddles() {
        return points(i -> (i + 0.5) / levels.length);
    }

    private List<double[]> points(java.util.function.IntToDoubleFunction place) {
        List<double[]> points = new ArrayList<>();
        for (int[] row : levels) {
            double[] point = new double[row.length];
            for (int f = 0; f < point.length; f++) {
                point[f] = place.applyAsDouble(row[f]);
            }
            points.add(point);
        }
        return points;
    }
}
