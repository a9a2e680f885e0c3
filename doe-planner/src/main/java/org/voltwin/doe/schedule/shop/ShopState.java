package org.voltwin.doe.schedule.shop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A shop with every operation on a machine and every machine's operations in an order: what the tabu search changes.
 * Operations are numbered through all jobs; -1 is none.
 */
final class ShopState {
    final int count;
    final int machines;
    final int[] jobBefore;
    final int[] jobAfter;
    final int[][] choiceMachine;
    final int[][] choiceDuration;

    final int[] machine;
    final int[] duration;
    final int[] before;
    final int[] after;
    final int[] first;
    final int[] order;
    final int[] head;
    final int[] tail;
    int makespan;

    private final FlexibleShop shop;
    private final int[] waiting;

    ShopState(FlexibleShop shop) {
        this.shop = shop;
        count = shop.operations();
        machines = shop.machines();
        jobBefore = new int[count];
        jobAfter = new int[count];
        choiceMachine = new int[count][];
        choiceDuration = new int[count][];
        machine = new int[count];
        duration = new int[count];
        before = new int[count];
        after = new int[count];
        first = new int[machines];
        order = new int[count];
        head = new int[count];
        tail = new int[count];
        waiting = new int[count];
        int n = 0;
        for (List<FlexibleShop.Operation> job : shop.jobs()) {
            for (int i = 0; i < job.size(); i++, n++) {
                jobBefore[n] = i == 0 ? -1 : n - 1;
                jobAfter[n] = i == job.size() - 1 ? -1 : n + 1;
                List<FlexibleShop.Choice> choices = job.get(i).choices();
                choiceMachine[n] =
                        choices.stream().mapToInt(FlexibleShop.Choice::machine).toArray();
                choiceDuration[n] =
                        choices.stream().mapToInt(FlexibleShop.Choice::duration).toArray();
            }
        }
    }

    /** Builds a plan from nothing: the job with most work left goes first, on the machine that ends it first. */
    void construct(Random random) {
        Arrays.fill(first, -1);
        int[] last = new int[machines];
        Arrays.fill(last, -1);
        int[] machineFree = new int[machines];
        int[] next = new int[shop.jobs().size()];
        int[] jobFree = new int[next.length];
        double[] left = new double[next.length];
        int[] start = new int[next.length];
        for (int j = 0, n = 0; j < next.length; n += shop.jobs().get(j).size(), j++) {
            start[j] = n;
            for (int i = 0; i < shop.jobs().get(j).size(); i++) {
                left[j] += Arrays.stream(choiceDuration[n + i]).average().orElse(0);
            }
            left[j] *= 0.8 + 0.4 * random.nextDouble();
        }
        for (int placed = 0; placed < count; placed++) {
            int job = -1;
            for (int j = 0; j < next.length; j++) {
                if (next[j] < shop.jobs().get(j).size() && (job < 0 || left[j] > left[job])) {
                    job = j;
                }
            }
            int v = start[job] + next[job]++;
            int best = 0;
            int bestEnd = Integer.MAX_VALUE;
            for (int c = 0; c < choiceMachine[v].length; c++) {
                int end = Math.max(jobFree[job], machineFree[choiceMachine[v][c]]) + choiceDuration[v][c];
                if (end < bestEnd) {
                    best = c;
                    bestEnd = end;
                }
            }
            int m = choiceMachine[v][best];
            link(v, m, choiceDuration[v][best], last[m]);
            last[m] = v;
            machineFree[m] = bestEnd;
            jobFree[job] = bestEnd;
            left[job] -= Arrays.stream(choiceDuration[v]).average().orElse(0);
        }
        evaluate();
    }

    /** Puts v on a machine behind {@code behind} (-1: in front of all). It must not be on any. */
    void link(int v, int m, int takes, int behind) {
        machine[v] = m;
        duration[v] = takes;
        before[v] = behind;
        after[v] = behind < 0 ? first[m] : after[behind];
        if (behind < 0) {
            first[m] = v;
        } else {
            after[behind] = v;
        }
        if (after[v] >= 0) {
            before[after[v]] = v;
        }
    }

    void unlink(int v) {
        if (before[v] < 0) {
            first[machine[v]] = after[v];
        } else {
            after[before[v]] = after[v];
        }
        if (after[v] >= 0) {
            before[after[v]] = before[v];
        }
    }

    /** Order, heads (earliest starts), tails (work after the end) and makespan. */
    void evaluate() {
        int filled = 0;
        for (int v = 0; v < count; v++) {
            waiting[v] = (jobBefore[v] >= 0 ? 1 : 0) + (before[v] >= 0 ? 1 : 0);
            if (waiting[v] == 0) {
                order[filled++] = v;
            }
        }
        makespan = 0;
        for (int i = 0; i < filled; i++) {
            int v = order[i];
            int h = jobBefore[v] < 0 ? 0 : head[jobBefore[v]] + duration[jobBefore[v]];
            if (before[v] >= 0) {
                h = Math.max(h, head[before[v]] + duration[before[v]]);
            }
            head[v] = h;
            makespan = Math.max(makespan, h + duration[v]);
            if (jobAfter[v] >= 0 && --waiting[jobAfter[v]] == 0) {
                order[filled++] = jobAfter[v];
            }
            if (after[v] >= 0 && --waiting[after[v]] == 0) {
                order[filled++] = after[v];
            }
        }
        if (filled < count) {
            throw new IllegalStateException("The machines' orders contradict the jobs': a fault of the search");
        }
        for (int i = count - 1; i >= 0; i--) {
            int v = order[i];
            int t = jobAfter[v] < 0 ? 0 : tail[jobAfter[v]] + duration[jobAfter[v]];
            if (after[v] >= 0) {
                t = Math.max(t, tail[after[v]] + duration[after[v]]);
            }
            tail[v] = t;
        }
    }

    /** A copy of what defines the plan: machine, duration, and the one before on the machine. */
    int[][] memory() {
        return new int[][] {machine.clone(), duration.clone(), before.clone(), after.clone(), first.clone()};
    }

    void recall(int[][] memory) {
        System.arraycopy(memory[0], 0, machine, 0, count);
        System.arraycopy(memory[1], 0, duration, 0, count);
        System.arraycopy(memory[2], 0, before, 0, count);
        System.arraycopy(memory[3], 0, after, 0, count);
        System.arraycopy(memory[4], 0, first, 0, machines);
        evaluate();
    }

    ShopPlan plan() {
        List<List<ShopPlan.Place>> jobs = new ArrayList<>();
        int v = 0;
        for (List<FlexibleShop.Operation> job : shop.jobs()) {
            List<ShopPlan.Place> places = new ArrayList<>();
            for (int i = 0; i < job.size(); i++, v++) {
                places.add(new ShopPlan.Place(machine[v], head[v], head[v] + duration[v]));
            }
            jobs.add(places);
        }
        return new ShopPlan(jobs);
    }
}
