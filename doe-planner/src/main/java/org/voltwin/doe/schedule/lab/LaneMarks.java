package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the lanes were now and then while they were given times, so that changed lanes go on from the last one before. */
final class LaneMarks {
    /** Minutes between marks. */
    private static final int APART = 240;

    private final Supplier<LaneState> fresh;
    private final List<LaneState> marks = new ArrayList<>();
    private int[] minutes = new int[64];
    private double[] costs = new double[64];
    private int count;
    private int next;

    LaneMarks(Supplier<LaneState> fresh) {
        this.fresh = fresh;
    }

    /** Forgets all. */
    void clear() {
        count = 0;
    }

    /** Goes on with changed lanes: keeps the first so many, which are before the change. */
    void keep(int number, LaneChange change) {
        count = number;
        for (int i = 0; i < number; i++) {
            marks.get(i).take(change);
            costs[i] = marks.get(i).cost.value();
        }
    }

    /** From a minute on marks are set; none until then. */
    void from(int minute) {
        next = minute;
    }

    /** Before what happens at a minute. */
    void pass(int minute, LaneState state) {
        if (minute < next) {
            return;
        }
        if (count == marks.size()) {
            marks.add(fresh.get());
        }
        if (count == minutes.length) {
            minutes = Arrays.copyOf(minutes, 2 * count);
            costs = Arrays.copyOf(costs, 2 * count);
        }
        minutes[count] = minute;
        costs[count] = state.cost.value();
        marks.get(count++).copyFrom(state);
        next = minute + APART;
    }

    /** The number of marks before a change. */
    int before(LaneChange change) {
        int from = 0;
        int to = count;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (marks.get(middle).isBefore(change)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    int minute(int mark) {
        return minutes[mark];
    }

    /** What the lanes cost as far as was known at a mark. */
    double cost(int mark) {
        return costs[mark];
    }

    @Nullable LaneState last(int number) {
        return number == 0 ? null : marks.get(number - 1);
    }
}
