package org.voltwin.model.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.voltwin.model.lab.Bench;

/**
 * What is to be planned.
 *
 * @param now nothing is placed before it
 * @param benches where
 * @param fixed assignments that stay as they are (running, or not to be moved)
 * @param tasks to place
 * @param effort longest time to search
 * @param seed of everything random
 */
public record ScheduleProblem(
        Instant now,
        List<Bench> benches,
        List<Assignment> fixed,
        List<ScheduleTask> tasks,
        Duration effort,
        long seed) {
    public ScheduleProblem {
        benches = List.copyOf(benches);
        fixed = List.copyOf(fixed);
        tasks = List.copyOf(tasks);
    }
}
