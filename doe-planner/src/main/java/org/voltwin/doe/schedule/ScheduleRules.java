package org.voltwin.doe.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.WorkingHours;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;

/**
 * Checks a plan against its problem. It is written from the records' contracts and calls nothing of the planner, so a
 * mistake there does not hide itself here.
 */
public final class ScheduleRules {
    private ScheduleRules() {}

    /** Every rule the plan breaks, in words; empty when it keeps all. */
    public static List<String> broken(ScheduleProblem problem, Schedule schedule) {
        List<String> broken = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        schedule.assignments().forEach(a -> places.merge(a.task(), 1, Integer::sum));
        for (ScheduleTask task : problem.tasks()) {
            Integer count = places.remove(task.id());
            if (count == null || count != 1) {
                broken.add("task " + task.id() + " has " + (count == null ? 0 : count) + " places");
            }
        }
        places.keySet().forEach(id -> broken.add("task " + id + " is not in the problem"));
        for (Assignment a : schedule.assignments()) {
            problem.tasks().stream()
                    .filter(t -> t.id().equals(a.task()))
                    .forEach(task -> checkTask(problem, task, a, broken));
        }
        checkOverlaps(problem, schedule, broken);
        checkMakespan(problem, schedule, broken);
        return broken;
    }

    private static void checkTask(ScheduleProblem problem, ScheduleTask task, Assignment a, List<String> broken) {
        String name = "task " + task.id();
        Bench bench = bench(problem, a.bench());
        if (bench == null) {
            broken.add(name + " is on " + a.bench() + ", which is not in the problem");
            return;
        }
        check(bench.inService(), name + " is on a bench out of service", broken);
        check(bench.levels().contains(task.level()), name + " is on a bench for other levels", broken);
        check(task.kind() == null || task.kind() == bench.kind(), name + " is on the wrong kind of bench", broken);
        for (String capability : task.capabilities()) {
            check(bench.capabilities().contains(capability), name + " lacks " + capability, broken);
        }
        check(!(task.currentAmperes() > bench.maxCurrentAmperes()), name + " needs more current", broken);
        check(a.channel() >= 1 && a.channel() <= bench.channels(), name + " has no such channel", broken);
        check(!a.setUpStart().isBefore(problem.now()), name + " starts in the past", broken);
        check(!a.setUpStart().isBefore(task.earliest()), name + " starts before it may", broken);
        check(a.setUpStart().plus(bench.setUp()).equals(a.start()), name + " has the wrong set-up", broken);
        double wanted = task.testTime().toMillis() / bench.speed();
        double run = Duration.between(a.start(), a.end()).toMillis();
        check(run >= wanted && run < wanted + 1.5, name + " has the wrong duration", broken);
        Instant tearDown = a.tearDownEnd().minus(bench.tearDown());
        check(!tearDown.isBefore(a.end()), name + " is torn down before its end", broken);
        check(staffed(bench.workingHours(), a.setUpStart(), a.start()), name + " is set up without staff", broken);
        check(staffed(bench.workingHours(), tearDown, a.tearDownEnd()), name + " is torn down without staff", broken);
    }

    private static void checkOverlaps(ScheduleProblem problem, Schedule schedule, List<String> broken) {
        List<Assignment> all = new ArrayList<>(schedule.assignments());
        int placed = all.size();
        all.addAll(problem.fixed());
        for (int i = 0; i < placed; i++) {
            for (int j = i + 1; j < all.size(); j++) {
                Assignment a = all.get(i);
                Assignment b = all.get(j);
                boolean sameChannel = a.bench().equals(b.bench()) && a.channel() == b.channel();
                boolean apart = !a.setUpStart().isBefore(b.tearDownEnd())
                        || !b.setUpStart().isBefore(a.tearDownEnd());
                check(!sameChannel || apart, "tasks " + a.task() + " and " + b.task() + " overlap", broken);
            }
        }
    }

    private static void checkMakespan(ScheduleProblem problem, Schedule schedule, List<String> broken) {
        Instant end = problem.now().plus(schedule.makespan());
        boolean reached = schedule.assignments().isEmpty();
        for (Assignment a : schedule.assignments()) {
            check(!a.tearDownEnd().isAfter(end), "task " + a.task() + " ends after the makespan", broken);
            reached |= a.tearDownEnd().equals(end);
        }
        check(reached, "nothing ends at the makespan", broken);
        check(
                schedule.lowerBound().compareTo(schedule.makespan()) <= 0,
                "the makespan is below its lower bound",
                broken);
    }

    /** Whether staff are there without a break; walks the clock from {@code from} to {@code to}. */
    private static boolean staffed(WorkingHours hours, Instant from, Instant to) {
        Instant at = from;
        while (at.isBefore(to)) {
            Instant until = staffUntil(hours, at.atZone(hours.zone()));
            if (!at.isBefore(until)) {
                return false;
            }
            at = until;
        }
        return true;
    }

    /** The end of the working hours of the day that hold this moment; the moment itself when none do. */
    private static Instant staffUntil(WorkingHours hours, ZonedDateTime at) {
        DayOfWeek day = at.getDayOfWeek();
        for (WorkingHours.Hours span : hours.week().getOrDefault(day, List.of())) {
            LocalTime clock = at.toLocalTime();
            boolean toMidnight = span.to().equals(LocalTime.MIDNIGHT);
            if (!clock.isBefore(span.from()) && (toMidnight || clock.isBefore(span.to()))) {
                return toMidnight
                        ? at.toLocalDate()
                                .plusDays(1)
                                .atStartOfDay(at.getZone())
                                .toInstant()
                        : at.with(span.to()).toInstant();
            }
        }
        return at.toInstant();
    }

    private static @Nullable Bench bench(ScheduleProblem problem, TwinId id) {
        return problem.benches().stream()
                .filter(b -> b.twin().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static void check(boolean kept, String otherwise, List<String> broken) {
        if (!kept) {
            broken.add(otherwise);
        }
    }
}
