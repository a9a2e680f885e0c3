package org.voltwin.doe.schedule.shop;

import java.util.List;

/**
 * Where and when each operation runs.
 *
 * @param jobs per job, per operation
 */
public record ShopPlan(List<List<Place>> jobs) {
    /** Machine from 0, start inclusive, end exclusive. */
    public record Place(int machine, long start, long end) {}

    public ShopPlan {
        jobs = jobs.stream().map(List::copyOf).toList();
    }

    /** The last end; 0 of an empty plan. */
    public long makespan() {
        return jobs.stream().flatMap(List::stream).mapToLong(Place::end).max().orElse(0);
    }
}
