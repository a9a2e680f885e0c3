package org.voltwin.bench.device;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a test's time axis into wall-clock time. A jump backwards, as cyclers make when they restart their clock, takes
 * no time; a row that strays back and is followed by the clock where it was, as at the start of a step in some files,
 * takes none either.
 */
public final class Pace {
    private final double speed;
    private final LongSupplier nanoTime;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long beganAtNanos;
    private boolean began;
    private double elapsedTestSeconds;
    private double lastTestSeconds = Double.NaN;
    private double beforeJumpBackSeconds = Double.NaN;

    /**
     * @param speed test seconds per second; 0 = no waiting
     * @param nanoTime monotonic clock, ns
     */
    public Pace(double speed, LongSupplier nanoTime) {
        this.speed = speed;
        this.nanoTime = nanoTime;
    }

    /**
     * How long from now until a row is due.
     *
     * @param testSeconds the row's test time, s; null or NaN: due with the row before
     */
    public Duration until(@Nullable Double testSeconds) {
        if (!began) {
            began = true;
            beganAtNanos = nanoTime.getAsLong();
        }
        if (testSeconds != null && !testSeconds.isNaN()) {
            elapsedTestSeconds += stepTo(testSeconds);
        }
        if (speed == 0) {
            return Duration.ZERO;
        }
        double dueNanos = elapsedTestSeconds / speed * 1e9;
        double left = dueNanos - (nanoTime.getAsLong() - beganAtNanos);
        // Beyond a century a long of nanoseconds overflows; nobody waits for that.
        return Duration.ofNanos((long) Math.clamp(left, 0, 3e18));
    }

    private double stepTo(double testSeconds) {
        double from = lastTestSeconds;
        lastTestSeconds = testSeconds;
        if (testSeconds < from) {
            beforeJumpBackSeconds = from;
            return 0;
        }
        if (testSeconds >= beforeJumpBackSeconds) {
            double step = testSeconds - beforeJumpBackSeconds;
            beforeJumpBackSeconds = Double.NaN;
            return step;
        }
        double step = testSeconds - from;
        return step > 0 ? step : 0;
    }

    /** Starts the clock again, so that what was skipped takes no time. */
    public void restart() {
        began = false;
        elapsedTestSeconds = 0;
    }

    /** Waits, or until {@link #stop}; false when stopped. */
    public boolean await(Duration time) throws InterruptedException {
        return time.isZero() ? stopped.getCount() > 0 : !stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends all waiting, from any thread. */
    public void stop() {
        stopped.countDown();
    }

    public boolean isStopped() {
        return stopped.getCount() == 0;
    }
}
