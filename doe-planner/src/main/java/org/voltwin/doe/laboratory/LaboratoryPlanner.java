package org.voltwin.doe.laboratory;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.lab.LabPlanner;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.BenchScheduler;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;

/**
 * Plans tests on the benches of a laboratory with its chambers, staff, closures and the plan in force. Nothing is placed
 * before it is wanted; urgent tests end as early as they can, then as few tests as possible move, then the plan ends
 * early. Pure and on one thread: the same problem and seed give the same plan unless the effort ends the search first.
 */
public final class LaboratoryPlanner implements BenchScheduler {
    private static final Duration LEAST_EFFORT = Duration.ofMillis(50);

    /**
     * Places for the tasks, and for the movable ones that got another. Refused with a {@code schedule.*} code that names
     * what is in the way.
     */
    @Override
    public Outcome<Schedule> schedule(ScheduleProblem problem) {
        Optional<Failure> wrong = wrong(problem);
        if (wrong.isPresent()) {
            return Outcome.refused(wrong.get());
        }
        try {
            Translation translation = new Translation(problem);
            if (translation.isEmpty()) {
                return Outcome.ok(new Schedule(List.of(), Duration.ZERO, Duration.ZERO, true));
            }
            Duration effort = problem.effort().compareTo(LEAST_EFFORT) < 0 ? LEAST_EFFORT : problem.effort();
            return LabPlanner.plan(
                            translation.laboratory(), new SearchLimits(effort, 1, problem.seed()), false, event -> {})
                    .map(translation::schedule);
        } catch (RefusedException e) {
            return Outcome.refused(e.failure());
        }
    }

    private static Optional<Failure> wrong(ScheduleProblem problem) {
        Set<String> ids = new HashSet<>();
        problem.fixed().forEach(place -> ids.add(place.task()));
        problem.movable().forEach(movable -> ids.add(movable.task().id()));
        for (ScheduleTask task : problem.tasks()) {
            if (!ids.add(task.id())) {
                return Optional.of(Failure.permanent(
                        "schedule.duplicate_task",
                        "Task '" + task.id() + "' is given more than once, or has a place already.",
                        "Give each task once, and leave out what is booked."));
            }
        }
        return problem.tasks().isEmpty() && problem.movable().isEmpty()
                ? Optional.of(Failure.permanent(
                        "schedule.empty", "The problem has no task to place.", "Give at least one task."))
                : Optional.empty();
    }
}
