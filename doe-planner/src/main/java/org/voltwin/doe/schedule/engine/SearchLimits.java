package org.voltwin.doe.schedule.engine;

import java.time.Duration;

/**
 * How long and how wide to search.
 *
 * @param effort longest wall-clock time, &gt; 0
 * @param threads 1 to 64; with 1 the same seed gives the same plan as long as the effort does not end the search first
 * @param seed of everything random
 */
public record SearchLimits(Duration effort, int threads, long seed) {
    public SearchLimits {
        if (effort.isNegative() || effort.isZero() || threads < 1 || threads > 64) {
            throw new IllegalArgumentException(
                    "A search needs effort > 0 and 1 to 64 threads, but has " + effort + " and " + threads);
        }
    }

    /** The effort in seconds. */
    public double seconds() {
        return effort.toNanos() / 1e9;
    }
}
