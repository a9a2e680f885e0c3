package org.voltwin.doe.schedule.engine;

import java.util.List;

/**
 * What a search ended with.
 *
 * @param plan the best one, checked
 * @param objective its value; smaller is better
 * @param lowerBound no plan has a smaller value
 * @param history incumbents and bounds in the order they were found
 */
public record SearchResult<P>(P plan, long objective, long lowerBound, List<SearchEvent> history) {
    public SearchResult {
        history = List.copyOf(history);
        if (lowerBound > objective) {
            throw new IllegalArgumentException(
                    "A plan of " + objective + " is below its proved bound " + lowerBound + ": a fault of an engine");
        }
    }

    public boolean isOptimal() {
        return objective == lowerBound;
    }

    /** (objective - bound) / objective; 0 when both are 0. */
    public double gap() {
        return objective == 0 ? 0 : (objective - lowerBound) / (double) objective;
    }

    /** Which engine found the plan. */
    public String planFrom() {
        return history.stream()
                .filter(SearchEvent.Incumbent.class::isInstance)
                .reduce((first, second) -> second)
                .map(SearchEvent::source)
                .orElse("nothing");
    }

    /** Which engine proved the bound. */
    public String boundFrom() {
        return history.stream()
                .filter(SearchEvent.Bound.class::isInstance)
                .reduce((first, second) -> second)
                .map(SearchEvent::source)
                .orElse("nothing");
    }
}
