package org.voltwin.doe.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.port.BenchScheduler;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;

/**
 * Plans benches with OptaPlanner. What a plan must and should be says {@link PlanConstraints}. The same problem with the
 * same seed gives the same plan, unless the effort ends the search before its steps do. One task takes milliseconds.
 */
public final class BenchPlanner implements BenchScheduler {
    /**
     * The plan. Refused with {@code schedule.empty} (no task), {@code schedule.duplicate_task}, {@code
     * schedule.no_bench} (naming the task and what each bench lacks), {@code schedule.no_hours} (a bench suits, but set-up or
     * tear-down does not fit into its hours).
     */
    @Override
    public Outcome<Schedule> schedule(ScheduleProblem problem) {
        Optional<Failure> contradiction = contradiction(problem);
        if (contradiction.isPresent()) {
            return Outcome.refused(contradiction.get());
        }
        List<ChannelOrder> channels = channels(problem);
        for (ScheduleTask task : problem.tasks()) {
            Optional<Failure> failure = cannotBePlaced(task, channels, problem.benches());
            if (failure.isPresent()) {
                return Outcome.refused(failure.get());
            }
        }
        BenchPlan plan = Search.run(new BenchPlan(channels, inOrder(problem)), problem.effort(), problem.seed());
        Schedule schedule = schedule(problem, plan);
        List<String> broken = ScheduleRules.broken(problem, schedule);
        if (!broken.isEmpty()) {
            return Outcome.refused(Failure.permanent(
                    "schedule.rule_broken",
                    "The plan that was found breaks rules: " + String.join("; ", broken) + ".",
                    "Keep the problem's file and report it: this is a fault of the planner."));
        }
        return Outcome.ok(schedule);
    }

    private static Optional<Failure> contradiction(ScheduleProblem problem) {
        if (problem.tasks().isEmpty()) {
            return Optional.of(Failure.permanent(
                    "schedule.empty", "The problem has no task to place.", "Give at least one task."));
        }
        Set<String> ids = problem.fixed().stream().map(Assignment::task).collect(Collectors.toCollection(HashSet::new));
        for (ScheduleTask task : problem.tasks()) {
            if (!ids.add(task.id())) {
                return Optional.of(Failure.permanent(
                        "schedule.duplicate_task",
                        "Task '" + task.id() + "' is given more than once, or is already booked.",
                        "Give each task once, and leave out what is booked."));
            }
        }
        return Optional.empty();
    }

    private static Optional<Failure> cannotBePlaced(
            ScheduleTask task, List<ChannelOrder> channels, List<Bench> benches) {
        List<Bench> suitable =
                benches.stream().filter(b -> Suitability.suits(b, task)).toList();
        if (suitable.isEmpty()) {
            String lacks = benches.stream()
                    .sorted(Comparator.comparing(Bench::twin))
                    .map(b -> b.name() + " " + String.join(" and ", Suitability.lacks(b, task)))
                    .collect(Collectors.joining("; "));
            return Optional.of(Failure.permanent(
                    "schedule.no_bench",
                    "No bench can do task " + task.id() + ": " + (lacks.isEmpty() ? "there are no benches" : lacks)
                            + ".",
                    "Change what the task needs, or put a bench into service that has it."));
        }
        boolean hasHours = channels.stream()
                .filter(c -> Suitability.suits(c.bench(), task))
                .anyMatch(c -> Placing.place(task, c.bench(), c.calendar(), c.now(), c.fixed())
                        .isPresent());
        if (hasHours) {
            return Optional.empty();
        }
        String work = suitable.stream()
                .map(b -> b.name() + " (set-up " + Reasons.text(b.setUp()) + ", tear-down " + Reasons.text(b.tearDown())
                        + ")")
                .collect(Collectors.joining(", "));
        return Optional.of(Failure.permanent(
                "schedule.no_hours",
                "Task " + task.id() + " has no place: set-up or tear-down never fits into the working hours of " + work
                        + ".",
                "Give the bench working hours long enough for its set-up and tear-down, each in one go."));
    }

    /** All channels of benches in service, by bench and number. */
    private static List<ChannelOrder> channels(ScheduleProblem problem) {
        List<ChannelOrder> channels = new ArrayList<>();
        problem.benches().stream()
                .filter(Suitability::isInService)
                .sorted(Comparator.comparing(Bench::twin))
                .forEach(bench -> {
                    WorkCalendar calendar = new WorkCalendar(bench.workingHours());
                    for (int channel = 1; channel <= bench.channels(); channel++) {
                        channels.add(new ChannelOrder(
                                bench, channel, calendar, problem.now(), bookings(problem, bench, channel)));
                    }
                });
        return channels;
    }

    private static List<Span> bookings(ScheduleProblem problem, Bench bench, int channel) {
        return problem.fixed().stream()
                .filter(a -> a.bench().equals(bench.twin()) && a.channel() == channel)
                .map(a -> new Span(a.task(), a.setUpStart(), a.tearDownEnd()))
                .toList();
    }

    /** Construction takes tasks by wanted start, then the longest first, then by id. */
    private static List<PlannedTask> inOrder(ScheduleProblem problem) {
        return problem.tasks().stream()
                .sorted(Comparator.comparing(BenchPlanner::wantedStart)
                        .thenComparing(ScheduleTask::testTime, Comparator.reverseOrder())
                        .thenComparing(ScheduleTask::id))
                .map(PlannedTask::new)
                .toList();
    }

    private static Instant wantedStart(ScheduleTask task) {
        Instant preferred = task.preferred();
        return preferred == null ? task.earliest() : preferred;
    }

    private static Schedule schedule(ScheduleProblem problem, BenchPlan plan) {
        List<Assignment> assignments = plan.tasks().stream()
                .map(task -> assignment(task, problem.benches()))
                .sorted(Comparator.comparing(Assignment::start).thenComparing(Assignment::task))
                .toList();
        Duration makespan = assignments.stream()
                .map(a -> Duration.between(problem.now(), a.tearDownEnd()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration bound = LowerBound.of(problem.now(), problem.tasks(), plan.channels());
        return new Schedule(assignments, makespan, bound, makespan.compareTo(bound) <= 0);
    }

    private static Assignment assignment(PlannedTask task, List<Bench> benches) {
        Placement when = task.when();
        return new Assignment(
                task.id(),
                task.where().bench().twin(),
                task.where().channel(),
                when.setUpStart(),
                when.start(),
                when.end(),
                when.tearDownEnd(),
                Reasons.why(task, benches));
    }
}
