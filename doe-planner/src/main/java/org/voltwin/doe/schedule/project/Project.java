package org.voltwin.doe.schedule.project;

import java.util.List;

/**
 * A project with renewable resources and one mode per activity (RCPSP).
 *
 * @param capacities of each resource
 * @param activities numbered from 0 in this order
 */
public record Project(List<Integer> capacities, List<Activity> activities) {
    /**
     * One piece of work.
     *
     * @param duration &gt;= 0
     * @param demands of each resource while it runs
     * @param successors numbers of the activities that start after its end
     */
    public record Activity(int duration, List<Integer> demands, List<Integer> successors) {
        public Activity {
            demands = List.copyOf(demands);
            successors = List.copyOf(successors);
        }
    }

    public Project {
        capacities = List.copyOf(capacities);
        activities = List.copyOf(activities);
    }
}
