package org.voltwin.doe.design;

import java.util.SplittableRandom;

/** Improves one Latin hypercube by exchanging two levels of a column as long as that helps. */
final class MaximinSearch {
    private final int[][] levels;
    private final long allowedEffort;
    private long smallestSquaredDistance;
    private int pairsAtSmallest;
    /** A point of a closest pair: an exchange that leaves all of these alone cannot help. */
    private int closestA;

    private int closestB;
    private long effort;

    MaximinSearch(int[][] levels, long allowedEffort) {
        this.levels = levels;
        this.allowedEffort = allowedEffort;
        measure();
    }

    int[][] levels() {
        return levels;
    }

    long smallestSquaredDistance() {
        return smallestSquaredDistance;
    }

    boolean isBetterThan(MaximinSearch other) {
        return isBetter(other.smallestSquaredDistance, other.pairsAtSmallest);
    }

    /** Searches; returns the number of pairs of points it compared. */
    long improve(SplittableRandom random) {
        boolean improved = levels.length > 2;
        while (improved && effort < allowedEffort) {
            improved = improveOnce(random);
        }
        return effort;
    }

    private boolean improveOnce(SplittableRandom random) {
        int n = levels.length;
        int factors = levels[0].length;
        int firstPoint = random.nextInt(n);
        int firstFactor = random.nextInt(factors);
        for (int end : new int[] {closestA, closestB}) {
            for (int f = 0; f < factors; f++) {
                for (int j = 0; j < n && effort < allowedEffort; j++) {
                    if (exchangeHelps(end, (firstPoint + j) % n, (firstFactor + f) % factors)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean exchangeHelps(int a, int b, int factor) {
        if (a == b) {
            return false;
        }
        long distance = smallestSquaredDistance;
        int pairs = pairsAtSmallest;
        int oldA = closestA;
        int oldB = closestB;
        exchange(a, b, factor);
        measure();
        if (isBetter(distance, pairs)) {
            return true;
        }
        exchange(a, b, factor);
        smallestSquaredDistance = distance;
        pairsAtSmallest = pairs;
        closestA = oldA;
        closestB = oldB;
        return false;
    }

    private void exchange(int a, int b, int factor) {
        int level = levels[a][factor];
        levels[a][factor] = levels[b][factor];
        levels[b][factor] = level;
    }

    private boolean isBetter(long distance, int pairs) {
        return smallestSquaredDistance > distance || (smallestSquaredDistance == distance && pairsAtSmallest < pairs);
    }

    private void measure() {
        smallestSquaredDistance = levels.length < 2 ? 0 : Long.MAX_VALUE;
        pairsAtSmallest = 0;
        for (int a = 1; a < levels.length; a++) {
            for (int b = 0; b < a; b++) {
                long distance = squaredDistance(levels[a], levels[b]);
                if (distance < smallestSquaredDistance) {
                    smallestSquaredDistance = distance;
                    pairsAtSmallest = 1;
                    closestA = a;
                    closestB = b;
                } else if (distance == smallestSquaredDistance) {
                    pairsAtSmallest++;
                }
            }
        }
        effort += (long) levels.length * (levels.length - 1) / 2 + 1;
    }

    private static long squaredDistance(int[] a, int[] b) {
        long sum = 0;
        for (int f = 0; f < a.length; f++) {
            long difference = (long) a[f] - b[f];
            sum += difference * difference;
        }
        return sum;
    }
}
