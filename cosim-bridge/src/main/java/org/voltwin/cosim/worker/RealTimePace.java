package org.voltwin.cosim.worker;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Keeps simulated time at a factor of wall-clock time. Late steps are not waited for, and are made up for. */
final class RealTimePace {
    private final double factor;
    private final double startSeconds;
    private final LongSupplier nanoseconds;
    private final long began;
    private double largestLagSeconds;

    /** @param startSeconds simulated time now */
    RealTimePace(double factor, double startSeconds, LongSupplier nanoseconds) {
        this.factor = factor;
        this.startSeconds = startSeconds;
        this.nanoseconds = nanoseconds;
        began = nanoseconds.getAsLong();
    }

    /** How long to wait until that simulated time has come; 0 when it has. */
    long remainingNanoseconds(double timeSeconds) {
        double due = (timeSeconds - startSeconds) / factor * 1e9;
        double remaining = due - (nanoseconds.getAsLong() - began);
        largestLagSeconds = Math.max(largestLagSeconds, -remaining / 1e9);
        return remaining > 0 ? (long) remaining : 0;
    }

    /** Waits until that simulated time has come. */
    void await(double timeSeconds) {
        for (long left = remainingNanoseconds(timeSeconds); left > 0; left = remainingNanoseconds(timeSeconds)) {
            LockSupport.parkNanos(left);
        }
    }

    /** By how much a step came late at most. */
    double largestLagSeconds() {
        return largestLagSeconds;
    }
}
