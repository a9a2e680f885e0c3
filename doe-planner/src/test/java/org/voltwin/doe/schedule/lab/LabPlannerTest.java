package org.voltwin.doe.schedule.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.lab.LabProblem.Technician;
import org.voltwin.doe.schedule.validate.LabRules;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.lab.WorkingHours;

class LabPlannerTest {
    /** No time to search in: what is ready before any search. */
    private static final Duration NO_EFFORT = Duration.ofNanos(1);

    private static LabPlan plan(LabProblem problem, int seconds) {
        return LabWeek.plan(problem, Duration.ofSeconds(seconds));
    }

    private static LabTest physical(String id, int minutes, double celsius) {
        return ChangedTest.of(LabWeek.test(id, minutes, celsius)).minFidelity(1).test();
    }

    private static LabProblem problem(LabTest... tests) {
        return LabWeek.problem(List.of(tests), List.of(), LabWeek.MONDAY);
    }

    @Test
    void setsUpWhenTheShiftBeginsAndRunsOverNight() {
        LabAssignment a =
                plan(problem(physical("long", 24 * 60, 25)), 1).assignments().getFirst();

        // Monday 06:00 UTC is 07:00 in Berlin, one hour into the early shift.
        assertThat(a.setUpStart()).isEqualTo(LabWeek.MONDAY);
        assertThat(a.start()).isEqualTo(LabWeek.MONDAY.plus(Duration.ofMinutes(30)));
        assertThat(a.end()).isEqualTo(a.start().plus(Duration.ofHours(24)));
        assertThat(a.why()).contains("not earlier: it starts as soon as the plan may");
    }

    @Test
    void waitsForTheChamberAndSaysSo() {
        // 25 to 0 degC at 30 degrees per hour takes 50 minutes.
        LabAssignment a =
                plan(problem(physical("cold", 60, 0)), 1).assignments().getFirst();

        assertThat(a.start()).isEqualTo(LabWeek.MONDAY.plus(Duration.ofMinutes(50)));
        // The chamber is cold when the run starts, not when the set-up does; told on the laboratory's clock.
        assertThat(a.why()).contains("until Mon 2 Mar 07:50 its chamber is not at 0.0 degC yet");
    }

    @Test
    void nobodyThereAndEverythingClosedAreToldApart() {
        LabProblem week = problem(physical("t", 60, 25));
        LabProblem.Closure years =
                new LabProblem.Closure(LabWeek.MONDAY, LabWeek.MONDAY.plus(Duration.ofDays(5000)), "repair");

        assertThat(refusal(with(week, week.benches(), List.of())))
                .isEqualTo("Nobody can set up test 't': there are no technicians.");
        assertThat(refusal(with(
                        week,
                        week.benches(),
                        week.technicians().stream()
                                .map(t -> new Technician(t.id(), t.shifts(), List.of(years)))
                                .toList())))
                .startsWith("Nobody can set up test 't': no technician is there on any of the ");
        assertThat(refusal(with(
                        week,
                        week.benches().stream()
                                .map(b -> new LabProblem.LabBench(
                                        b.id(),
                                        b.kind(),
                                        b.levels(),
                                        b.capabilities(),
                                        b.maxCurrentAmperes(),
                                        b.channels(),
                                        b.chamber(),
                                        b.speed(),
                                        b.fidelity(),
                                        List.of(years)))
                                .toList(),
                        week.technicians())))
                .startsWith("Every bench or chamber that suits test 't' is closed for the ")
                .contains("bench-1");
    }

    private static String refusal(LabProblem problem) {
        return switch (LabPlanner.plan(problem, new SearchLimits(NO_EFFORT, 1, 1), false, event -> {})) {
            case Outcome.Ok<LabPlan> ok -> "planned: " + ok.value().assignments();
            case Outcome.Refused<LabPlan> refused -> refused.failure().cause();
        };
    }

    private static LabProblem with(
            LabProblem problem, List<LabProblem.LabBench> benches, List<Technician> technicians) {
        return new LabProblem(
                problem.now(),
                problem.zone(),
                benches,
                problem.chambers(),
                technicians,
                problem.holidays(),
                problem.powerLimitWatts(),
                problem.tests(),
                problem.plan());
    }

    @Test
    void takesAVirtualBenchWhereFidelityAllows() {
        LabAssignment a =
                plan(problem(LabWeek.test("quick", 600, 0.0)), 1).assignments().getFirst();

        assertThat(a.bench()).startsWith("virtual");
        assertThat(a.setUpBy()).isNull();
        assertThat(Duration.between(a.start(), a.end())).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void keepsAWholePlotInOneSoak() {
        List<LabTest> tests = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            tests.add(ChangedTest.of(physical("plot-" + i, 120, 45))
                    .wholePlot("whole plot A")
                    .test());
            tests.add(physical("cold-" + i, 300, 0));
        }
        LabProblem problem = LabWeek.problem(tests, List.of(), LabWeek.MONDAY);

        LabPlan plan = plan(problem, 1);

        assertThat(LabRules.broken(problem, plan.assignments())).isEmpty();
        assertThat(plan.assignments().stream()
                        .filter(a -> a.test().startsWith("plot"))
                        .map(LabAssignment::bench)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void planTwoHundredTestsOfAWeek() {
        LabProblem problem = LabWeek.random(200, 1);

        LabPlan plan = plan(problem, 4);

        assertThat(plan.assignments()).hasSize(200);
        assertThat(plan.lowerBound()).isLessThanOrEqualTo(plan.makespan());
        assertThat(plan.gap()).isBetween(0.0, 0.5);
    }

    @Test
    void aPlanIsThereBeforeAnySearch() {
        LabProblem problem = LabWeek.random(200, 1);

        LabPlan plan = LabWeek.plan(problem, NO_EFFORT);

        assertThat(LabRules.broken(problem, plan.assignments())).isEmpty();
    }

    @Test
    void givesTheSamePlanForTheSameSeed() {
        LabProblem problem = LabWeek.random(12, 3);

        LabPlan one = plan(problem, 60);
        LabPlan other = plan(problem, 60);

        // The searches end by their counts, not by the clock, however busy the machine is.
        assertThat(one.ranOut()).isFalse();
        assertThat(other.ranOut()).isFalse();
        assertThat(one.assignments()).isEqualTo(other.assignments());
    }

    @Test
    void namesTheSmallestContradiction() {
        // 80 A is there and so is a module's bench, but a physical bench takes cells only.
        LabTest test = ChangedTest.of(LabWeek.test("odd", 60, null))
                .minFidelity(0.9)
                .amperes(500)
                .test();

        assertThatThrownBy(() -> plan(problem(test), 1))
                .hasMessageContaining("No bench can do test 'odd'")
                .hasMessageContaining("carries 500.0 A and has a fidelity of at least 0.9");
    }

    @Test
    void namesACycle() {
        LabTest a =
                ChangedTest.of(LabWeek.test("a", 60, null)).after(List.of("b")).test();
        LabTest b =
                ChangedTest.of(LabWeek.test("b", 60, null)).after(List.of("a")).test();

        assertThatThrownBy(() -> plan(problem(a, b), 1)).hasMessageContaining("cycle: b after a after b");
    }

    @Test
    void namesCalendarsWithoutHoursAndInTwoZones() {
        LabProblem good = problem(LabWeek.test("a", 60, null));
        WorkingHours none = new WorkingHours(LabWeek.ZONE, Map.of());
        WorkingHours utc =
                new WorkingHours(ZoneId.of("UTC"), LabWeek.shift(6, 14, 5).week());

        assertThatThrownBy(() -> plan(staff(good, none), 1)).hasMessageContaining("technician 'Eve' has no hours");
        assertThatThrownBy(() -> plan(staff(good, utc), 1)).hasMessageContaining("'Eve' are in UTC");
    }

    @Test
    void namesWorkLongerThanAnyShift() {
        LabTest t = physical("a", 60, 25);
        LabTest slow = ChangedTest.of(t).setUp(Duration.ofMinutes(61)).test();
        WorkingHours oneHour = LabWeek.shift(10, 11, 5);

        assertThat(plan(staff(problem(t), oneHour), 1).assignments()).hasSize(1);
        assertThatThrownBy(() -> plan(staff(problem(slow), oneHour), 1))
                .hasMessageContaining("'a' needs 61 minutes of a technician in one go; the longest shift has 60");
    }

    private static LabProblem staff(LabProblem p, WorkingHours hours) {
        return new LabProblem(
                p.now(),
                p.zone(),
                p.benches(),
                p.chambers(),
                List.of(new Technician("Eve", hours, List.of())),
                List.of(),
                null,
                p.tests(),
                List.of());
    }

    @Test
    void theValidatorSeesOverlapsAndStrangeHours() {
        LabProblem problem = problem(physical("a", 60, 25), physical("b", 60, 25));
        LabPlan plan = plan(problem, 1);
        LabAssignment a = plan.assignments().get(0);
        LabAssignment b = plan.assignments().get(1);
        LabAssignment same = new LabAssignment(
                b.test(),
                a.bench(),
                a.channel(),
                a.setUpBy(),
                a.tearDownBy(),
                a.setUpStart(),
                a.setUpEnd(),
                a.start(),
                a.end(),
                a.tearDownStart(),
                a.tearDownEnd(),
                "");

        assertThat(LabRules.broken(problem, List.of(a, same)))
                .contains("a and b overlap on a channel", "a and b need the same technician at once");
        assertThat(LabRules.broken(problem, List.of(a))).contains("a test has no place");
    }
}
