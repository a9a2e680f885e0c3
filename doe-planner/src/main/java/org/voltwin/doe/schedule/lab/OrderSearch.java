package org.voltwin.doe.schedule.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Late acceptance (Burke and Bykov, "The late acceptance hill-climbing heuristic", EJOR 258 (2017)) over orders of tests,
 * which tests keep their place and which wait for their preferred start.
 */
final class OrderSearch {
    private static final int MEMORY = 40;

    /** So many steps without a better plan end the search: few tests need not use up the effort. */
    private static final int UNIMPROVED_STEPS = 3000;

    /** A plan and its score. */
    record Found(@Nullable Place[] places, Score score) {
        static Found of(Laboratory lab, Decoder decoder, @Nullable Place[] places, boolean fewMoves) {
            return new Found(places, Score.of(lab, decoder, places, fewMoves));
        }
    }

    private final Laboratory lab;
    private final Decoder decoder;
    private final boolean fewMoves;
    private final Random random;

    OrderSearch(Laboratory lab, Decoder decoder, boolean fewMoves, long seed) {
        this.lab = lab;
        this.decoder = decoder;
        this.fewMoves = fewMoves;
        random = new Random(seed);
    }

    private Found decoded(int[] order, boolean[] keep, boolean[] atPreferred) {
        return Found.of(lab, decoder, decoder.decode(order, keep, atPreferred), fewMoves);
    }

    /** The plan of an order; what a plan in force has stays. */
    Found decoded(int[] order) {
        boolean[] keep = new boolean[order.length];
        Arrays.fill(keep, true);
        return decoded(order, keep, new boolean[order.length]);
    }

    /** The order that gives the best plan. */
    int[] best(List<int[]> orders) {
        int[] best = orders.getFirst();
        Score score = null;
        for (int[] order : orders) {
            Score next = decoded(order).score();
            if (score == null || next.compareTo(score) < 0) {
                best = order;
                score = next;
            }
        }
        return best;
    }

    /**
     * Searches from an order.
     *
     * @param steps at most
     * @param isOver asked before each step
     * @param listener told of each better plan, the first one included
     */
    void run(int[] start, long steps, BooleanSupplier isOver, Consumer<Found> listener) {
        int count = start.length;
        int[] order = start.clone();
        boolean[] keep = new boolean[count];
        Arrays.fill(keep, true);
        boolean[] atPreferred = new boolean[count];
        Found best = decoded(order, keep, atPreferred);
        listener.accept(best);
        Score current = best.score();
        Score[] late = new Score[MEMORY];
        Arrays.fill(late, current);
        long improved = 0;
        for (long step = 0;
                step < steps && step - improved < UNIMPROVED_STEPS && count > 1 && !isOver.getAsBoolean();
                step++) {
            int[] nextOrder = order.clone();
            boolean[] nextKeep = keep.clone();
            boolean[] nextPreferred = atPreferred.clone();
            change(nextOrder, nextKeep, nextPreferred);
            Found found = decoded(nextOrder, nextKeep, nextPreferred);
            int slot = (int) (step % MEMORY);
            if (found.score().compareTo(current) <= 0 || found.score().compareTo(late[slot]) <= 0) {
                order = nextOrder;
                keep = nextKeep;
                atPreferred = nextPreferred;
                current = found.score();
                if (current.compareTo(best.score()) < 0) {
                    best = found;
                    improved = step;
                    listener.accept(best);
                }
            }
            late[slot] = current;
        }
    }

    private void change(int[] order, boolean[] keep, boolean[] atPreferred) {
        int count = order.length;
        int a = random.nextInt(count);
        int b = random.nextInt(count);
        switch (random.nextInt(8)) {
            case 0 -> atPreferred[a] = !atPreferred[a];
            case 1 -> {
                if (decoder.inForce(a) == null) {
                    swap(order, a, b);
                } else {
                    keep[a] = !keep[a];
                }
            }
            case 2, 3, 4 -> {
                int moved = order[a];
                if (a < b) {
                    System.arraycopy(order, a + 1, order, a, b - a);
                } else {
                    System.arraycopy(order, b, order, b + 1, a - b);
                }
                order[b] = moved;
            }
            default -> swap(order, a, b);
        }
    }

    private static void swap(int[] order, int a, int b) {
        int kept = order[a];
        order[a] = order[b];
        order[b] = kept;
    }
}
