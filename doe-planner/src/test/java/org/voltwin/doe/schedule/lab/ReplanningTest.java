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
import org.voltwin.doe.schedule.engine.SearchEvent;
import org.voltwin.doe.schedule.engine.SearchLimits;
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
                .map(t -> changed(
                        t, t.run(), t.after().stream().filter(ids::contains).toList(), t.due(), t.weight()))
                .toList();
        before = LabWeek.problem(tests, left, NOW);
    }

    private static LabPlan plan(LabProblem problem) {
        return LabPlanner.plan(problem, new SearchLimits(Duration.ofSeconds(2), 1, 1), false, event -> {})
                .orThrow();
    }

    private static LabTest changed(LabTest t, Duration run, List<String> after, Instant due, int weight) {
        return new LabTest(
                t.id(),
                t.level(),
                t.kind(),
                t.capabilities(),
                t.currentAmperes(),
                t.powerWatts(),
                t.temperatureCelsius(),
                t.minFidelity(),
                t.setUp(),
                run,
                t.tearDown(),
                t.release(),
                t.preferred(),
                due,
                weight,
                after,
                t.wholePlot());
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

    /** All rules, what runs stays, and the first answer comes at once (2 s on a busy machine). */
    private static LabPlan replanned(LabProblem problem) {
        LabPlan plan = plan(problem);
        assertThat(LabRules.broken(problem, plan.assignments())).isEmpty();
        assertThat(plan.history().stream()
                        .filter(SearchEvent.Incumbent.class::isInstance)
                        .findFirst()
                        .orElseThrow()
                        .at())
                .isLessThan(Duration.ofSeconds(2));
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
        return plan;
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
                        ? changed(t, t.run().plus(more), t.after(), t.due(), t.weight())
                        : t)
                .toList();

        LabPlan plan = replanned(with(before.benches(), tests, late));

        assertThat(of(plan, running.test()).end()).isEqualTo(running.end().plus(more));
        assertThat(plan.moved()).isBetween(1, (int) behind(running) + 8);
    }

    @Test
    void anUrgentTestIsOnTimeAndMovesFew() {
        List<LabTest> tests = new ArrayList<>(before.tests());
        LabTest urgent = LabWeek.test("urgent", 8 * 60, 25.0);
        Instant due = NOW.plus(Duration.ofHours(24));
        tests.add(changed(urgent, urgent.run(), List.of(), due, 100));

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
