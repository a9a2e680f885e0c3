package org.voltwin.doe.schedule.shop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is known of a shop without searching: the least time before and after each operation, and simple bounds. */
final class ShopWindows {
    /** Per operation: shortest duration, least time before its start, least time after its end. */
    final int[] shortest;

    final int[] head;
    final int[] tail;

    ShopWindows(ShopState state) {
        shortest = new int[state.count];
        head = new int[state.count];
        tail = new int[state.count];
        for (int v = 0; v < state.count; v++) {
            shortest[v] = Arrays.stream(state.choiceDuration[v]).min().orElse(0);
            head[v] = state.jobBefore[v] < 0 ? 0 : head[state.jobBefore[v]] + shortest[state.jobBefore[v]];
        }
        for (int v = state.count - 1; v >= 0; v--) {
            tail[v] = state.jobAfter[v] < 0 ? 0 : tail[state.jobAfter[v]] + shortest[state.jobAfter[v]];
        }
    }

    /** The longest job, or the work that a set of machines must share, with what comes before and after it. */
    int bound(ShopState state) {
        int bound = 0;
        List<BitSet> able = new ArrayList<>();
        for (int v = 0; v < state.count; v++) {
            bound = Math.max(bound, head[v] + shortest[v] + tail[v]);
            BitSet set = new BitSet();
            for (int m : state.choiceMachine[v]) {
                set.set(m);
            }
            able.add(set);
        }
        BitSet all = new BitSet();
        all.set(0, state.machines);
        Set<BitSet> groups = new HashSet<>(able);
        groups.add(all);
        for (BitSet group : groups) {
            long work = 0;
            int before = Integer.MAX_VALUE;
            int after = Integer.MAX_VALUE;
            for (int v = 0; v < state.count; v++) {
                BitSet outside = (BitSet) able.get(v).clone();
                outside.andNot(group);
                if (outside.isEmpty()) {
                    work += shortest[v];
                    before = Math.min(before, head[v]);
                    after = Math.min(after, tail[v]);
                }
            }
            if (work > 0) {
                bound = Math.max(bound, (int) Math.ceilDiv(work, group.cardinality()) + before + after);
            }
        }
        return bound;
    }
}
