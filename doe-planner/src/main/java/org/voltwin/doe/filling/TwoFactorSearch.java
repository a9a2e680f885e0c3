package org.voltwin.doe.filling;

/**
 * Latin hypercubes of two factors with a given smallest distance, by trying every permutation column by column and
 * turning back at the first two points that are too close. Complete unless it runs out of steps, which up to about 15
 * points it does not.
 */
final class TwoFactorSearch {
    private static final long STEPS = 3_000_000;

    private final int runs;
    private final long wanted;
    private final int[] levels;
    private final boolean[] used;
    private long steps;

    private TwoFactorSearch(int runs, long wanted) {
        this.runs = runs;
        this.wanted = wanted;
        this.levels = new int[runs];
        this.used = new boolean[runs];
    }

    /** The design improved as long as one with a larger smallest distance is found. */
    static int[][] improved(int[][] design) {
        int[][] best = design;
        while (true) {
            long now = Long.MAX_VALUE;
            for (int a = 1; a < best.length; a++) {
                for (int b = 0; b < a; b++) {
                    now = Math.min(now, MaximinMeasure.squaredDistance(best[a], best[b]));
                }
            }
            TwoFactorSearch search = new TwoFactorSearch(design.length, now + 1);
            if (!search.place(0)) {
                return best;
            }
            best = new int[design.length][];
            for (int i = 0; i < best.length; i++) {
                best[i] = new int[] {i, search.levels[i]};
            }
        }
    }

    private boolean place(int column) {
        if (column == runs) {
            return true;
        }
        for (int level = 0; level < runs && steps < STEPS; level++) {
            if (!used[level] && farEnough(column, level)) {
                levels[column] = level;
                used[level] = true;
                if (place(column + 1)) {
                    return true;
                }
                used[level] = false;
            }
        }
        return false;
    }

    private boolean farEnough(int column, int level) {
        steps++;
        for (int d = 1; d <= column && (long) d * d < wanted; d++) {
            long across = (long) levels[column - d] - level;
            if (across * across + (long) d * d < wanted) {
                return false;
            }
        }
        return true;
    }
}
