package org.voltwin.doe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voltwin.doe.schedule.Lab.MONDAY_8;
import static org.voltwin.doe.schedule.Lab.berlin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;
import org.optaplanner.core.api.score.constraint.ConstraintMatchTotal;
import org.optaplanner.core.api.solver.SolutionManager;
import org.optaplanner.core.api.solver.SolutionUpdatePolicy;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Level;
import org.voltwin.model.schedule.ScheduleTask;

/** Each constraint alone, below, at and above its boundary. */
class PlanConstraintsTest {
    private static final SolutionManager<BenchPlan, BendableLongScore> SCORES =
            SolutionManager.create(Search.scoring());
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NINE = berlin("2026-11-23T09:00");

    private Bench bench = Lab.physical("p", 2);

    @Test
    void benchInService() {
        assertThat(broken("bench in service", on(task(), NINE))).isZero();
        bench = change(bench, 10, Set.of(Level.CELL), false);
        assertThat(broken("bench in service", on(task(), NINE))).isOne();
    }

    @Test
    void benchTakesLevel() {
        assertThat(broken("bench takes level", on(task(), NINE))).isZero();
        bench = change(bench, 10, Set.of(Level.MODULE, Level.PACK), true);
        assertThat(broken("bench takes level", on(task(), NINE))).isOne();
    }

    @Test
    void benchOfWantedKind() {
        assertThat(broken("bench of wanted kind", on(task(BenchKind.PHYSICAL, Set.of(), 5), NINE)))
                .isZero();
        assertThat(broken("bench of wanted kind", on(task(null, Set.of(), 5), NINE)))
                .isZero();
        assertThat(broken("bench of wanted kind", on(task(BenchKind.VIRTUAL, Set.of(), 5), NINE)))
                .isOne();
    }

    @Test
    void benchHasCapabilities() {
        assertThat(broken("bench has capabilities", on(task(null, Set.of(), 5), NINE)))
                .isZero();
        assertThat(broken("bench has capabilities", on(task(null, Set.of("electrical", "thermal"), 5), NINE)))
                .isZero();
        assertThat(broken("bench has capabilities", on(task(null, Set.of("electrical", "abuse"), 5), NINE)))
                .isOne();
    }

    @Test
    void benchCarriesCurrent() {
        assertThat(broken("bench carries current", on(task(null, Set.of(), 9.99), NINE)))
                .isZero();
        assertThat(broken("bench carries current", on(task(null, Set.of(), 10), NINE)))
                .isZero();
        assertThat(broken("bench carries current", on(task(null, Set.of(), 10.01), NINE)))
                .isOne();
    }

    @Test
    void hasPlace() {
        PlannedTask task = on(task(), NINE);
        assertThat(broken("has place", task)).isZero();
        task.placement(null);
        assertThat(broken("has place", task)).isOne();
    }

    @Test
    void notBeforeEarliest() {
        assertThat(broken("not before earliest", on(task(), MONDAY_8.plusMillis(1))))
                .isZero();
        assertThat(broken("not before earliest", on(task(), MONDAY_8))).isZero();
        assertThat(broken("not before earliest", on(task(), MONDAY_8.minusMillis(1))))
                .isOne();
    }

    @Test
    void oneTestPerChannel() {
        PlannedTask first = on(task(), NINE);
        Instant free = first.when().tearDownEnd();
        String rule = "one test per channel";
        assertThat(broken(rule, first, on(task("b"), free.plusMillis(1), first.where())))
                .isZero();
        assertThat(broken(rule, first, on(task("b"), free, first.where()))).isZero();
        assertThat(broken(rule, first, on(task("b"), free.minusMillis(1), first.where())))
                .isOne();
        ChannelOrder other = new ChannelOrder(bench, 2, new WorkCalendar(bench.workingHours()), MONDAY_8, List.of());
        assertThat(broken(rule, first, on(task("b"), NINE, other))).isZero();
    }

    @Test
    void bookingsStay() {
        Span booking = new Span("booked", NINE, NINE.plus(HOUR));
        assertThat(broken("bookings stay", on(task(), booking.to().plusMillis(1), channel(booking))))
                .isZero();
        assertThat(broken("bookings stay", on(task(), booking.to(), channel(booking))))
                .isZero();
        assertThat(broken("bookings stay", on(task(), booking.to().minusMillis(1), channel(booking))))
                .isOne();
    }

    @Test
    void setUpInWorkingHours() {
        assertThat(broken("set-up in working hours", on(task(), berlin("2026-11-23T16:44:59"))))
                .isZero();
        assertThat(broken("set-up in working hours", on(task(), berlin("2026-11-23T16:45"))))
                .isZero();
        assertThat(broken("set-up in working hours", on(task(), berlin("2026-11-23T16:45:01"))))
                .isOne();
        assertThat(broken("set-up in working hours", on(task(), berlin("2026-11-24T07:59:59"))))
                .isOne();
    }

    @Test
    void tearDownInWorkingHours() {
        String rule = "tear-down in working hours";
        assertThat(broken(rule, endingAt(berlin("2026-11-23T16:59:59")))).isZero();
        assertThat(broken(rule, endingAt(berlin("2026-11-23T17:00")))).isZero();
        assertThat(broken(rule, endingAt(berlin("2026-11-23T17:00:01")))).isOne();
        assertThat(broken(rule, endingAt(berlin("2026-11-24T08:09:59")))).isOne();
    }

    @Test
    void nearPreferredDate() {
        Instant preferred = NINE.plus(bench.setUp());
        ScheduleTask task = Lab.task("t", null, HOUR, preferred);
        String rule = "near preferred date";
        assertThat(soft(rule, 0, on(task, NINE.minusMillis(1)))).isEqualTo(-1);
        assertThat(soft(rule, 0, on(task, NINE))).isZero();
        assertThat(soft(rule, 0, on(task, NINE.plusMillis(1)))).isEqualTo(-1);
        assertThat(soft(rule, 0, on(task(), NINE))).isZero();
    }

    @Test
    void shortMakespanIsThatOfTheLast() {
        PlannedTask first = on(task(), NINE);
        PlannedTask last = on(task("b"), NINE.plus(HOUR.multipliedBy(3)), first.where());
        long makespan = Duration.between(MONDAY_8, last.when().tearDownEnd()).toMillis();
        assertThat(soft("short makespan", 1, first, last)).isEqualTo(-makespan);
        long sum = makespan
                + Duration.between(MONDAY_8, first.when().tearDownEnd()).toMillis();
        assertThat(soft("early ends", 2, first, last)).isEqualTo(-sum);
    }

    private static ScheduleTask task() {
        return task("t");
    }

    private static ScheduleTask task(String id) {
        return Lab.task(id, BenchKind.PHYSICAL, HOUR, null);
    }

    private static ScheduleTask task(BenchKind kind, Set<String> capabilities, double currentAmperes) {
        return new ScheduleTask("t", Level.CELL, kind, capabilities, currentAmperes, HOUR, MONDAY_8, null);
    }

    private ChannelOrder channel(Span... bookings) {
        return new ChannelOrder(bench, 1, new WorkCalendar(bench.workingHours()), MONDAY_8, List.of(bookings));
    }

    private PlannedTask on(ScheduleTask task, Instant setUpStart) {
        return on(task, setUpStart, channel());
    }

    private PlannedTask on(ScheduleTask task, Instant setUpStart, ChannelOrder channel) {
        PlannedTask planned = new PlannedTask(task);
        Instant start = setUpStart.plus(bench.setUp());
        Instant end = start.plus(task.testTime());
        planned.channel(channel);
        planned.placement(new Placement(setUpStart, start, end, end.plus(bench.tearDown())));
        return planned;
    }

    private PlannedTask endingAt(Instant tearDownEnd) {
        PlannedTask planned = on(task(), NINE);
        planned.placement(
                new Placement(NINE, NINE.plus(bench.setUp()), tearDownEnd.minus(bench.tearDown()), tearDownEnd));
        return planned;
    }

    private static long broken(String constraint, PlannedTask... tasks) {
        return -score(constraint, tasks).hardScore(0);
    }

    private static long soft(String constraint, int level, PlannedTask... tasks) {
        return score(constraint, tasks).softScore(level);
    }

    private static BendableLongScore score(String constraint, PlannedTask... tasks) {
        List<ChannelOrder> channels =
                List.of(tasks).stream().map(PlannedTask::where).distinct().toList();
        BenchPlan plan = new BenchPlan(channels, List.of(tasks));
        return SCORES
                .explain(plan, SolutionUpdatePolicy.UPDATE_SCORE_ONLY)
                .getConstraintMatchTotalMap()
                .values()
                .stream()
                .filter(total -> total.getConstraintName().equals(constraint))
                .map(ConstraintMatchTotal::getScore)
                .findFirst()
                .orElse(BendableLongScore.zero(PlanConstraints.HARD_LEVELS, PlanConstraints.SOFT_LEVELS));
    }

    private static Bench change(Bench b, double maxCurrentAmperes, Set<Level> levels, boolean inService) {
        return new Bench(
                TwinId.of(b.twin().value()),
                b.name(),
                b.kind(),
                levels,
                b.capabilities(),
                maxCurrentAmperes,
                b.channels(),
                b.setUp(),
                b.tearDown(),
                b.workingHours(),
                b.speed(),
                inService);
    }
}
