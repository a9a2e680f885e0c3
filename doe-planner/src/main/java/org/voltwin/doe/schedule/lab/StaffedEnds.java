package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * How many minutes a number of channels can be taken until some end when technicians do nothing but the first set-up and
 * the last tear-down of each: no plan takes them for longer, because each channel is taken from a set-up to a tear-down.
 */
final class StaffedEnds {
    private final Laboratory lab;
    private final BitSet group;
    private final int channels;
    private final int tearDown;

    /** The earliest starts of so many set-ups, in order. */
    private final long[] starts;

    /** {@code setUp} and {@code tearDown}: the shortest of all tests, in minutes. */
    StaffedEnds(Laboratory lab, BitSet group, int setUp, int tearDown) {
        this.lab = lab;
        this.group = group;
        channels = group.cardinality();
        this.tearDown = tearDown;
        List<Integer> all = new ArrayList<>();
        for (BitSet away : lab.away) {
            int at = 0;
            for (int i = 0; i < channels; i++) {
                at = lab.time.firstClear(away, at, setUp);
                if (at >= lab.time.horizon) {
                    break;
                }
                all.add(at);
                at += setUp;
            }
        }
        Collections.sort(all);
        starts = all.stream().limit(channels).mapToLong(Integer::longValue).toArray();
    }

    /** The earliest end until which so many minutes fit; 0 when they never do, which other rules tell. */
    long earliestEnd(long work) {
        int low = 0;
        int high = lab.time.horizon;
        if (minutes(high) < work) {
            return 0;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (minutes(middle) >= work) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private long closed(int from, int to) {
        return from >= to
                ? 0
                : group.stream()
                        .mapToLong(c -> lab.closedChannels.get(c).get(from, to).cardinality())
                        .sum();
    }

    private long minutes(int end) {
        List<Integer> ends = new ArrayList<>();
        for (BitSet away : lab.away) {
            int at = end;
            for (int i = 0; i < channels && at >= tearDown; i++) {
                int blocked = away.previousSetBit(at - 1);
                while (blocked >= at - tearDown && blocked >= 0) {
                    at = away.previousClearBit(blocked) + 1;
                    blocked = at < tearDown ? -1 : away.previousSetBit(at - 1);
                }
                if (at < tearDown) {
                    break;
                }
                ends.add(at);
                at -= tearDown;
            }
        }
        long[] last = ends.stream().mapToLong(Integer::longValue).sorted().toArray();
        long most = 0;
        long taken = 0;
        int used = Math.min(starts.length, last.length);
        // A closure costs what lies between all first set-ups and all last tear-downs; the rest may be idle anyway.
        long lost = used < channels ? 0 : closed((int) starts[used - 1], (int) last[last.length - used]);
        for (int k = 0; k < Math.min(starts.length, last.length); k++) {
            taken += last[last.length - 1 - k] - starts[k];
            most = Math.max(most, taken - (k + 1 == channels ? lost : 0));
        }
        return most;
    }
}
