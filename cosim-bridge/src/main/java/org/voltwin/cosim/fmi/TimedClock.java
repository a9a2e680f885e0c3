package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.voltwin.cosim.fmu.ClockTiming;

/** An input clock that is ticked at times known before (FMI 3.0.2, section 2.2.8: time-based clocks). */
final class TimedClock {
    /** Numbers that {@link #keep} writes. */
    static final int VALUES = 3;

    private static final int INTERVAL_NOT_YET_KNOWN = 0;
    private static final int INTERVAL_CHANGED = 2;
    /** Relative to the time, at least of 1 s: communication points are sums of steps and not quite where ticks are. */
    private static final double TOLERANCE = 1e-12;

    private final Instance instance;
    private final long valueReference;
    private final ClockTiming timing;
    /** The next tick is at base + count * interval, so that periods do not add up rounding errors. */
    private double baseSeconds = Double.POSITIVE_INFINITY;

    private double count;
    private double intervalSeconds = Double.POSITIVE_INFINITY;

    TimedClock(Instance instance, long valueReference, ClockTiming timing) {
        this.instance = instance;
        this.valueReference = valueReference;
        this.timing = timing;
    }

    long valueReference() {
        return valueReference;
    }

    void begin(double startSeconds) {
        Double known = timing.intervalSeconds();
        if (known != null) {
            intervalSeconds = known;
        } else if (!timing.isAskedAfterTicks()) {
            ask();
        }
        if (!timing.variability().equals("countdown")) {
            baseSeconds = startSeconds + timing.shiftSeconds();
            count = 0;
        }
    }

    double nextSeconds() {
        return count == 0 ? baseSeconds : baseSeconds + count * intervalSeconds;
    }

    boolean isDue(double seconds) {
        return nextSeconds() <= seconds + TOLERANCE * Math.max(1, Math.abs(seconds));
    }

    /** Sets the next tick, after an event at which it ticked or did not. */
    void afterEvent(double seconds, boolean ticked) {
        if (ticked) {
            count++;
        }
        boolean countdown = timing.variability().equals("countdown");
        if (countdown && ticked) {
            baseSeconds = Double.POSITIVE_INFINITY; // runs once, until the model starts it again
        }
        if ((countdown || ticked && timing.isAskedAfterTicks()) && ask()) {
            baseSeconds = seconds;
            count = 1;
        }
    }

    /** Asks the model for the interval; true when it has changed. */
    private boolean ask() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment interval = arena.allocate(JAVA_DOUBLE);
            MemorySegment qualifier = arena.allocate(JAVA_INT);
            long reference = Derivatives.references(new long[] {valueReference}, arena);
            instance.call("GetIntervalDecimal", reference, 1L, interval.address(), qualifier.address());
            if (qualifier.get(JAVA_INT, 0) != INTERVAL_NOT_YET_KNOWN) {
                intervalSeconds = interval.get(JAVA_DOUBLE, 0);
            }
            return qualifier.get(JAVA_INT, 0) == INTERVAL_CHANGED;
        }
    }

    void keep(double[] values, int at) {
        values[at] = baseSeconds;
        values[at + 1] = count;
        values[at + 2] = intervalSeconds;
    }

    void restore(double[] values, int at) {
        baseSeconds = values[at];
        count = values[at + 1];
        intervalSeconds = values[at + 2];
    }
}
