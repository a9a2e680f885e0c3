package org.voltwin.model.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Level;

/**
 * A test to place.
 *
 * @param id unique in its problem: the run's uuid
 * @param level what is under test
 * @param kind wanted kind of bench, null when either will do
 * @param capabilities the bench must have all of them
 * @param currentAmperes largest current, &gt;= 0
 * @param testTime duration in test time; a bench's speed divides it
 * @param earliest not before
 * @param preferred wanted start, null when any
 */
public record ScheduleTask(
        String id,
        Level level,
        @Nullable BenchKind kind,
        Set<String> capabilities,
        double currentAmperes,
        Duration testTime,
        Instant earliest,
        @Nullable Instant preferred) {
    public ScheduleTask {
        capabilities = Set.copyOf(capabilities);
    }
}
