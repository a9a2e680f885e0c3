package org.voltwin.doe.design;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A Latin hypercube on the grid {0, ..., n-1}: each column is a permutation. Of several, the one whose two closest
 * points are furthest apart (maximin), and of those the one with the fewest such pairs, as in van Dam, Husslage, den
 * Hertog and Melissen, "Maximin Latin hypercube designs in two dimensions", Operations Research 55 (2007) 158-169.
 */
final class LatinHypercube {
    private static final int RESTARTS = 1000;
    /** Bounds the search: pairs of points compared. About a tenth of a second. */
    private static final long LARGEST_EFFORT = 30_000_000;

    private final int[][] levels;
    private final long smallestSquaredDistance;

    private LatinHypercube(int[][] levels, long smallestSquaredDistance) {
        this.levels = levels;
        this.smallestSquaredDistance = smallestSquaredDistance;
    }

    /** The best hypercube of seeded restarts, each improved by exchanges within a column. */
    static LatinHypercube maximin(int runs, int factors, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MaximinSearch best = null;
        long effort = 0;
        for (int restart = 0; restart < RESTARTS && (best == null || effort < LARGEST_EFFORT); restart++) {
            MaximinSearch search = new MaximinSearch(random(runs, factors, random), LARGEST_EFFORT - effort);
            effort += search.improve(random);
            if (best == null || search.isBetterThan(best)) {
                best = search;
            }
        }
        if (best == null) {
            throw new IllegalStateException("A search has at least one restart");
        }
        return new LatinHypercube(best.levels(), best.smallestSquaredDistance());
    }

    private static int[][] random(int runs, int factors, SplittableRandom random) {
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
    long smallestSquaredDistance() {
        return smallestSquaredDistance;
    }

    /** The points; the lowest level is 0, the highest 1 (so that the ends of every range are tried), one alone 0.5. */
    List<double[]> points() {
        List<double[]> points = new ArrayList<>();
        int highest = levels.length - 1;
        for (int[] row : levels) {
            double[] point = new double[row.length];
            for (int f = 0; f < point.length; f++) {
                point[f] = highest == 0 ? 0.5 : row[f] / (double) highest;
            }
            points.add(point);
        }
        return points;
    }
}
