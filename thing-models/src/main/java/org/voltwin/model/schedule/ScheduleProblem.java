package org.voltwin.model.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.ClimateChamber;
import org.voltwin.model.lab.LabCalendar;

/**
 * What is to be planned.
 *
 * @param now nothing is placed before it
 * @param benches where
 * @param fixed assignments that stay as they are (running, or not to be moved)
 * @param tasks to place
 * @param effort longest time to search
 * @param seed of everything random
 * @param chambers that benches are in; a bench in none tempers its unit itself
 * @param calendar staff, holidays, closures; null when benches' own hours are all that is known
 * @param movable tasks that have a place and may get another
 */
public record ScheduleProblem(
        Instant now,
        List<Bench> benches,
        List<Assignment> fixed,
        List<ScheduleTask> tasks,
        Duration effort,
        long seed,
        @Nullable List<ClimateChamber> chambers,
        @Nullable LabCalendar calendar,
        @Nullable List<MovableTask> movable) {
    public ScheduleProblem {
        benches = List.copyOf(benches);
        fixed = List.copyOf(fixed);
        tasks = List.copyOf(tasks);
        chambers = chambers == null ? List.of() : List.copyOf(chambers);
        calendar = calendar == null ? LabCalendar.none() : calendar;
        movable = movable == null ? List.of() : List.copyOf(movable);
    }

    /** Without chambers and calendar. */
    public ScheduleProblem(
            Instant now,
            List<Bench> benches,
            List<Assignment> fixed,
            List<ScheduleTask> tasks,
            Duration effort,
            long seed) {
        this(now, benches, fixed, tasks, effort, seed, List.of(), null, List.of());
    }

    /** As given, empty instead of null. */
    @Override
    public List<ClimateChamber> chambers() {
        return chambers == null ? List.of() : chambers;
    }

    /** As given, that of nothing known instead of null. */
    @Override
    public LabCalendar calendar() {
        return calendar == null ? LabCalendar.none() : calendar;
    }

    /** As given, empty instead of null. */
    @Override
    public List<MovableTask> movable() {
        return movable == null ? List.of() : movable;
    }
}
