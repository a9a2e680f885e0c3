package org.voltwin.model.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.port.BenchScheduler;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;

/** A scheduler that puts each task on the first bench of its kind, one after the other, on channel 1. */
public final class FakeBenchScheduler implements BenchScheduler {
    @Override
    public Outcome<Schedule> schedule(ScheduleProblem problem) {
        List<Assignment> placed = new ArrayList<>();
        for (ScheduleTask task : problem.tasks()) {
            Optional<Bench> bench = problem.benches().stream()
                    .filter(b -> b.inService() && (task.kind() == null || b.kind() == task.kind()))
                    .findFirst();
            if (bench.isEmpty()) {
                return Outcome.refused(Failure.permanent(
                        "schedule.no_bench", "No bench can do task " + task.id() + ".", "Add a bench."));
            }
            placed.add(place(problem, task, bench.get(), placed));
        }
        Instant last = placed.stream()
                .map(Assignment::tearDownEnd)
                .max(Comparator.naturalOrder())
                .orElse(problem.now());
        return Outcome.ok(new Schedule(placed, Duration.between(problem.now(), last), Duration.ZERO, false));
    }

    private static Assignment place(ScheduleProblem problem, ScheduleTask task, Bench bench, List<Assignment> placed) {
        Instant free = placed.stream()
                .filter(other -> other.bench().equals(bench.twin()))
                .map(Assignment::tearDownEnd)
                .max(Comparator.naturalOrder())
                .orElse(problem.now());
        Instant setUp = free.isAfter(task.earliest()) ? free : task.earliest();
        Instant start = setUp.plus(bench.setUp());
        Instant end = start.plusMillis((long) (task.testTime().toMillis() / bench.speed()));
        return new Assignment(
                task.id(), bench.twin(), 1, setUp, start, end, end.plus(bench.tearDown()), "first free bench");
    }
}
