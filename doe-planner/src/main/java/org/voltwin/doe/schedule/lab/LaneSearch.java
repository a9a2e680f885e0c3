package org.voltwin.doe.schedule.lab;

import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Simulated annealing over lanes. Looks at more than a hundred thousand plans per second of a core, where dispatching with
 * choices looks at hundreds.
 */
final class LaneSearch {
    static final String NAME = "annealed lanes";

    /** Minutes of cost that are accepted at the start and at the end. */
    private static final double HOT = 40;

    private static final double COLD = 0.5;

    /** What a test without a place costs. */
    private static final double WITHOUT = 1e9;

    /** Of so many changes that are accepted one looks anew for what the makespan hangs on. */
    private static final int FRESH = 200;

    /** How often the clock is asked. */
    private static final int STEPS_PER_LOOK = 256;

    private final Laboratory lab;
    private final Decoder decoder;
    private final LaneMoves moves;
    private final LaneTimes times;
    private final Random random;

    private int[] critical = {};
    private double current;
    private int accepted;
    private @Nullable Score best;

    /** {@code changeShare}: one of so many tests that move elsewhere may give a chamber one more temperature. */
    LaneSearch(Laboratory lab, Decoder decoder, @Nullable Place[] start, int changeShare, long seed) {
        this.lab = lab;
        this.decoder = decoder;
        LaneFacts facts = new LaneFacts(lab, decoder);
        Lanes lanes = Lanes.of(lab, start);
        random = new Random(seed);
        times = new LaneTimes(facts, lanes);
        moves = new LaneMoves(facts, lanes, changeShare, random);
    }

    /** Begins with the first two temperatures of a chamber in the other order; false when it does not change. */
    boolean turn(int chamber) {
        return moves.turn(chamber);
    }

    /** Whether this one has come further. */
    boolean isAheadOf(LaneSearch other) {
        if (best == null || other.best == null) {
            return best != null;
        }
        int byScore = best.compareTo(other.best);
        boolean same = best.lateness() == other.best.lateness() && best.makespan() == other.best.makespan();
        return same ? current < other.current : byScore < 0;
    }

    /**
     * Searches; may be called again to go on.
     *
     * @param bound no plan is shorter
     * @param far how far the search is, 0 to 1, asked now and then with the steps so far; it ends at 1
     * @param listener told of each plan that is better than all before
     */
    void run(long bound, LongToDoubleFunction far, Consumer<OrderSearch.Found> listener) {
        times.aimAt((int) bound, best == null ? Long.MAX_VALUE : best.makespan());
        int without = times.give();
        current = WITHOUT * without + times.cost().value();
        if (without == 0 && isBetter()) {
            tell((int) bound, listener);
        }
        double heat = HOT;
        for (long step = 0; moves.isAny(); step++) {
            if (step % STEPS_PER_LOOK == 0) {
                double now = far.applyAsDouble(step);
                boolean isBest = best != null && best.lateness() == 0 && best.makespan() <= bound;
                if (now >= 1 || isBest) {
                    return;
                }
                heat = HOT * Math.pow(COLD / HOT, now);
            }
            if (moves.change(critical)) {
                attempt(current - heat * Math.log(1 - random.nextDouble()), (int) bound, listener);
            }
        }
    }

    /** Takes the changed lanes when they cost no more than {@code most}. */
    private void attempt(double most, int bound, Consumer<OrderSearch.Found> listener) {
        int without = times.attempt(moves.change, most);
        double next = WITHOUT * without + times.cost().value();
        if (next > most) {
            moves.change.takeBack();
            return;
        }
        current = next;
        accepted++;
        if (without == 0 && isBetter()) {
            times.give();
            tell(bound, listener);
        } else if (without == 0 && accepted % FRESH == 0) {
            times.give();
            critical = times.critical();
        } else {
            times.accept(moves.change);
        }
    }

    private boolean isBetter() {
        LaneCost cost = times.cost();
        return best == null
                || cost.lateness() < best.lateness()
                || (cost.lateness() == best.lateness() && cost.last() < best.makespan());
    }

    private void tell(int bound, Consumer<OrderSearch.Found> listener) {
        OrderSearch.Found found = OrderSearch.Found.of(lab, decoder, times.places(), false);
        best = found.score();
        critical = times.critical();
        listener.accept(found);
        if (times.aimAt(bound, found.score().makespan())) {
            times.give();
            current = times.cost().value();
        }
    }
}
