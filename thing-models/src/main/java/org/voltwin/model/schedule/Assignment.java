package org.voltwin.model.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.TwinId;

/**
 * A task's place.
 *
 * @param task id of the task
 * @param channel the bench's channel, counted from 1
 * @param setUpStart staff start; within working hours up to {@code start}
 * @param start the run starts
 * @param end the run ends; tear-down follows, in working hours
 * @param tearDownEnd the channel is free
 * @param why why there and not earlier, in words
 * @param setUpBy who sets it up, null when nobody has to or nobody is named
 * @param tearDownBy who tears it down
 * @param soaks the chamber's temperatures one after the other; empty when the test has none
 */
public record Assignment(
        String task,
        TwinId bench,
        int channel,
        Instant setUpStart,
        Instant start,
        Instant end,
        Instant tearDownEnd,
        String why,
        @Nullable String setUpBy,
        @Nullable String tearDownBy,
        @Nullable List<PlannedSoak> soaks) {
    public Assignment {
        soaks = soaks == null ? List.of() : List.copyOf(soaks);
    }

    /** Without names and temperatures. */
    public Assignment(
            String task,
            TwinId bench,
            int channel,
            Instant setUpStart,
            Instant start,
            Instant end,
            Instant tearDownEnd,
            String why) {
        this(task, bench, channel, setUpStart, start, end, tearDownEnd, why, null, null, List.of());
    }

    /** As given, empty instead of null. */
    @Override
    public List<PlannedSoak> soaks() {
        return soaks == null ? List.of() : soaks;
    }
}
