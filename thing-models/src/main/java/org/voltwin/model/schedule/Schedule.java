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
 */
public record Schedule(List<Assignment> assignments, Duration makespan, Duration lowerBound, boolean optimal) {
    public Schedule {
        assignments = List.copyOf(assignments);
    }
}
