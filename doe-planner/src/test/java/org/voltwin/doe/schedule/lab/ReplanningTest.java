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
                assertThat(now.end()).isEqualTo(running.end());
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

    /** Set up already but not running: if its chamber came later it could neither move nor begin. */
    private static boolean waitsForChamber(LabAssignment a, String bench) {
        return a.bench().equals(bench)
                && a.setUpStart().isBefore(NOW)
                && a.start().isAfter(NOW);
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
                        && behind(a) > 0
                        && left.stream().noneMatch(b -> waitsForChamber(b, a.bench())))
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
