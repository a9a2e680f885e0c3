package org.voltwin.twin.runs;

import java.time.Duration;
import java.util.Optional;

/**
 * When to try again: later and later.
 *
 * @param attempts how often a passing failure is met before the run fails
 * @param first pause after the first
 * @param longest longest pause
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
    /** Eight attempts over about two minutes: longer than a restart of any one process takes. */
    public static RetryPolicy usual() {
        return new RetryPolicy(8, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /** The pause after so many failures in a row, counted from 1. */
    Duration pause(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, 20));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    /** The same, empty when it is time to give up. */
    Optional<Duration> pauseBeforeGivingUp(int failures) {
        return failures < attempts ? Optional.of(pause(failures)) : Optional.empty();
    }
}
