package org.voltwin.benchmark.ditto;

import java.util.Arrays;

/** Durations in nanoseconds, recorded by one thread. */
final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1024];
    private int count;

    void add(long durationNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = durationNanos;
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** @param fraction 0 to 1; nearest rank */
    double millisAt(double fraction) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(fraction * count);
        return sorted[Math.clamp(rank - 1L, 0, count - 1)] / NANOS_PER_MILLI;
    }
}
