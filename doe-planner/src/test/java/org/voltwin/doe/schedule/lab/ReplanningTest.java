package org.voltwin.doe.schedule.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.schedule.lab.LabProblem.Closure;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.validate.LabRules;

/** A plan of 60 tests is in force; at hour 20 something happens. */
class ReplanningTest {
    private static final Instant NOW = LabWeek.MONDAY.plus(Duration.ofHours(20));

    private static LabProblem before;
    private static List<LabAssignment> left;

    @BeforeAll
    static void planTheWeek() {
        LabProblem week = LabWeek.random(60, 2);
        left = plan(week).assignments().stream()
                .filter(a -> a.tearDownEnd().isAfter(NOW))
                .toList();
        Set<String> ids = left.stream().map(LabAssignment::test).collect(Collectors.toSet());
        List<LabTest> tests = week.tests().stream()
                .filter(t -> ids.contains(t.id()))
                .map(t -> ChangedTest.of(t)
                        .after(t.after().stream().filter(ids::contains).toList())
                        .test())
                .toList();
        before = LabWeek.problem(tests, left, NOW);
    }

    private static LabPlan plan(LabProblem problem) {
        return LabWeek.plan(problem, Duration.ofSeconds(2));
    }

    private static LabProblem with(List<LabBench> benches, List<LabTest> tests, List<LabAssignment> plan) {
        return new LabProblem(
                NOW,
                before.zone(),
                benches,
                before.chambers(),
                before.technicians(),
                List.of(),
                before.powerLimitWatts(),
                tests,
                plan);
    }

    /** The first answer needs no search: without time for one it is there and keeps what a long search keeps. */
    private static LabPlan replanned(LabProblem problem) {
        LabPlan first = LabWeek.plan(problem, Duration.ofNanos(1));
        keepsRulesAndWhatRuns(problem, first);
        LabPlan plan = plan(problem);
        keepsRulesAndWhatRuns(problem, plan);
        assertThat(plan.weightedLatenessMinutes()).isLessThanOrEqualTo(first.weightedLatenessMinutes());
        return plan;
    }

    private static void keepsRulesAndWhatRuns(LabProblem problem, LabPlan plan) {
        assertThat(LabRules.broken(problem, plan.assignments())).isEmpty();
        for (LabAssignment running : problem.plan()) {
            if (running.setUpStart().isBefore(NOW)) {
                LabAssignment now = of(plan, running.test());
                assertThat(now.bench()).isEqualTo(running.bench());
                assertThat(now.channel()).isEqualTo(running.channel());
                assertThat(now.setUpStart()).isEqualTo(running.setUpStart());
                if (running.start().isBefore(NOW)) {
                    assertThat(now.end()).isEqualTo(running.end());
                } else {
                    assertThat(now.start()).isAfterOrEqualTo(running.start());
                }
            }
        }
        assertThat(plan.planned()).isEqualTo(problem.plan().size());
    }

    private static LabAssignment of(LabPlan plan, String test) {
        return plan.assignments().stream()
                .filter(a -> a.test().equals(test))
                .findFirst()
                .orElseThrow();
    }

    /** The tests that are set up at this instant or later on this channel. */
    private static long behind(LabAssignment a) {
        return left.stream()
                .filter(b -> b.bench().equals(a.bench())
                        && b.channel() == a.channel()
                        && !b.setUpStart().isBefore(a.tearDownEnd()))
                .count();
    }

    @Test
    void nothingMovesWhenNothingHappens() {
        LabPlan plan = replanned(before);

        assertThat(plan.moved()).isZero();
    }

    @Test
    void anOverrunMovesWhatIsBehindIt() {
        LabAssignment running = left.stream()
                .filter(a -> a.bench().startsWith("bench")
                        && a.setUpStart().isBefore(NOW)
                        && a.end().isAfter(NOW)
                        && behind(a) > 0)
                .findFirst()
                .orElseThrow();
        Duration more = Duration.ofHours(6);
        List<LabAssignment> late = new ArrayList<>();
        for (LabAssignment a : left) {
            late.add(
                    a != running
                            ? a
                            : new LabAssignment(
                                    a.test(),
                                    a.bench(),
                                    a.channel(),
                                    a.setUpBy(),
                                    a.tearDownBy(),
                                    a.setUpStart(),
                                    a.setUpEnd(),
                                    a.start(),
                                    a.end().plus(more),
                                    a.tearDownStart().plus(more),
                                    a.tearDownEnd().plus(more),
                                    a.why()));
        }
        List<LabTest> tests = before.tests().stream()
                .map(t -> t.id().equals(running.test())
                        ? ChangedTest.of(t).run(t.run().plus(more)).test()
                        : t)
                .toList();

        LabPlan plan = replanned(with(before.benches(), tests, late));

        assertThat(of(plan, running.test()).end()).isEqualTo(running.end().plus(more));
        assertThat(plan.moved()).isBetween(1, (int) behind(running) + 8);
    }

    @Test
    void whatThePlanHasFinishedIsNotAskedForAgain() {
        Instant now = LabWeek.MONDAY.plus(Duration.ofHours(6));
        List<LabTest> tests = List.of(
                LabWeek.test("done", 60, 25.0),
                ChangedTest.of(LabWeek.test("next", 60, 25.0))
                        .after(List.of("done"))
                        .test());
        List<LabAssignment> plan = List.of(
                planned("done", 1, "Ada", "Ada", "06:00", "06:30", "07:30"),
                planned("next", 1, "Cy", "Cy", "13:00", "13:30", "14:30"));

        LabPlan replanned = LabWeek.plan(LabWeek.problem(tests, plan, now), Duration.ofMillis(200));

        assertThat(replanned.assignments()).extracting(LabAssignment::test).containsExactly("next");
        assertThat(replanned.moved()).isZero();
        assertThat(replanned.planned()).isEqualTo(1);
    }

    @Test
    void aTestThatRunsOnABenchThatFailsSaysWhatToDo() {
        Instant now = LabWeek.MONDAY.plus(Duration.ofHours(3));
        List<LabAssignment> plan = List.of(planned("runs", 1, "Ada", "Cy", "06:00", "06:30", "14:30"));
        LabProblem problem = LabWeek.problem(List.of(LabWeek.test("runs", 8 * 60, 25.0)), plan, now);
        List<LabBench> failing = problem.benches().stream()
                .map(bench -> bench.id().equals("bench-1")
                        ? new LabBench(
                                bench.id(),
                                bench.kind(),
                                bench.levels(),
                                bench.capabilities(),
                                bench.maxCurrentAmperes(),
                                bench.channels(),
                                bench.chamber(),
                                bench.speed(),
                                bench.fidelity(),
                                List.of(new Closure(now, now.plus(Duration.ofDays(1)), "failed")))
                        : bench)
                .toList();
        LabProblem failed = new LabProblem(
                now,
                problem.zone(),
                failing,
                problem.chambers(),
                problem.technicians(),
                List.of(),
                null,
                problem.tests(),
                problem.plan());

        LabPlan replanned = LabWeek.plan(failed, Duration.ofMillis(200));

        assertThat(of(replanned, "runs").why())
                .contains("its bench is closed from Mon 2 Mar 10:00", "take it out of the plan in force");
    }

    @Test
    void aRunThatIsMadeLongerNeedsNoOtherChange() {
        Instant now = LabWeek.MONDAY.plus(Duration.ofHours(3));
        // Planned as an hour until 07:30, but now said to take four.
        List<LabTest> tests = List.of(LabWeek.test("over", 4 * 60, 25.0), LabWeek.test("next", 60, 25.0));
        List<LabAssignment> plan = List.of(
                planned("over", 1, "Ada", "Ada", "06:00", "06:30", "07:30"),
                planned("next", 1, "Bo", "Bo", "09:00", "09:30", "10:30"));
        LabProblem problem = LabWeek.problem(tests, plan, now);

        LabPlan replanned = LabWeek.plan(problem, Duration.ofMillis(200));

        assertThat(LabRules.broken(problem, replanned.assignments())).isEmpty();
        assertThat(of(replanned, "over").end()).isEqualTo(at("10:30"));
        LabAssignment next = of(replanned, "next");
        assertThat(next.channel() == 1
                        && next.bench().equals("bench-1")
                        && next.setUpStart().isBefore(at("10:45")))
                .isFalse();
        assertThat(replanned.moved()).isEqualTo(1);
    }

    /**
     * Bench 1 runs at 25 degC until 10:30 and then goes to 45 degC in 40 minutes, for a test that is set up already. The
     * first one takes four hours longer.
     */
    @Test
    void aTestThatIsSetUpWaitsForItsChamber() {
        Instant now = LabWeek.MONDAY.plus(Duration.ofHours(3));
        List<LabTest> tests = List.of(LabWeek.test("warm", 8 * 60, 25.0), LabWeek.test("hot", 2 * 60, 45.0));
        List<LabAssignment> plan = List.of(
                planned("warm", 1, "Ada", "Cy", "06:00", "06:30", "14:30"),
                planned("hot", 2, "Bo", "Di", "08:00", "11:10", "13:10"));
        LabProblem problem = LabWeek.problem(tests, plan, now);

        LabPlan replanned = LabWeek.plan(problem, Duration.ofMillis(200));

        assertThat(LabRules.broken(problem, replanned.assignments())).isEmpty();
        LabAssignment hot = of(replanned, "hot");
        assertThat(hot.channel()).isEqualTo(2);
        assertThat(hot.setUpStart()).isEqualTo(at("08:00"));
        assertThat(hot.start()).isEqualTo(at("15:10"));
        assertThat(hot.end()).isEqualTo(at("17:10"));
        assertThat(hot.tearDownStart()).isEqualTo(at("17:10"));
        assertThat(hot.why()).contains("waits for its chamber");
        assertThat(of(replanned, "warm").end()).isEqualTo(at("14:30"));
        assertThat(replanned.moved()).isEqualTo(1);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-02T" + time + ":00Z");
    }

    private static LabAssignment planned(
            String test, int channel, String setUpBy, String tearDownBy, String setUp, String start, String end) {
        return new LabAssignment(
                test,
                "bench-1",
                channel,
                setUpBy,
                tearDownBy,
                at(setUp),
                at(setUp).plus(Duration.ofMinutes(30)),
                at(start),
                at(end),
                at(end),
                at(end).plus(Duration.ofMinutes(15)),
                "in force");
    }

    @Test
    void anUrgentTestIsOnTimeAndMovesFew() {
        List<LabTest> tests = new ArrayList<>(before.tests());
        Instant due = NOW.plus(Duration.ofHours(24));
        tests.add(ChangedTest.of(LabWeek.test("urgent", 8 * 60, 25.0))
                .due(due)
                .weight(100)
                .test());

        LabPlan plan = replanned(with(before.benches(), tests, left));

        assertThat(of(plan, "urgent").end()).isBeforeOrEqualTo(due);
        assertThat(plan.weightedLatenessMinutes()).isZero();
        assertThat(plan.moved()).isLessThanOrEqualTo(5);
    }

    @Test
    void aBenchThatFailsLosesItsTestsAndFewOthersMove() {
        Instant fails = NOW.plus(Duration.ofHours(24));
        LabBench failed = before.benches().get(3);
        List<LabBench> benches = new ArrayList<>(before.benches());
        benches.set(
                3,
                new LabBench(
                        failed.id(),
                        failed.kind(),
                        failed.levels(),
                        failed.capabilities(),
                        failed.maxCurrentAmperes(),
                        failed.channels(),
                        failed.chamber(),
                        failed.speed(),
                        failed.fidelity(),
                        List.of(new Closure(fails, NOW.plus(Duration.ofDays(20)), "broken"))));
        long touched = left.stream()
                .filter(a -> a.bench().equals(failed.id())
                        && !a.setUpStart().isBefore(NOW)
                        && a.tearDownEnd().isAfter(fails))
                .count();

        LabPlan plan = replanned(with(benches, before.tests(), left));

        assertThat(plan.moved()).isBetween((int) touched, (int) touched + 6);
    }
}
