package org.voltwin.doe.schedule.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.lab.LabProblem.Technician;
import org.voltwin.doe.schedule.validate.LabRules;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.WorkingHours;

/** Bounds and plans against the shortest makespans of small laboratories, found by trying everything. */
class LabBoundsTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T06:00:00Z");
    private static final int QUARTER = 15;

    /** Hours of work with breaks as long as the tests, so that whatever misses the end of a shift waits. */
    private static final int SHIFT = 8;

    private static final int BREAK = 8;

    /** A laboratory twice: for the planner and for trying everything. */
    private record Small(LabProblem problem, int shortestMinutes) {}

    private static Small small(long seed) {
        Random random = new Random(seed);
        int channels = 2 + random.nextInt(2);
        int technicians = 1 + random.nextInt(2);
        boolean scarcePower = random.nextInt(3) == 0;
        List<ExhaustiveWeek.Job> jobs = new ArrayList<>();
        List<LabTest> tests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int after = i > 1 && random.nextInt(5) == 0 ? i - 2 : -1;
            ExhaustiveWeek.Job job = new ExhaustiveWeek.Job(1 + random.nextInt(2), 1 + random.nextInt(10), 1, after);
            jobs.add(job);
            tests.add(test("t" + i, job));
        }
        boolean[] onShift = new boolean[200];
        for (int i = 0; i < onShift.length; i++) {
            // From 06:00 on, four shifts and four breaks of two hours make sixteen hours; then comes the night.
            int ofDay = (i + 24) % 96;
            onShift[i] = ofDay >= 24 && (ofDay - 24) / (SHIFT + BREAK) < 4 && (ofDay - 24) % (SHIFT + BREAK) < SHIFT;
        }
        int shortest = new ExhaustiveWeek(jobs, channels, technicians, onShift, scarcePower ? 1 : channels).shortest();
        return new Small(problem(tests, channels, technicians, scarcePower ? 500.0 : 5000.0), shortest * QUARTER);
    }

    private static LabTest test(String id, ExhaustiveWeek.Job job) {
        return new LabTest(
                id,
                Level.CELL,
                null,
                Set.of(),
                1,
                500,
                null,
                0,
                Duration.ofMinutes((long) QUARTER * job.setUp()),
                Duration.ofMinutes((long) QUARTER * job.run()),
                Duration.ofMinutes((long) QUARTER * job.tearDown()),
                null,
                null,
                null,
                1,
                job.after() < 0 ? List.of() : List.of("t" + job.after()),
                null);
    }

    private static LabProblem problem(List<LabTest> tests, int channels, int technicians, double watts) {
        List<WorkingHours.Hours> day = new ArrayList<>();
        for (int shift = 0; shift < 4; shift++) {
            LocalTime from = LocalTime.of(6 + 4 * shift, 0);
            day.add(new WorkingHours.Hours(from, from.plusMinutes((long) QUARTER * SHIFT)));
        }
        ZoneId utc = ZoneId.of("UTC");
        WorkingHours hours =
                new WorkingHours(utc, Map.of(DayOfWeek.MONDAY, day, DayOfWeek.TUESDAY, day, DayOfWeek.WEDNESDAY, day));
        List<Technician> staff = new ArrayList<>();
        for (int i = 0; i < technicians; i++) {
            staff.add(new Technician("technician " + i, hours, List.of()));
        }
        LabBench bench = new LabBench(
                "bench", BenchKind.PHYSICAL, Set.of(Level.CELL), Set.of(), 10, channels, null, 1, 1, List.of());
        return new LabProblem(MONDAY, utc, List.of(bench), List.of(), staff, List.of(), watts, tests, List.of());
    }

    @Test
    void noBoundIsAboveTheShortestMakespan() {
        int sharp = 0;
        for (long seed = 0; seed < 40; seed++) {
            Small small = small(seed);
            Laboratory lab = new Laboratory(small.problem());
            LabBounds bounds = new LabBounds(lab, new Decoder(lab));
            long[] all = {
                bounds.longestChain(),
                bounds.sharedChannels(),
                bounds.channelsBetweenShifts(),
                bounds.staff(),
                bounds.power()
            };
            for (long bound : all) {
                assertThat(bound).as("laboratory %d", seed).isLessThanOrEqualTo(small.shortestMinutes());
            }
            sharp += Arrays.stream(all).max().orElse(0) * 10 >= small.shortestMinutes() * 9 ? 1 : 0;
        }
        // Bounds that say nothing would pass too.
        assertThat(sharp).isGreaterThan(5);
    }

    /** Two hours with staff, two without: the second test misses the first shift for its tear-down. */
    @Test
    void testsAfterEachOtherAreAChain() {
        ExhaustiveWeek.Job hour = new ExhaustiveWeek.Job(1, 4, 1, -1);
        List<LabTest> tests = List.of(test("t0", hour), test("t1", new ExhaustiveWeek.Job(1, 4, 1, 0)));
        Laboratory lab = new Laboratory(problem(tests, 2, 2, 5000));

        assertThat(new LabBounds(lab, new Decoder(lab)).longestChain()).isEqualTo(4 * 60 + QUARTER);
    }

    @Test
    void noPlanIsBelowTheShortestMakespanAndMostReachIt() {
        int shortest = 0;
        for (long seed = 0; seed < 6; seed++) {
            Small small = small(seed);
            LabPlan plan = LabWeek.plan(small.problem(), Duration.ofMillis(200));

            assertThat(LabRules.broken(small.problem(), plan.assignments())).isEmpty();
            assertThat(plan.makespan().toMinutes())
                    .as("laboratory %d", seed)
                    .isGreaterThanOrEqualTo(small.shortestMinutes());
            shortest += plan.makespan().toMinutes() == small.shortestMinutes() ? 1 : 0;
        }
        assertThat(shortest).isGreaterThanOrEqualTo(4);
    }
}
