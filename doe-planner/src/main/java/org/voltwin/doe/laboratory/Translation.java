package org.voltwin.doe.laboratory;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabPlan;
import org.voltwin.doe.schedule.lab.LabProblem;
import org.voltwin.doe.schedule.lab.LabProblem.Closure;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.lab.LabProblem.Technician;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.WorkingHours;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.MovableTask;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;
import org.voltwin.model.schedule.Soak;

/** One problem as the rich laboratory takes it, and its plan back. */
final class Translation {
    private static final int URGENT = 10;
    private static final double ALL_FIDELITIES = 0;
    /** The laboratory takes what was set up before its now as it is; this much before is so on whole minutes too. */
    private static final Duration BEFORE_NOW = Duration.ofSeconds(61);
    /** What begins within this time is as good as begun. */
    private static final Duration AS_GOOD_AS_BEGUN = Duration.ofMinutes(2);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScheduleProblem problem;
    private final Benches benches;
    private final Instant now;
    private final Map<String, ScheduleTask> tasks = new LinkedHashMap<>();
    private final Set<String> movable = new HashSet<>();
    private final List<LabTest> tests = new ArrayList<>();
    private final Map<String, LabAssignment> inForce = new LinkedHashMap<>();
    private final Map<String, List<Closure>> taken = new HashMap<>();
    private final Map<String, List<Closure>> absences = new HashMap<>();
    private final List<SoakProfile> profiles = new ArrayList<>();
    private final List<Technician> staff;

    Translation(ScheduleProblem problem) {
        this.problem = problem;
        benches = new Benches(problem);
        now = origin();
        begun();
        staff = staff();
        for (MovableTask task : problem.movable()) {
            // A test that nothing can do at the moment keeps its place until something can.
            if (!benches.suitable(task.task()).isEmpty()) {
                movable.add(task.task().id());
                add(task.task());
                String channel = benches.channel(task.place());
                if (channel != null) {
                    inForce.put(task.task().id(), onMinutes(task, tests.getLast(), channel));
                }
            }
        }
        problem.tasks().forEach(this::add);
    }

    /**
     * Where the plan's whole minutes are counted from: the problem's now, or less than a minute later, so that the first test
     * that is released need not wait for the next of them.
     */
    private Instant origin() {
        Instant first = problem.tasks().stream()
                .map(this::release)
                .min(Comparator.naturalOrder())
                .filter(release -> release.isAfter(problem.now()))
                .orElse(problem.now());
        return problem.now().plusNanos(Duration.between(problem.now(), first).toNanos() % MINUTE.toNanos());
    }

    /** Not before its earliest time, nor set up long before the preferred one. */
    private Instant release(ScheduleTask task) {
        Instant preferred = task.preferred();
        if (preferred == null) {
            return task.earliest();
        }
        Instant setUp = preferred.minus(longestSetUp(benches.suitable(task)));
        return setUp.isAfter(task.earliest()) ? setUp : task.earliest();
    }

    private static Duration longestSetUp(List<Bench> suitable) {
        return longest(
                suitable.stream().filter(Benches::isPhysical).map(Bench::setUp).toList());
    }

    /** Whether nothing is to be placed. */
    boolean isEmpty() {
        return tasks.isEmpty();
    }

    LabProblem laboratory() {
        ZoneId zone =
                staff.isEmpty() ? ZoneId.of("UTC") : staff.getFirst().shifts().zone();
        return new LabProblem(
                now,
                zone,
                benches.channels(taken, profiles),
                benches.chambers(),
                staff,
                problem.calendar().holidays(),
                problem.calendar().powerLimitWatts(),
                tests,
                List.copyOf(inForce.values()));
    }

    /** What runs or is about to: the first on each channel holds it, and its chamber, until it ends. */
    private void begun() {
        Set<String> held = new HashSet<>();
        Map<String, Double> temperatures = new HashMap<>();
        problem.fixed().stream()
                .filter(place -> place.tearDownEnd().isAfter(now))
                .sorted(Comparator.comparing(Assignment::setUpStart))
                .forEach(place -> {
                    String channel = benches.channel(place);
                    if (channel == null) {
                        return;
                    }
                    boolean begun = !place.setUpStart().isAfter(now.plus(AS_GOOD_AS_BEGUN));
                    if (begun && held.add(channel)) {
                        holds(place, channel, temperatures);
                    } else {
                        closed(taken, channel, place.setUpStart(), place.tearDownEnd(), place.task());
                    }
                    busy(place.setUpBy(), place.setUpStart(), place.start(), place.task());
                });
    }

    private static void closed(Map<String, List<Closure>> all, String what, Instant from, Instant to, String by) {
        all.computeIfAbsent(what, key -> new ArrayList<>()).add(new Closure(from, to, by));
    }

    private void busy(@Nullable String technician, Instant from, Instant to, String by) {
        if (technician != null && to.isAfter(now)) {
            closed(absences, technician, from, to, by);
        }
    }

    private void holds(Assignment place, String channel, Map<String, Double> temperatures) {
        Bench bench = benches.of(channel);
        SoakProfile soaks = new SoakProfile(place.soaks().stream()
                .map(s -> new Soak(s.wholePlot(), s.celsius(), s.firstRun(), s.lastRun(), Duration.ZERO))
                .toList());
        Double celsius = null;
        if (Benches.isPhysical(bench)
                && !soaks.isEmpty()
                && benches.suitable(anything(bench, soaks)).contains(bench)) {
            double own = soaks.celsius(tests.size() + 1);
            // Two that are at work in one chamber have agreed on its temperature, whatever they were planned for.
            celsius = temperatures.merge(benches.chamberId(bench), own, (first, second) -> first) == own ? own : null;
        }
        Instant before = now.minus(BEFORE_NOW);
        Instant start = place.start().isBefore(before) ? before : place.start();
        Instant end = place.end().isAfter(now) ? place.end() : now;
        Instant tornDown = place.tearDownEnd();
        Instant tearDown = tornDown.minus(bench.tearDown()).isBefore(end) ? end : tornDown.minus(bench.tearDown());
        tests.add(new LabTest(
                place.task(),
                bench.levels().iterator().next(),
                null,
                Set.of(),
                0,
                0,
                celsius,
                ALL_FIDELITIES,
                Duration.ZERO,
                Duration.between(start, end),
                Duration.ZERO,
                null,
                null,
                null,
                1,
                List.of(),
                null));
        inForce.put(
                place.task(),
                new LabAssignment(
                        place.task(),
                        channel,
                        1,
                        null,
                        place.tearDownBy(),
                        before,
                        before,
                        start,
                        end,
                        tearDown,
                        tornDown,
                        place.why()));
    }

    private static ScheduleTask anything(Bench bench, SoakProfile soaks) {
        return new ScheduleTask(
                "",
                bench.levels().iterator().next(),
                null,
                Set.of(),
                0,
                Duration.ZERO,
                Instant.EPOCH,
                null,
                null,
                null,
                soaks.soaks());
    }

    private List<Technician> staff() {
        List<Technician> known = problem.calendar().technicians().stream()
                .map(t -> technician(
                        t.name(),
                        t.shifts(),
                        t.absences().stream()
                                .map(a -> new Closure(a.from(), a.to(), a.reason()))
                                .toList()))
                .toList();
        List<Bench> physical = benches.physical();
        if (!known.isEmpty() || physical.isEmpty()) {
            return known;
        }
        WorkingHours hours = CommonHours.of(physical);
        return physical.stream()
                .map(bench -> technician("staff of " + bench.name(), hours, List.of()))
                .toList();
    }

    private Technician technician(String name, WorkingHours shifts, List<Closure> away) {
        List<Closure> all = new ArrayList<>(away);
        all.addAll(absences.getOrDefault(name, List.of()));
        return new Technician(name, shifts, all);
    }

    private void add(ScheduleTask task) {
        List<Bench> suitable = benches.suitable(task);
        List<Bench> physical = suitable.stream().filter(Benches::isPhysical).toList();
        SoakProfile soaks = new SoakProfile(task.kind() == BenchKind.VIRTUAL ? List.of() : task.soaks());
        Duration setUp = longestSetUp(suitable);
        Duration tearDown = longest(physical.stream().map(Bench::tearDown).toList());
        Set<String> capabilities = new TreeSet<>(task.capabilities());
        Duration run = task.testTime();
        if (soaks.hasSeveralTemperatures()) {
            profiles.add(soaks);
            capabilities.add(soaks.reach());
            double speed = physical.stream().mapToDouble(Bench::speed).max().orElse(1);
            Duration ramps = longest(physical.stream()
                    .map(bench -> soaks.ramps(benches.degreesPerHour(bench)))
                    .toList());
            run = run.plusMillis((long) (ramps.toMillis() * speed));
        }
        tasks.put(task.id(), task);
        tests.add(new LabTest(
                task.id(),
                task.level(),
                task.kind(),
                capabilities,
                task.currentAmperes(),
                task.powerWatts() == null ? 0 : task.powerWatts(),
                soaks.isEmpty() ? null : soaks.celsius(tests.size() + 1),
                ALL_FIDELITIES,
                setUp,
                run,
                tearDown,
                release(task),
                task.preferred(),
                task.due(),
                task.due() == null ? 1 : URGENT,
                List.of(),
                null));
    }

    private static Duration longest(List<Duration> durations) {
        return durations.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** The place of a movable task on the plan's whole minutes, as the laboratory would have placed it. */
    private LabAssignment onMinutes(MovableTask task, LabTest test, String channel) {
        Bench bench = benches.of(channel);
        Assignment place = task.place();
        boolean physical = Benches.isPhysical(bench);
        long setUpStart = upMinutes(place.setUpStart());
        long setUpEnd = setUpStart + (physical ? minutes(test.setUp()) : 0);
        long start = Math.max(setUpEnd, upMinutes(place.start()));
        long end = start + Math.max(1, (long) Math.ceil(test.run().toMillis() / bench.speed() / 60_000 - 1e-9));
        long tearDown = physical ? minutes(test.tearDown()) : 0;
        long tearDownStart = tearDown == 0 ? end : Math.max(end, upMinutes(place.tearDownEnd()) - tearDown);
        return new LabAssignment(
                place.task(),
                channel,
                1,
                setUpEnd > setUpStart ? named(place.setUpBy()) : null,
                tearDown > 0 ? named(place.tearDownBy()) : null,
                at(setUpStart),
                at(setUpEnd),
                at(start),
                at(end),
                at(tearDownStart),
                at(tearDownStart + tearDown),
                place.why());
    }

    private @Nullable String named(@Nullable String technician) {
        boolean known = staff.stream().anyMatch(t -> t.id().equals(technician));
        return known || staff.isEmpty() ? technician : staff.getFirst().id();
    }

    private long upMinutes(Instant time) {
        return minutes(Duration.between(now, time));
    }

    private static long minutes(Duration duration) {
        return Math.ceilDiv(duration.toMillis(), MINUTE.toMillis());
    }

    private Instant at(long minute) {
        return now.plusSeconds(60 * minute);
    }

    /** The places that are new: of the tasks, and of what was moved for them. */
    Schedule schedule(LabPlan plan) {
        List<Assignment> places = new ArrayList<>();
        List<String> moved = new ArrayList<>();
        for (LabAssignment place : plan.assignments()) {
            ScheduleTask task = tasks.get(place.test());
            LabAssignment before = inForce.get(place.test());
            if (task == null || (before != null && isSame(before, place))) {
                continue;
            }
            places.add(new ExactTimes(benches, task).place(place));
            if (movable.contains(task.id())) {
                moved.add(task.id());
            }
        }
        places.sort(Comparator.comparing(Assignment::start).thenComparing(Assignment::task));
        return new Schedule(
                places, plan.makespan(), plan.lowerBound(), plan.isOptimal(), moved, plan.planFrom(), plan.boundFrom());
    }

    private static boolean isSame(LabAssignment before, LabAssignment after) {
        return before.bench().equals(after.bench())
                && before.setUpStart().equals(after.setUpStart())
                && before.start().equals(after.start());
    }
}
