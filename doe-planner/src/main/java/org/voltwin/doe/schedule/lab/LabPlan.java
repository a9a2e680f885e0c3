package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.util.List;
import org.voltwin.doe.schedule.engine.SearchEvent;

/**
 * A checked plan of a laboratory.
 *
 * @param assignments in order of set-up
 * @param weightedLatenessMinutes sum over tests of weight times minutes after the due date
 * @param makespan from now to the last tear-down
 * @param lowerBound no plan has a shorter makespan
 * @param preferenceMinutes sum of distances between preferred and planned starts
 * @param moved tests of the plan in force that have another place or time
 * @param planned tests of the plan in force that are still to be done
 * @param history of makespans: what was found when
 */
public record LabPlan(
        List<LabProblem.LabAssignment> assignments,
        long weightedLatenessMinutes,
        Duration makespan,
        Duration lowerBound,
        long preferenceMinutes,
        int moved,
        int planned,
        List<SearchEvent> history) {
    public LabPlan {
        assignments = List.copyOf(assignments);
        history = List.copyOf(history);
    }

    /** (makespan - bound) / makespan. */
    public double gap() {
        return makespan.isZero() ? 0 : 1 - lowerBound.toMillis() / (double) makespan.toMillis();
    }

    /** Which engine found the makespan. */
    public String planFrom() {
        return last(SearchEvent.Incumbent.class);
    }

    /** What proves the bound. */
    public String boundFrom() {
        return last(SearchEvent.Bound.class);
    }

    private String last(Class<? extends SearchEvent> kind) {
        return history.stream()
                .filter(kind::isInstance)
                .reduce((first, second) -> second)
                .map(SearchEvent::source)
                .orElse("nothing");
    }

    /** No later than due anywhere, and the makespan is at its bound. */
    public boolean isOptimal() {
        return weightedLatenessMinutes == 0 && makespan.compareTo(lowerBound) <= 0;
    }
}
