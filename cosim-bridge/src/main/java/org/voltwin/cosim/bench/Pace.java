package org.voltwin.cosim.bench;

import java.util.concurrent.TimeUnit;

/** Holds rows back so that test time runs at the bench's speed. */
final class Pace {
    private static final double NANOSECONDS = 1e9;

    private final double speed;
    private long beganNanoseconds;
    private double beganAtSeconds = Double.NaN;

    /** @param speed test seconds per wall-clock second; infinite for as fast as possible */
    Pace(double speed) {
        this.speed = speed;
    }

    /** Waits until a row of this test time is due. The first row is due at once. */
    void await(double testSeconds) throws InterruptedException {
        if (Double.isInfinite(speed)) {
            return;
        }
        if (Double.isNaN(beganAtSeconds)) {
            beganAtSeconds = testSeconds;
            beganNanoseconds = System.nanoTime();
        }
        double due = (testSeconds - beganAtSeconds) / speed * NANOSECONDS;
        long left = (long) due - (System.nanoTime() - beganNanoseconds);
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
