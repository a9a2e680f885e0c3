package org.voltwin.cosim.coupling;

import java.util.Arrays;

/**
 * Evaluations in one thread and in several by turns, a block of each after the other, so that both meet the same
 * weather. The first of each block is not counted: threads wake up in it.
 */
final class SharingTrial {
    private static final int BLOCK = 9;
    private static final int BLOCKS = 4;

    private final double[] together = new double[(BLOCK - 1) * BLOCKS / 2];
    private final double[] alone = new double[(BLOCK - 1) * BLOCKS / 2];
    private int evaluation;

    /** Whether the next evaluation is one in several threads. */
    boolean isTogether() {
        return evaluation / BLOCK % 2 == 0;
    }

    /** What that evaluation took. */
    void took(long nanoseconds) {
        int inBlock = evaluation % BLOCK;
        if (inBlock > 0) {
            int pair = evaluation / (2 * BLOCK);
            (isTogether() ? together : alone)[pair * (BLOCK - 1) + inBlock - 1] = nanoseconds;
        }
        evaluation++;
    }

    boolean isOver() {
        return evaluation == BLOCK * BLOCKS;
    }

    /** To be asked when it is over. */
    boolean pays(Sharing sharing) {
        return sharing.pays(median(alone), median(together));
    }

    private static double median(double[] nanoseconds) {
        double[] sorted = nanoseconds.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return (sorted[half - 1] + sorted[half]) / 2;
    }
}
