package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.WorkingHours;

/**
 * A laboratory and what it is to test. Absent lists are empty.
 *
 * @param now nothing new is placed before it; times are planned in whole minutes from it
 * @param zone of every calendar
 * @param holidays days without staff
 * @param powerLimitWatts of the hall, all running tests together; null when there is none
 * @param plan the plan in force, empty when there is none
 */
public record LabProblem(
        Instant now,
        ZoneId zone,
        List<LabBench> benches,
        List<Chamber> chambers,
        List<Technician> technicians,
        List<LocalDate> holidays,
        @Nullable Double powerLimitWatts,
        List<LabTest> tests,
        List<LabAssignment> plan) {
    public LabProblem {
        benches = copy(benches);
        chambers = copy(chambers);
        technicians = copy(technicians);
        holidays = copy(holidays);
        tests = copy(tests);
        plan = copy(plan);
    }

    /** The same laboratory with other tests and another plan in force. */
    public LabProblem with(List<LabTest> others, List<LabAssignment> inForce) {
        return new LabProblem(now, zone, benches, chambers, technicians, holidays, powerLimitWatts, others, inForce);
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static <T> Set<T> copy(@Nullable Set<T> set) {
        return set == null ? Set.of() : Set.copyOf(set);
    }

    /** Not usable from inclusive to exclusive: calibration, repair, leave. */
    public record Closure(Instant from, Instant to, String reason) {}

    /**
     * A bench.
     *
     * @param chamber the climate chamber its channels are in, null when none
     * @param speed test seconds per wall-clock second, &gt; 0
     * @param fidelity how far its results can be trusted, 0 to 1; a physical bench has 1
     */
    public record LabBench(
            String id,
            BenchKind kind,
            Set<Level> levels,
            Set<String> capabilities,
            double maxCurrentAmperes,
            int channels,
            @Nullable String chamber,
            double speed,
            double fidelity,
            List<Closure> closures) {
        public LabBench {
            levels = copy(levels);
            capabilities = copy(capabilities);
            closures = copy(closures);
        }
    }

    /** A climate chamber: its range, its temperature at {@code now}, how fast it changes, and when it is closed. */
    public record Chamber(
            String id,
            double minCelsius,
            double maxCelsius,
            double startCelsius,
            double degreesPerHour,
            List<Closure> closures) {
        public Chamber {
            closures = copy(closures);
        }
    }

    /** Somebody who sets up and tears down, one piece of work at a time. */
    public record Technician(String id, WorkingHours shifts, List<Closure> absences) {
        public Technician {
            absences = copy(absences);
        }
    }

    /**
     * A test.
     *
     * @param kind wanted kind of bench, null when either will do
     * @param powerWatts drawn from the hall while it runs on a physical bench
     * @param temperatureCelsius of the chamber while it runs, null when any
     * @param minFidelity of the bench, 0 to 1
     * @param setUp staff time before it, on a physical bench
     * @param run in test time; a bench's speed divides it
     * @param tearDown staff time after it, on a physical bench
     * @param release not set up before
     * @param preferred wanted start of the run
     * @param due wanted end; later costs {@code weight} per minute
     * @param weight priority, &gt;= 1
     * @param after tests that must be torn down before this is set up
     * @param wholePlot tests with the same name run in one soak of one chamber; null when alone
     */
    public record LabTest(
            String id,
            Level level,
            @Nullable BenchKind kind,
            Set<String> capabilities,
            double currentAmperes,
            double powerWatts,
            @Nullable Double temperatureCelsius,
            double minFidelity,
            Duration setUp,
            Duration run,
            Duration tearDown,
            @Nullable Instant release,
            @Nullable Instant preferred,
            @Nullable Instant due,
            int weight,
            List<String> after,
            @Nullable String wholePlot) {
        public LabTest {
            capabilities = copy(capabilities);
            after = copy(after);
        }
    }

    /**
     * A test's place.
     *
     * @param channel of the bench, from 1
     * @param setUpBy technician, null without set-up
     * @param tearDownBy technician, null without tear-down
     * @param setUpStart the channel is taken from here
     * @param tearDownEnd to here
     * @param why why there and not earlier
     */
    public record LabAssignment(
            String test,
            String bench,
            int channel,
            @Nullable String setUpBy,
            @Nullable String tearDownBy,
            Instant setUpStart,
            Instant setUpEnd,
            Instant start,
            Instant end,
            Instant tearDownStart,
            Instant tearDownEnd,
            String why) {}
}
