package org.voltwin.doe.schedule.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The state of a search that all engines share: the best plan at any time, the best bound, and where each came from.
 * Engines offer plans and bounds; every plan passes the validator before it counts. Thread-safe.
 */
public final class Progress<P> {
    private final Function<P, List<String>> rules;
    private final ToLongFunction<P> objective;
    private final Consumer<SearchEvent> listener;
    private final long startNanos = System.nanoTime();
    private final long effortNanos;
    private final List<SearchEvent> history = new ArrayList<>();
    private @Nullable P best;
    private long bestValue = Long.MAX_VALUE;
    private long bound = Long.MIN_VALUE;

    /**
     * @param rules what a plan breaks, in words; empty when it may leave
     * @param objective a plan's value, smaller is better
     * @param listener told of each incumbent and bound, in order
     */
    public Progress(
            Function<P, List<String>> rules,
            ToLongFunction<P> objective,
            Duration effort,
            Consumer<SearchEvent> listener) {
        this.rules = rules;
        this.objective = objective;
        this.listener = listener;
        this.effortNanos = effort.toNanos();
    }

    /**
     * Offers a plan; ignored when it is not better than the best.
     *
     * @throws IllegalStateException when it breaks a rule: a fault of the engine, never of the problem
     */
    public synchronized void offer(P plan, String source) {
        long value = objective.applyAsLong(plan);
        if (value >= bestValue) {
            return;
        }
        List<String> broken = rules.apply(plan);
        if (!broken.isEmpty()) {
            throw new IllegalStateException("A plan by " + source + " breaks rules: " + String.join("; ", broken));
        }
        best = plan;
        bestValue = value;
        note(new SearchEvent.Incumbent(elapsed(), value, source));
    }

    /** Offers a proved bound; ignored when it is not better than the best. */
    public synchronized void raise(long proved, String source) {
        if (proved > bound) {
            bound = proved;
            note(new SearchEvent.Bound(elapsed(), proved, source));
        }
    }

    private void note(SearchEvent event) {
        history.add(event);
        listener.accept(event);
    }

    public synchronized boolean isProved() {
        return best != null && bestValue <= bound;
    }

    /** Whether there is nothing left to do: proved, or the effort is used up. */
    public boolean isOver() {
        return isProved() || remainingSeconds() <= 0;
    }

    public double remainingSeconds() {
        return (effortNanos - (System.nanoTime() - startNanos)) / 1e9;
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    public synchronized long bound() {
        return bound;
    }

    /** The best plan's value. */
    public synchronized long value() {
        return bestValue;
    }

    /** The best plan. @throws IllegalStateException before the first */
    public synchronized P best() {
        P plan = best;
        if (plan == null) {
            throw new IllegalStateException("No plan has been offered yet");
        }
        return plan;
    }

    public synchronized SearchResult<P> result() {
        return new SearchResult<>(best(), bestValue, bound, history);
    }
}
