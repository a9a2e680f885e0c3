package org.voltwin.model.schedule;

import java.time.Duration;
import java.util.List;

/**
 * A plan that breaks no hard rule.
 *
 * @param assignments one per task, in order of start
 * @param makespan from the problem's {@code now} to the last tear-down of a task
 * @param lowerBound no plan is shorter; may be zero
 * @param optimal whether it is proved that no plan is shorter
 * @param moved ids of movable tasks that got another place; their new places are among the assignments
 * @param planFrom the engine that found it
 * @param boundFrom what proves the bound
 */
public record Schedule(
        List<Assignment> assignments,
        Duration makespan,
        Duration lowerBound,
        boolean optimal,
        List<String> moved,
        String planFrom,
        String boundFrom) {
    public Schedule {
        assignments = List.copyOf(assignments);
        moved = List.copyOf(moved);
    }

    /** Of tasks that had no place before. */
    public Schedule(List<Assignment> assignments, Duration makespan, Duration lowerBound, boolean optimal) {
        this(assignments, makespan, lowerBound, optimal, List.of(), "", "");
    }

    /** (makespan - bound) / makespan, 0 to 1. */
    public double gap() {
        return makespan.isZero() ? 0 : 1 - lowerBound.toMillis() / (double) makespan.toMillis();
    }
}
