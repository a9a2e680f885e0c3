package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.engine.SearchEvent;

/** The best plan and bound of a laboratory so far, and where each came from. Thread-safe: engines offer as they find. */
final class Incumbents {
    private final long startNanos = System.nanoTime();
    private final double seconds;
    private final Consumer<SearchEvent> listener;
    private final List<SearchEvent> history = new ArrayList<>();
    private OrderSearch.@Nullable Found best;
    private long bound;
    private boolean ranOut;

    Incumbents(double seconds, Consumer<SearchEvent> listener) {
        this.seconds = seconds;
        this.listener = listener;
    }

    synchronized void offer(OrderSearch.Found found, String source) {
        OrderSearch.Found before = best;
        if (before != null && found.score().compareTo(before.score()) >= 0) {
            return;
        }
        best = found;
        if (found.score().unplaced() == 0
                && (before == null
                        || before.score().unplaced() > 0
                        || before.score().makespan() != found.score().makespan())) {
            note(new SearchEvent.Incumbent(elapsed(), found.score().makespan(), source));
        }
    }

    synchronized void raise(long proved, String source) {
        if (proved > bound) {
            bound = proved;
            note(new SearchEvent.Bound(elapsed(), proved, source));
        }
    }

    private void note(SearchEvent event) {
        history.add(event);
        listener.accept(event);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Whether the effort is used up; asked by engines that would go on otherwise. */
    synchronized boolean isOver() {
        if (remainingSeconds() <= 0) {
            ranOut = true;
        }
        return ranOut;
    }

    /** Whether an engine was ended by the clock. */
    synchronized boolean ranOut() {
        return ranOut;
    }

    double remainingSeconds() {
        return seconds - (System.nanoTime() - startNanos) / 1e9;
    }

    /** The best plan. @throws IllegalStateException before the first */
    synchronized OrderSearch.Found best() {
        OrderSearch.Found found = best;
        if (found == null) {
            throw new IllegalStateException("A search ended without a plan");
        }
        return found;
    }

    synchronized long bound() {
        return bound;
    }

    synchronized List<SearchEvent> history() {
        return List.copyOf(history);
    }
}
