package org.voltwin.doe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voltwin.doe.schedule.Lab.MONDAY_8;
import static org.voltwin.doe.schedule.Lab.berlin;
import static org.voltwin.doe.schedule.Lab.booking;
import static org.voltwin.doe.schedule.Lab.physical;
import static org.voltwin.doe.schedule.Lab.problem;
import static org.voltwin.doe.schedule.Lab.task;
import static org.voltwin.doe.schedule.Lab.tasks;
import static org.voltwin.doe.schedule.Lab.virtual;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.WorkingHours;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;

class BenchPlannerTest {
    private final BenchPlanner planner = new BenchPlanner();

    @Test
    void oneTaskGetsItsPreferredDateInWellUnderASecond() {
        planner.schedule(
                problem(List.of(virtual("warm")), List.of(task("w", BenchKind.VIRTUAL, Duration.ofHours(8), null))));
        Instant preferred = MONDAY_8.plus(Duration.ofHours(2));
        ScheduleTask task = task("one", BenchKind.VIRTUAL, Duration.ofHours(8), preferred);
        List<Bench> benches = List.of(virtual("virtual-01"), virtual("virtual-02"), physical("physical-01", 1));

        long before = System.nanoTime();
        Assignment place = only(problem(benches, List.of(task)));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(place.bench().value()).isEqualTo("org.voltwin:bench-virtual-01");
        assertThat(place.start()).isEqualTo(preferred);
        assertThat(place.end()).isEqualTo(preferred.plusSeconds(8 * 3600 / 600));
        assertThat(place.why()).contains("one of 2 benches", "preferred date");
    }

    @Test
    void aPreferredDateInThePastMeansNow() {
        ScheduleTask task = task("one", BenchKind.VIRTUAL, Duration.ofHours(1), MONDAY_8.minusSeconds(600));
        Assignment place = only(problem(List.of(virtual("v")), List.of(task)));
        assertThat(place.start()).isEqualTo(MONDAY_8);
        assertThat(place.why()).contains("10 min after the preferred date");
    }

    @Test
    void setUpWaitsForStaffAndTheRunGoesOverNight() {
        ScheduleTask task = task("night", BenchKind.PHYSICAL, Duration.ofHours(10), berlin("2026-11-23T16:50"));
        Bench bench = physical("p", 1);
        Assignment place =
                only(problem(List.of(bench), List.of(task), booking(bench, 1, MONDAY_8, berlin("2026-11-23T16:40"))));
        assertThat(place.setUpStart()).isEqualTo(berlin("2026-11-23T16:40"));
        assertThat(place.start()).isEqualTo(berlin("2026-11-23T16:55"));
        assertThat(place.end()).isEqualTo(berlin("2026-11-24T02:55"));
        assertThat(place.tearDownEnd()).isEqualTo(berlin("2026-11-24T08:10"));
        assertThat(place.why()).contains("taken by booked");
    }

    @Test
    void setUpMayEndExactlyWithTheWorkingHoursButNotLater() {
        ScheduleTask exact = task("exact", BenchKind.PHYSICAL, Duration.ofHours(1), berlin("2026-11-23T17:00"));
        assertThat(only(problem(List.of(physical("p", 1)), List.of(exact))).start())
                .isEqualTo(berlin("2026-11-23T17:00"));
        ScheduleTask late = task("late", BenchKind.PHYSICAL, Duration.ofHours(1), berlin("2026-11-24T04:00"));
        Assignment place = only(problem(List.of(physical("p", 1)), List.of(late)));
        assertThat(place.start()).isEqualTo(berlin("2026-11-24T08:15"));
        assertThat(place.why()).contains("staff are there to set up (15 min) only from Tue 2026-11-24 08:00");
    }

    @Test
    void aStartBeforeThePreferredDateIsTakenWhenItIsNearer() {
        Bench bench = virtual("v");
        Instant preferred = MONDAY_8.plus(Duration.ofHours(4));
        ScheduleTask task = task("early", BenchKind.VIRTUAL, Duration.ofHours(600), preferred);
        Assignment place = only(problem(
                List.of(bench),
                List.of(task),
                booking(bench, 1, preferred.minusSeconds(600), preferred.plus(Duration.ofHours(9)))));
        assertThat(place.tearDownEnd()).isEqualTo(preferred.minusSeconds(600));
        assertThat(place.why()).contains("1 h 10 min before the preferred date", "taken by booked");
    }

    @Test
    void tasksSpreadOverChannelsAndTheMakespanIsProved() {
        Schedule schedule = plan(problem(
                List.of(physical("a", 2), physical("b", 1)), tasks(3, BenchKind.PHYSICAL, Duration.ofHours(2))));
        assertThat(schedule.assignments())
                .extracting(a -> a.bench() + "#" + a.channel())
                .doesNotHaveDuplicates();
        assertThat(schedule.makespan()).isEqualTo(Duration.ofMinutes(15 + 120 + 10));
        assertThat(schedule.optimal()).isTrue();
    }

    /** Makespan of two machines with jobs 3, 3, 2, 2, 2 is 6: Graham's example of where longest-first gives 7. */
    @Test
    void findsTheShortestPlanWhereLongestFirstDoesNot() {
        List<ScheduleTask> tasks = new ArrayList<>();
        int number = 0;
        for (int hours : new int[] {3, 3, 2, 2, 2}) {
            tasks.add(task("t" + number++, BenchKind.VIRTUAL, Duration.ofHours(hours * 600L), null));
        }
        Schedule schedule = plan(problem(List.of(virtual("a"), virtual("b")), tasks));
        assertThat(schedule.makespan()).isEqualTo(Duration.ofHours(6));
        assertThat(schedule.optimal()).isTrue();
    }

    @Test
    void theSameSeedGivesTheSamePlan() {
        ScheduleProblem problem = week(12);
        assertThat(plan(problem)).isEqualTo(plan(problem));
    }

    @Test
    void aWeekKeepsAllRules() {
        Schedule schedule = plan(week(30));
        assertThat(schedule.assignments()).hasSize(30);
        assertThat(ScheduleRules.broken(week(30), schedule)).isEmpty();
    }

    @Test
    void refusesATaskNoBenchCanDoAndSaysWhatEachLacks() {
        ScheduleTask task = new ScheduleTask(
                "crush",
                Level.PACK,
                BenchKind.PHYSICAL,
                Set.of("electrical", "abuse"),
                50,
                Duration.ofHours(1),
                MONDAY_8,
                null);
        Failure failure = refusal(problem(List.of(physical("p", 1), virtual("v")), List.of(task)));
        assertThat(failure.code()).isEqualTo("schedule.no_bench");
        assertThat(failure.cause())
                .contains("task crush", "p takes cell and not pack", "cannot do abuse", "at most 10.0 A of 50.0 A")
                .contains("v is virtual");
        assertThat(refusal(problem(List.of(), List.of(task))).cause()).contains("no benches");
    }

    @Test
    void refusesHoursTooShortForTheWork() {
        Bench closed = withHours(physical("p", 1), new WorkingHours(Lab.OFFICE.zone(), Map.of()));
        Failure failure = refusal(problem(List.of(closed), tasks(1, BenchKind.PHYSICAL, Duration.ofHours(1))));
        assertThat(failure.code()).isEqualTo("schedule.no_hours");
        assertThat(failure.cause()).contains("p (set-up 15 min");
    }

    @Test
    void refusesNothingAndTwice() {
        Bench bench = virtual("v");
        assertThat(refusal(problem(List.of(bench), List.of())).code()).isEqualTo("schedule.empty");
        ScheduleTask task = task("booked", null, Duration.ofHours(1), null);
        assertThat(refusal(problem(List.of(bench), List.of(task, task))).code()).isEqualTo("schedule.duplicate_task");
        assertThat(refusal(problem(
                                List.of(bench), List.of(task), booking(bench, 1, MONDAY_8, MONDAY_8.plusSeconds(60))))
                        .code())
                .isEqualTo("schedule.duplicate_task");
    }

    @Test
    void problemsAndPlansAreJson() {
        ScheduleProblem problem = week(3);
        assertThat(Json.read(Json.bytes(problem), ScheduleProblem.class)).isEqualTo(Outcome.ok(problem));
        Schedule plan = plan(problem);
        assertThat(Json.read(Json.bytes(plan), Schedule.class)).isEqualTo(Outcome.ok(plan));
    }

    private static ScheduleProblem week(int count) {
        Random random = new Random(11);
        Bench first = physical("p1", 3);
        List<Bench> benches = List.of(first, physical("p2", 2), virtual("v1"), virtual("v2"));
        List<ScheduleTask> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant preferred =
                    random.nextBoolean() ? MONDAY_8.plus(Duration.ofMinutes(random.nextInt(5 * 24 * 60))) : null;
            BenchKind kind = random.nextInt(3) == 0 ? null : BenchKind.PHYSICAL;
            tasks.add(task("t" + i, kind, Duration.ofMinutes(60 + random.nextInt(1200)), preferred));
        }
        return problem(
                benches, tasks, booking(first, 2, MONDAY_8.plusSeconds(7200), MONDAY_8.plus(Duration.ofHours(30))));
    }

    private static Bench withHours(Bench b, WorkingHours hours) {
        return new Bench(
                b.twin(),
                b.name(),
                b.kind(),
                b.levels(),
                b.capabilities(),
                b.maxCurrentAmperes(),
                b.channels(),
                b.setUp(),
                b.tearDown(),
                hours,
                b.speed(),
                b.inService());
    }

    private Schedule plan(ScheduleProblem problem) {
        return planner.schedule(problem).orThrow();
    }

    private Assignment only(ScheduleProblem problem) {
        return plan(problem).assignments().getFirst();
    }

    private Failure refusal(ScheduleProblem problem) {
        return ((Outcome.Refused<Schedule>) planner.schedule(problem)).failure();
    }
}
