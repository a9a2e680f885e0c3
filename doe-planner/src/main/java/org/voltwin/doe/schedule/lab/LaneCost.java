package org.voltwin.doe.schedule.lab;

import java.util.Arrays;

/**
 * What lanes cost while they are given times: it only grows, so that a plan can be given up as soon as it costs too much.
 * Makespan alone leads nowhere, because most changes leave it as it is; so each channel also pays for its end, and for
 * what it does after a goal. Where the goal is the end of a shift only work counts after it: with the waiting for the next
 * shift nothing would show whether a channel misses the goal by minutes or by a day.
 */
final class LaneCost {
    /** A weighted minute of lateness costs so many of makespan: more than it could ever save. */
    private static final double LATENESS = 20;

    /** How much the makespan counts before a night: less, because there it jumps. */
    private static final double BEFORE_NIGHT = 0.1;

    private final boolean[] staffed;
    private final double share;
    private final int[] endsAt;

    /** Minutes of work after the goal; below 0 for those that are left before it. */
    private final int[] afterGoal;

    private int goal;
    private boolean beforeNight;
    private long ends;
    private long over;
    private long lateness;
    private int last;

    /** {@code staffed}: per channel whether technicians set it up; only these pay for their ends. */
    LaneCost(boolean[] staffed) {
        this.staffed = staffed;
        int count = 0;
        for (boolean is : staffed) {
            count += is ? 1 : 0;
        }
        share = 1.0 / Math.max(1, count);
        endsAt = new int[staffed.length];
        afterGoal = new int[staffed.length];
    }

    /** What to end by, in minutes, and whether nobody is on shift from there on; false when that was so before. */
    boolean aimAt(int end, boolean night) {
        boolean changes = end != goal || night != beforeNight;
        goal = end;
        beforeNight = night;
        return changes;
    }

    void reset() {
        ends = 0;
        over = 0;
        lateness = 0;
        last = 0;
        Arrays.fill(endsAt, 0);
        Arrays.fill(afterGoal, -goal);
    }

    void copyFrom(LaneCost other) {
        goal = other.goal;
        beforeNight = other.beforeNight;
        ends = other.ends;
        over = other.over;
        lateness = other.lateness;
        last = other.last;
        System.arraycopy(other.endsAt, 0, endsAt, 0, endsAt.length);
        System.arraycopy(other.afterGoal, 0, afterGoal, 0, afterGoal.length);
    }

    /** From a minute on, a channel has so many minutes of work left. */
    void has(int channel, int from, int left) {
        int more = from + left - endsAt[channel];
        if (more <= 0) {
            return;
        }
        endsAt[channel] += more;
        last = Math.max(last, endsAt[channel]);
        if (staffed[channel]) {
            ends += more;
            int after = (beforeNight ? Math.min(from, goal) : from) + left - goal;
            if (after > afterGoal[channel]) {
                over += Math.max(0, after) - Math.max(0, afterGoal[channel]);
                afterGoal[channel] = after;
            }
        }
    }

    /** A channel has had so many minutes of work more (or less) in its lane all the time. */
    void shift(int channel, int more) {
        endsAt[channel] += more;
        last = 0;
        for (int end : endsAt) {
            last = Math.max(last, end);
        }
        if (staffed[channel]) {
            ends += more;
            over += Math.max(0, afterGoal[channel] + more) - Math.max(0, afterGoal[channel]);
            afterGoal[channel] += more;
        }
    }

    /** A test of some weight ends so many minutes after it was due. */
    void late(int weight, int minutes) {
        lateness += (long) weight * minutes;
    }

    /** In minutes times weight. */
    long lateness() {
        return lateness;
    }

    /** When the last channel ends, or later. */
    int last() {
        return last;
    }

    double value() {
        return LATENESS * lateness + (beforeNight ? BEFORE_NIGHT : 1) * last + over + share * ends;
    }
}
