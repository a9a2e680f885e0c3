package org.voltwin.doe.schedule.project;

import java.util.List;

/**
 * When each activity runs.
 *
 * @param starts inclusive
 * @param ends exclusive
 */
public record ProjectPlan(List<Long> starts, List<Long> ends) {
    public ProjectPlan {
        starts = List.copyOf(starts);
        ends = List.copyOf(ends);
    }

    public long makespan() {
        return ends.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
