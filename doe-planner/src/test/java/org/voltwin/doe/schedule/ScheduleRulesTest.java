package org.voltwin.doe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voltwin.doe.schedule.Lab.MONDAY_8;
import static org.voltwin.doe.schedule.Lab.berlin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;

/** The validator finds each fault in a plan made by hand. */
class ScheduleRulesTest {
    private static final Bench BENCH = Lab.physical("p", 1);
    private static final Duration RUN = Duration.ofHours(1);

    @Test
    void acceptsAPlanThatIsRight() {
        assertThat(broken(at(MONDAY_8), MONDAY_8)).isEmpty();
    }

    @Test
    void findsTimesThatAreWrong() {
        assertThat(broken(at(MONDAY_8.minusSeconds(1)), MONDAY_8.minusSeconds(1)))
                .contains("task t starts in the past", "task t is set up without staff");
        Instant late = berlin("2026-11-23T16:45:01");
        assertThat(broken(at(late), late))
                .containsExactly("task t is set up without staff", "task t is torn down without staff");
        Assignment right = at(MONDAY_8);
        Assignment tooShort = new Assignment(
                "t",
                BENCH.twin(),
                1,
                right.setUpStart(),
                right.start(),
                right.end().minusSeconds(1),
                right.tearDownEnd(),
                "");
        assertThat(broken(tooShort, MONDAY_8)).containsExactly("task t has the wrong duration");
    }

    @Test
    void findsPlacesThatAreWrong() {
        Assignment a = at(MONDAY_8);
        assertThat(broken(elsewhere(a, BENCH.twin(), 2), MONDAY_8)).containsExactly("task t has no such channel");
        assertThat(broken(elsewhere(a, TwinId.of("org.voltwin:bench-x"), 1), MONDAY_8))
                .containsExactly("task t is on org.voltwin:bench-x, which is not in the problem");
    }

    @Test
    void findsOverlapsWithBookings() {
        ScheduleProblem problem = Lab.problem(
                List.of(BENCH),
                List.of(Lab.task("t", null, RUN, null)),
                Lab.booking(BENCH, 1, MONDAY_8, MONDAY_8.plusSeconds(1)));
        Assignment a = at(MONDAY_8);
        assertThat(ScheduleRules.broken(problem, schedule(a, MONDAY_8))).containsExactly("tasks t and booked overlap");
    }

    @Test
    void findsMissingTasksAndAWrongMakespan() {
        ScheduleProblem problem = Lab.problem(List.of(BENCH), Lab.tasks(1, BenchKind.PHYSICAL, RUN));
        assertThat(ScheduleRules.broken(problem, new Schedule(List.of(), Duration.ZERO, Duration.ZERO, false)))
                .containsExactly("task t1 has 0 places");
        assertThat(broken(at(MONDAY_8), MONDAY_8.plusSeconds(1))).containsExactly("nothing ends at the makespan");
    }

    private static List<String> broken(Assignment assignment, Instant makespanOfSetUpAt) {
        return ScheduleRules.broken(
                Lab.problem(List.of(BENCH), List.of(Lab.task("t", null, RUN, null))),
                schedule(assignment, makespanOfSetUpAt));
    }

    private static Schedule schedule(Assignment assignment, Instant setUpAt) {
        Duration makespan = Duration.between(MONDAY_8, at(setUpAt).tearDownEnd());
        return new Schedule(List.of(assignment), makespan, Duration.ZERO, false);
    }

    private static Assignment at(Instant setUpStart) {
        Instant start = setUpStart.plus(BENCH.setUp());
        Instant end = start.plus(RUN);
        return new Assignment("t", BENCH.twin(), 1, setUpStart, start, end, end.plus(BENCH.tearDown()), "");
    }

    private static Assignment elsewhere(Assignment a, TwinId bench, int channel) {
        return new Assignment(a.task(), bench, channel, a.setUpStart(), a.start(), a.end(), a.tearDownEnd(), a.why());
    }
}
