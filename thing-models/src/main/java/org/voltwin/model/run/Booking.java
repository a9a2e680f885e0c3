package org.voltwin.model.run;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.PlanFigures;
import org.voltwin.model.schedule.PlannedSoak;

/**
 * A place in the bench plan.
 *
 * @param bench where
 * @param channel from 1
 * @param setUpStart when staff start to set up
 * @param start when the run starts
 * @param end when it is expected to end
 * @param tearDownEnd when the bench is free again
 * @param why why there and then, in words
 * @param outputPath the schedule file, relative to the storage root
 * @param setUpBy who sets it up, null when nobody has to or nobody is named
 * @param tearDownBy who tears it down
 * @param soaks the chamber's temperatures one after the other
 * @param plan figures of the plan; null in bookings of before they were kept
 */
public record Booking(
        TwinId bench,
        BenchKind kind,
        int channel,
        Instant setUpStart,
        Instant start,
        Instant end,
        Instant tearDownEnd,
        String why,
        String outputPath,
        @Nullable String setUpBy,
        @Nullable String tearDownBy,
        @Nullable List<PlannedSoak> soaks,
        @Nullable PlanFigures plan) {
    public Booking {
        // Bookings of before channels were kept have none.
        channel = Math.max(1, channel);
        soaks = soaks == null ? List.of() : List.copyOf(soaks);
    }

    /** Without what the rich plan knows. */
    public Booking(
            TwinId bench,
            BenchKind kind,
            int channel,
            Instant setUpStart,
            Instant start,
            Instant end,
            Instant tearDownEnd,
            String why,
            String outputPath) {
        this(bench, kind, channel, setUpStart, start, end, tearDownEnd, why, outputPath, null, null, List.of(), null);
    }

    /** The same place as plans give it. */
    public Assignment assignment(String task) {
        return new Assignment(
                task, bench, channel, setUpStart, start, end, tearDownEnd, why, setUpBy, tearDownBy, soaks());
    }

    /** As given, empty instead of null. */
    @Override
    public List<PlannedSoak> soaks() {
        return soaks == null ? List.of() : soaks;
    }
}
