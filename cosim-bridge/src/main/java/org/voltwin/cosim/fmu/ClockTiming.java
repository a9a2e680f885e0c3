package org.voltwin.cosim.fmu;

import org.jspecify.annotations.Nullable;

/**
 * When a clock of FMI 3.0 ticks.
 *
 * @param variability intervalVariability: constant, fixed, calculated, tunable, changing, countdown or triggered
 * @param intervalSeconds as the description says it; null when only the running model knows
 * @param shiftSeconds of the first tick from the start time
 */
public record ClockTiming(String variability, @Nullable Double intervalSeconds, double shiftSeconds) {
    /** Ticked by whoever simulates, at times known before; a triggered clock is ticked by an event elsewhere. */
    public boolean isTimed() {
        return !variability.equals("triggered");
    }

    /** Whether the model says the next interval after each tick. */
    public boolean isAskedAfterTicks() {
        return variability.equals("changing") || variability.equals("countdown") || variability.equals("tunable");
    }
}
