package org.voltwin.doe.schedule.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Finds a cycle among numbered things. */
public final class Cycle {
    private Cycle() {}

    /** A cycle, its first member again at the end; empty when there is none. */
    public static List<Integer> find(int count, IntFunction<? extends List<Integer>> successors) {
        // Strip what nothing leads to until only cycles and what follows them are left; then walk backwards.
        int[] leadTo = new int[count];
        for (int i = 0; i < count; i++) {
            successors.apply(i).forEach(next -> leadTo[next]++);
        }
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (leadTo[i] == 0) {
                free.add(i);
            }
        }
        for (int k = 0; k < free.size(); k++) {
            for (int next : successors.apply(free.get(k))) {
                if (--leadTo[next] == 0) {
                    free.add(next);
                }
            }
        }
        if (free.size() == count) {
            return List.of();
        }
        int[] from = new int[count];
        Arrays.fill(from, -1);
        int at = -1;
        for (int i = 0; i < count; i++) {
            if (leadTo[i] > 0) {
                at = i;
                for (int next : successors.apply(i)) {
                    from[next] = i;
                }
            }
        }
        boolean[] seen = new boolean[count];
        while (!seen[at]) {
            seen[at] = true;
            at = from[at];
        }
        List<Integer> cycle = new ArrayList<>(List.of(at));
        for (int i = from[at]; i != at; i = from[i]) {
            cycle.addFirst(i);
        }
        cycle.addFirst(at);
        return cycle;
    }
}
