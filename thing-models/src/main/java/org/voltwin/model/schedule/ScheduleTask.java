package org.voltwin.model.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 * @param due wanted end of what is urgent: later costs; null when nothing is urgent
 * @param powerWatts drawn from the hall while it runs on a physical bench; null counts as none
 * @param soaks its runs by temperature, in order; empty when it needs no temperature
 */
public record ScheduleTask(
        String id,
        Level level,
        @Nullable BenchKind kind,
        Set<String> capabilities,
        double currentAmperes,
        Duration testTime,
        Instant earliest,
        @Nullable Instant preferred,
        @Nullable Instant due,
        @Nullable Double powerWatts,
        @Nullable List<Soak> soaks) {
    public ScheduleTask {
        capabilities = Set.copyOf(capabilities);
        soaks = soaks == null ? List.of() : List.copyOf(soaks);
    }

    /** Not urgent, at no temperature. */
    public ScheduleTask(
            String id,
            Level level,
            @Nullable BenchKind kind,
            Set<String> capabilities,
            double currentAmperes,
            Duration testTime,
            Instant earliest,
            @Nullable Instant preferred) {
        this(id, level, kind, capabilities, currentAmperes, testTime, earliest, preferred, null, null, List.of());
    }

    /** As given, empty instead of null. */
    @Override
    public List<Soak> soaks() {
        return soaks == null ? List.of() : soaks;
    }
}
