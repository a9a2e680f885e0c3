package org.voltwin.doe.laboratory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.ClimateChamber;
import org.voltwin.model.lab.Closure;
import org.voltwin.model.lab.LabCalendar;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.WorkingHours;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.MovableTask;
import org.voltwin.model.schedule.PlannedSoak;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;
import org.voltwin.model.schedule.Soak;

class LaboratoryPlannerTest {
    /** A Monday. */
    private static final Instant MONDAY_8 = Instant.parse("2026-03-02T08:00:00Z");

    private static final Duration HOUR = Duration.ofHours(1);
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final List<Bench> benches = new ArrayList<>();
    private final List<ClimateChamber> chambers = new ArrayList<>();
    private final List<Assignment> fixed = new ArrayList<>();
    private final List<MovableTask> movable = new ArrayList<>();
    private LabCalendar calendar = LabCalendar.none();

    private static WorkingHours days(int from, int to) {
        List<WorkingHours.Hours> day = List.of(new WorkingHours.Hours(LocalTime.of(from, 0), LocalTime.of(to, 0)));
        return new WorkingHours(UTC, Map.of(DayOfWeek.MONDAY, day, DayOfWeek.TUESDAY, day, DayOfWeek.WEDNESDAY, day));
    }

    private Bench bench(String name, BenchKind kind, WorkingHours hours, boolean inService) {
        Bench bench = new Bench(
                TwinId.of("org.voltwin:bench-" + name),
                name,
                kind,
                Set.of(Level.CELL),
                Set.of("electrical"),
                20,
                1,
                Duration.ofMinutes(30),
                Duration.ofMinutes(15),
                hours,
                kind == BenchKind.VIRTUAL ? 600 : 1,
                inService);
        benches.add(bench);
        return bench;
    }

    private Bench physical(String name) {
        return bench(name, BenchKind.PHYSICAL, WorkingHours.always(), true);
    }

    private void chamber(double present, Bench... inside) {
        chambers.add(new ClimateChamber(
                TwinId.of("org.voltwin:chamber-1"),
                "Chamber",
                java.util.Arrays.stream(inside).map(Bench::twin).collect(java.util.stream.Collectors.toSet()),
                -20,
                60,
                present,
                30));
    }

    private static ScheduleTask task(String id, Duration run, @Nullable Instant due, Soak... soaks) {
        return new ScheduleTask(
                id,
                Level.CELL,
                BenchKind.PHYSICAL,
                Set.of("electrical"),
                5,
                run,
                MONDAY_8,
                null,
                due,
                null,
                List.of(soaks));
    }

    private static Soak soak(int plot, double celsius) {
        return new Soak(plot, celsius, 2 * plot - 1, 2 * plot, HOUR);
    }

    private Outcome<Schedule> plan(Instant now, ScheduleTask... tasks) {
        return new LaboratoryPlanner()
                .schedule(new ScheduleProblem(
                        now, benches, fixed, List.of(tasks), Duration.ofMillis(200), 1, chambers, calendar, movable));
    }

    private Assignment place(ScheduleTask task) {
        return plan(MONDAY_8, task).orThrow().assignments().getFirst();
    }

    private static Failure failure(Outcome<Schedule> outcome) {
        return ((Outcome.Refused<Schedule>) outcome).failure();
    }

    @Test
    void aShortSimulationStartsAtOnceAndTakesSeconds() {
        bench("sim", BenchKind.VIRTUAL, WorkingHours.always(), true);
        ScheduleTask task = new ScheduleTask(
                "t", Level.CELL, BenchKind.VIRTUAL, Set.of("electrical"), 5, HOUR.multipliedBy(2), MONDAY_8, MONDAY_8);

        Assignment place = place(task);

        assertThat(place.setUpStart()).isEqualTo(MONDAY_8);
        assertThat(place.tearDownEnd()).isEqualTo(MONDAY_8.plusSeconds(12));
    }

    @ParameterizedTest
    @ValueSource(longs = {300, 20_500, 60_000, 127_450})
    void aTestBeginsAtItsPreferredTimeAlsoBetweenTwoMinutes(long millisFromNow) {
        bench("sim", BenchKind.VIRTUAL, WorkingHours.always(), true);
        bench("shaker", BenchKind.PHYSICAL, WorkingHours.always(), true);
        Instant preferred = MONDAY_8.plusMillis(millisFromNow);
        Instant bySetUp = preferred.plusSeconds(3600);
        ScheduleTask virtual = new ScheduleTask(
                "t", Level.CELL, BenchKind.VIRTUAL, Set.of("electrical"), 5, HOUR.multipliedBy(2), MONDAY_8, preferred);
        ScheduleTask physical =
                new ScheduleTask("t", Level.CELL, BenchKind.PHYSICAL, Set.of("electrical"), 5, HOUR, MONDAY_8, bySetUp);

        assertThat(place(virtual).start()).isEqualTo(preferred);
        assertThat(place(physical).start()).isEqualTo(bySetUp);
    }

    @Test
    void wholePlotsAreSoaksWithTheChambersWayBetweenThem() {
        chamber(25, physical("a"));

        Assignment place = place(task("t", HOUR.multipliedBy(2), null, soak(1, 10), soak(2, 40)));

        // From 25 to 10 degC takes half an hour, which is also the set-up's; from 10 to 40 one hour, and one back.
        Instant start = MONDAY_8.plus(Duration.ofMinutes(30));
        assertThat(place.soaks().stream().map(PlannedSoak::start))
                .containsExactly(start, start.plus(HOUR.multipliedBy(2)));
        assertThat(place.soaks().getLast().end()).isEqualTo(start.plus(HOUR.multipliedBy(3)));
        assertThat(place.end()).isEqualTo(start.plus(HOUR.multipliedBy(4)));
        assertThat(place.soaks().getLast().firstRun()).isEqualTo(3);
    }

    @Test
    void aChamberIsSharedAtOneTemperatureOnly() {
        chamber(10, physical("a"), physical("b"));

        List<Assignment> same = plan(MONDAY_8, task("s", HOUR, null, soak(1, 10)), task("t", HOUR, null, soak(1, 10)))
                .orThrow()
                .assignments();
        List<Assignment> profile = plan(
                        MONDAY_8,
                        task("s", HOUR.multipliedBy(2), null, soak(1, 10), soak(2, 40)),
                        task("t", HOUR, null, soak(1, 10)))
                .orThrow()
                .assignments();

        assertThat(same.get(0).end()).isAfter(same.get(1).start());
        assertThat(profile.get(1).start()).isAfterOrEqualTo(profile.get(0).end());
    }

    @Test
    void whatIsSetUpButHasNotStartedKeepsItsTimes() {
        Bench only = physical("a");
        Duration minute = Duration.ofMinutes(1);
        fixed.add(new Assignment(
                "soon",
                only.twin(),
                1,
                MONDAY_8.minus(minute.multipliedBy(10)),
                MONDAY_8.plus(minute.multipliedBy(20)),
                MONDAY_8.plus(minute.multipliedBy(80)),
                MONDAY_8.plus(minute.multipliedBy(95)),
                "promised"));

        assertThat(place(task("next", HOUR, null)).setUpStart()).isEqualTo(MONDAY_8.plus(minute.multipliedBy(95)));
    }

    @Test
    void aTemperatureThatNoChamberReachesIsNamed() {
        chamber(25, physical("a"));

        Failure failure = failure(plan(MONDAY_8, task("t", HOUR, null, soak(1, 10), soak(2, 85))));

        assertThat(failure.code()).isEqualTo("schedule.no_bench");
        assertThat(failure.cause()).contains("soaks from 10 to 85 degC");
    }

    @Test
    void staffHolidaysAndCalibrationDecideWhen() {
        Bench bench = physical("a");
        Instant tuesday = MONDAY_8.plus(Duration.ofDays(1));
        calendar = new LabCalendar(
                UTC,
                List.of(new LabCalendar.Technician("Ada", days(9, 17), List.of())),
                List.of(LocalDate.parse("2026-03-02")),
                Map.of(
                        bench.twin().value(),
                        List.of(new Closure(tuesday, tuesday.plus(HOUR.multipliedBy(4)), "calibration"))),
                null);

        Assignment place = place(task("t", HOUR, null));

        assertThat(place.setUpBy()).isEqualTo("Ada");
        assertThat(place.setUpStart()).isEqualTo(tuesday.plus(HOUR.multipliedBy(4)));
        assertThat(place.why()).contains("no technician is on shift", "its bench is closed");
    }

    @Test
    void withoutStaffTheHoursThatBenchesShareCount() {
        bench("a", BenchKind.PHYSICAL, days(6, 12), true);
        bench("b", BenchKind.PHYSICAL, days(10, 18), true);

        assertThat(place(task("t", HOUR, null)).setUpStart()).isEqualTo(MONDAY_8.plus(HOUR.multipliedBy(2)));

        benches.clear();
        bench("a", BenchKind.PHYSICAL, days(6, 12), true);
        bench("b", BenchKind.PHYSICAL, days(12, 18), true);
        assertThat(failure(plan(MONDAY_8, task("t", HOUR, null))).remedy()).contains("laboratory.technicians");
    }

    /** Plans the tasks, and takes them as the plan in force. */
    private List<Assignment> inForce(ScheduleTask... tasks) {
        List<Assignment> places = plan(MONDAY_8, tasks).orThrow().assignments();
        for (ScheduleTask task : tasks) {
            places.stream()
                    .filter(place -> place.task().equals(task.id()))
                    .forEach(place -> movable.add(new MovableTask(task, place)));
        }
        return places;
    }

    @Test
    void aBrokenBenchMovesItsTestsAndNoOther() {
        Bench a = physical("a");
        physical("b");
        List<Assignment> before =
                inForce(task("r", HOUR, null), task("s", HOUR, null), task("t", HOUR, null), task("u", HOUR, null));
        String lost = before.stream()
                .filter(place -> place.bench().equals(a.twin()))
                .map(Assignment::task)
                .toList()
                .getLast();
        movable.removeIf(m -> m.place().setUpStart().equals(MONDAY_8));
        benches.remove(a);

        Schedule schedule = plan(MONDAY_8).orThrow();

        assertThat(schedule.moved()).containsExactly(lost);
        assertThat(schedule.assignments().getFirst().bench().name()).isEqualTo("bench-b");
    }

    @Test
    void anUrgentTestGoesFirstAndWhatRunsStays() {
        physical("a");
        List<Assignment> before = inForce(task("r", HOUR, null), task("s", HOUR, null));
        movable.removeIf(m -> m.task().id().equals(before.getFirst().task()));
        fixed.add(before.getFirst());
        Instant now = MONDAY_8.plusSeconds(300);

        Schedule schedule = plan(now, task("urgent", HOUR, now)).orThrow();

        assertThat(schedule.moved()).containsExactly(before.getLast().task());
        assertThat(schedule.assignments().stream().map(Assignment::task))
                .containsExactly("urgent", before.getLast().task());
        assertThat(schedule.assignments().getFirst().setUpStart())
                .isAfterOrEqualTo(before.getFirst().tearDownEnd())
                .isBefore(before.getLast().start().plus(Duration.ofMinutes(2)));
    }

    @Test
    void anOrdinaryTestMovesNothing() {
        physical("a");
        List<Assignment> before = inForce(task("r", HOUR, null), task("s", HOUR, null));

        Schedule schedule = plan(MONDAY_8, task("t", HOUR, null)).orThrow();

        assertThat(schedule.moved()).isEmpty();
        assertThat(schedule.assignments())
                .singleElement()
                .satisfies(place -> assertThat(place.setUpStart())
                        .isAfterOrEqualTo(before.getLast().tearDownEnd()));
        assertThat(schedule.gap()).isBetween(0.0, 1.0);
        assertThat(schedule.boundFrom()).isNotBlank();
    }

    @Test
    void aTestThatNothingCanDoAnyMoreKeepsItsPlace() {
        Bench a = physical("a");
        inForce(task("r", HOUR, null));
        benches.remove(a);
        physical("c");
        benches.set(0, bench("virtual", BenchKind.VIRTUAL, WorkingHours.always(), true));
        benches.removeLast();

        assertThat(plan(MONDAY_8.minusSeconds(600)).orThrow().assignments()).isEmpty();
    }
}
