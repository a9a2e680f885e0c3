package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.util.List;
import org.voltwin.doe.schedule.engine.SearchEvent;

/**
 * A checked plan of a laboratory.
 *
 * @param assignments in order of set-up
 * @param weightedLatenessMinutes sum over tests of weight times minutes after the due date
 * @param latenessBoundMinutes no plan has less weighted lateness
 * @param makespan from now to the last tear-down
 * @param lowerBound no plan has a shorter makespan
 * @param preferenceMinutes sum of distances between preferred and planned starts
 * @param moved tests of the plan in force that have another place or time
 * @param planned tests of the plan in force that are still to be done
 * @param ranOut whether the effort ended an engine before its count did, so that one thread need not repeat the plan
 * @param history of makespans: what was found when
 */
public record LabPlan(
        List<LabProblem.LabAssignment> assignments,
        long weightedLatenessMinutes,
        long latenessBoundMinutes,
        Duration makespan,
        Duration lowerBound,
        long preferenceMinutes,
        int moved,
        int planned,
        boolean ranOut,
        List<SearchEvent> history) {
    public LabPlan {
        assignments = List.copyOf(assignments);
        history = List.copyOf(history);
    }

    /**
     * How far the plan may be from the best, as a part of it: of the weighted lateness where there is any, because that
     * counts first, else of the makespan.
     */
    public double gap() {
        if (weightedLatenessMinutes > 0) {
            return 1 - latenessBoundMinutes / (double) weightedLatenessMinutes;
        }
        return makespan.isZero() ? 0 : 1 - lowerBound.toMillis() / (double) makespan.toMillis();
    }

    /** What the gap is of, in words. */
    public String gapOf() {
        return weightedLatenessMinutes > 0 ? "weighted lateness" : "makespan";
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

    /** No later than can be proved to be necessary, and the makespan is at its bound. */
    public boolean isOptimal() {
        return weightedLatenessMinutes == latenessBoundMinutes && makespan.compareTo(lowerBound) <= 0;
    }
}
