package org.voltwin.doe.schedule.shop;

import java.util.Random;
import org.voltwin.doe.schedule.engine.Progress;

/**
 * Tabu search with the neighbourhood Nopt of Mastrolilli and Gambardella, "Effective neighbourhood functions for the
 * flexible job shop problem", Journal of Scheduling 3 (2000): a critical operation is taken out and put back on any of
 * its machines, only where no cycle arises and no better place exists. With the operation out, heads and tails are
 * computed anew, so a move's makespan is exact.
 */
final class TabuSearch {
    static final String NAME = "tabu search";
    private static final int RESTART_AFTER = 3000;

    private final ShopState state;
    private final Random random;
    private final long[][] forbiddenUntil;
    private final int[] head;
    private final int[] tail;
    private int restGoal;

    /** A move: the operation, its machine (as the index of the choice), behind which operation, and what it gives. */
    private int moveOperation;

    private int moveChoice;
    private int moveBehind;
    private long moveValue;
    private int ties;

    TabuSearch(FlexibleShop shop, long seed) {
        state = new ShopState(shop);
        random = new Random(seed);
        forbiddenUntil = new long[state.count][state.machines];
        head = new int[state.count];
        tail = new int[state.count];
    }

    /** Runs until an iteration count, a share of the effort, or a proof ends it. */
    void run(Progress<ShopPlan> progress, long iterations, double untilRemainingSeconds) {
        state.construct(random);
        progress.offer(state.plan(), "dispatching");
        int best = state.makespan;
        int[][] bestMemory = state.memory();
        long unimproved = 0;
        for (long i = 1; i <= iterations; i++) {
            if ((i & 15) == 0 && (progress.isOver() || progress.remainingSeconds() < untilRemainingSeconds)) {
                return;
            }
            step(i, best);
            if (state.makespan < best) {
                best = state.makespan;
                bestMemory = state.memory();
                unimproved = 0;
                if (best < progress.value()) {
                    progress.offer(state.plan(), NAME);
                }
            } else if (++unimproved % RESTART_AFTER == 0) {
                restart(bestMemory, i);
            }
        }
    }

    /** Back to the best plan, then some operations anywhere they may go: the search leaves by another way. */
    private void restart(int[][] memory, long iteration) {
        state.recall(memory);
        int kicks = 3 + random.nextInt(Math.max(3, state.count / 10));
        for (int k = 0; k < kicks; k++) {
            int v = random.nextInt(state.count);
            beginMoves();
            examine(v, iteration, Integer.MIN_VALUE, true);
            if (moveOperation >= 0) {
                apply(iteration, 1);
            }
        }
    }

    private void step(long iteration, int best) {
        beginMoves();
        int critical = 0;
        for (int v = 0; v < state.count; v++) {
            if (state.head[v] + state.duration[v] + state.tail[v] == state.makespan) {
                critical++;
                examine(v, iteration, best, false);
            }
        }
        if (moveOperation < 0) {
            int v;
            do {
                v = random.nextInt(state.count);
            } while (state.head[v] + state.duration[v] + state.tail[v] != state.makespan);
            examine(v, iteration, best, true);
        }
        if (moveOperation >= 0) {
            apply(iteration, critical);
        }
    }

    private void beginMoves() {
        moveOperation = -1;
        moveValue = Long.MAX_VALUE;
        ties = 0;
    }

    private void apply(long iteration, int critical) {
        int v = moveOperation;
        int tenure = 8 + Math.min(critical, 40) / 2 + state.choiceMachine[v].length + random.nextInt(6);
        forbiddenUntil[v][state.machine[v]] = iteration + tenure;
        state.unlink(v);
        state.link(v, state.choiceMachine[v][moveChoice], state.choiceDuration[v][moveChoice], moveBehind);
        state.evaluate();
    }

    /** Looks at every place for v; keeps the best move so far. {@code anyway}: a random place, tabu or not. */
    private void examine(int v, long iteration, int best, boolean anyway) {
        withoutOperation(v);
        for (int c = 0; c < state.choiceMachine[v].length; c++) {
            int m = state.choiceMachine[v][c];
            boolean tabu = forbiddenUntil[v][m] > iteration;
            int takes = state.choiceDuration[v][c];
            // Operations that must stay before v: long tail, early end. Those that must stay behind: late end, short
            // tail.
            int lastBefore = -1;
            for (int x = state.first[m]; x >= 0; x = state.after[x]) {
                if (x != v && tail[x] + state.duration[x] > tail[v] && head[x] + state.duration[x] <= head[v]) {
                    lastBefore = x;
                }
            }
            int behind = lastBefore;
            int x = behind < 0 ? state.first[m] : state.after[behind];
            while (true) {
                if (x == v) {
                    x = state.after[x];
                }
                boolean samePlace = m == state.machine[v] && behind == state.before[v];
                if (!samePlace) {
                    consider(v, c, takes, behind, x, tabu, best, anyway);
                }
                if (x < 0 || (head[x] + state.duration[x] > head[v] && tail[x] + state.duration[x] <= tail[v])) {
                    break;
                }
                behind = x;
                x = state.after[x];
            }
        }
    }

    private void consider(int v, int choice, int takes, int behind, int next, boolean tabu, int best, boolean anyway) {
        int h = behind < 0 ? head[v] : Math.max(head[v], head[behind] + state.duration[behind]);
        int t = next < 0 ? tail[v] : Math.max(tail[v], tail[next] + state.duration[next]);
        int through = h + takes + t;
        int makespan = Math.max(through, restGoal);
        if (tabu && !anyway && makespan >= best) {
            return;
        }
        long value = anyway ? 0 : (long) makespan << 32 | through;
        if (value < moveValue) {
            ties = 1;
        } else if (value == moveValue) {
            ties++;
            if (random.nextInt(ties) != 0) {
                return;
            }
        } else {
            return;
        }
        moveValue = value;
        moveOperation = v;
        moveChoice = choice;
        moveBehind = behind;
    }

    /** Heads and tails with v taking no time and on no machine; the order found for the whole plan still holds. */
    private void withoutOperation(int v) {
        restGoal = 0;
        for (int x : state.order) {
            int b = x == v ? -1 : state.before[x] == v ? state.before[v] : state.before[x];
            int j = state.jobBefore[x];
            int h = j < 0 ? 0 : head[j] + (j == v ? 0 : state.duration[j]);
            if (b >= 0) {
                h = Math.max(h, head[b] + state.duration[b]);
            }
            head[x] = h;
            restGoal = Math.max(restGoal, h + (x == v ? 0 : state.duration[x]));
        }
        for (int i = state.count - 1; i >= 0; i--) {
            int x = state.order[i];
            int a = x == v ? -1 : state.after[x] == v ? state.after[v] : state.after[x];
            int j = state.jobAfter[x];
            int t = j < 0 ? 0 : tail[j] + (j == v ? 0 : state.duration[j]);
            if (a >= 0) {
                t = Math.max(t, tail[a] + state.duration[a]);
            }
            tail[x] = t;
        }
    }
}
