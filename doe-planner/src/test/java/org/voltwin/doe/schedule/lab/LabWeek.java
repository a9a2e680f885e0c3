package org.voltwin.doe.schedule.lab;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.lab.LabProblem.Chamber;
import org.voltwin.doe.schedule.lab.LabProblem.Closure;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.lab.LabProblem.Technician;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.WorkingHours;

/** A laboratory as the issue describes it: 24 channels in 6 chambers, 8 virtual benches, 4 technicians. */
final class LabWeek {
    static final Instant MONDAY = Instant.parse("2026-03-02T06:00:00Z");
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private LabWeek() {}

    static WorkingHours shift(int from, int to, int days) {
        Map<DayOfWeek, List<WorkingHours.Hours>> week = new EnumMap<>(DayOfWeek.class);
        for (int d = 1; d <= days; d++) {
            week.put(DayOfWeek.of(d), List.of(new WorkingHours.Hours(LocalTime.of(from, 0), LocalTime.of(to, 0))));
        }
        return new WorkingHours(ZONE, week);
    }

    static LabTest test(String id, int runMinutes, @Nullable Double celsius) {
        return new LabTest(
                id,
                Level.CELL,
                null,
                Set.of("electrical"),
                10,
                500,
                celsius,
                0,
                Duration.ofMinutes(30),
                Duration.ofMinutes(runMinutes),
                Duration.ofMinutes(15),
                null,
                null,
                null,
                1,
                List.of(),
                null);
    }

    /** Planned by one thread. */
    static LabPlan plan(LabProblem problem, Duration effort) {
        return LabPlanner.plan(problem, new SearchLimits(effort, 1, 1), false, event -> {})
                .orThrow();
    }

    static LabProblem problem(List<LabTest> tests, List<LabAssignment> plan, Instant now) {
        List<LabBench> benches = new ArrayList<>();
        List<Chamber> chambers = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            chambers.add(new Chamber("chamber-" + i, -20, 60, 25, 30, List.of()));
            List<Closure> closures = i == 6
                    ? List.of(new Closure(
                            MONDAY.plus(Duration.ofHours(26)), MONDAY.plus(Duration.ofHours(30)), "calibration"))
                    : List.of();
            benches.add(new LabBench(
                    "bench-" + i,
                    BenchKind.PHYSICAL,
                    Set.of(Level.CELL),
                    Set.of("electrical"),
                    i <= 2 ? 100 : 30,
                    4,
                    "chamber-" + i,
                    1,
                    1,
                    closures));
        }
        for (int i = 1; i <= 8; i++) {
            benches.add(new LabBench(
                    "virtual-" + i,
                    BenchKind.VIRTUAL,
                    Set.of(Level.CELL, Level.MODULE),
                    Set.of("electrical"),
                    1000,
                    1,
                    null,
                    20,
                    0.8,
                    List.of()));
        }
        List<Technician> technicians = List.of(
                new Technician("Ada", shift(6, 14, 6), List.of()),
                new Technician("Bo", shift(6, 14, 6), List.of()),
                new Technician("Cy", shift(14, 22, 6), List.of()),
                new Technician("Di", shift(14, 22, 6), List.of()));
        return new LabProblem(now, ZONE, benches, chambers, technicians, List.of(), 12_000.0, tests, plan);
    }

    /** Seeded: four of five tests only a physical bench may do, at one of three temperatures. */
    static LabProblem random(int count, long seed) {
        Random random = new Random(seed);
        List<LabTest> tests = new ArrayList<>();
        double[] celsius = {0, 25, 45};
        for (int i = 1; i <= count; i++) {
            boolean physical = random.nextInt(5) > 0;
            LabTest plain = test("t" + i, 120 + 30 * random.nextInt(44), celsius[random.nextInt(3)]);
            // In the order of the components: each draws from the same generator.
            tests.add(ChangedTest.of(plain)
                    .amperes(random.nextInt(6) == 0 ? 80 : 10)
                    .minFidelity(physical ? 1 : 0.5)
                    .preferred(random.nextInt(4) == 0 ? MONDAY.plus(Duration.ofHours(random.nextInt(100))) : null)
                    .due(random.nextInt(3) == 0 ? MONDAY.plus(Duration.ofHours(120 + random.nextInt(count))) : null)
                    .weight(1 + random.nextInt(3))
                    .after(i > 10 && random.nextInt(10) == 0 ? List.of("t" + (i - 10)) : List.of())
                    .test());
        }
        return problem(tests, List.of(), MONDAY);
    }
}
