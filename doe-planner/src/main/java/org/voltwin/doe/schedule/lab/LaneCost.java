package org.voltwin.doe.schedule.lab;

import java.util.Arrays;

/**
 * What lanes cost, lateness aside, while they are given times: it only grows, so that a plan can be given up as soon as it
 * costs too much. Makespan alone leads nowhere, because most changes leave it as it is; so each channel also pays for its
 * end, and for what it does after a goal. Where the goal is the end of a shift only work counts after it: with the waiting
 * for the next shift nothing would show whether a channel misses the goal by minutes or by a day.
 */
final class LaneCost {
    /** How much the makespan counts before a night: less, because there it jumps. */
    private static final double BEFORE_NIGHT = 0.1;

    private final boolean[] staffed;
    private final double share;
    private final int[] endsAt;
    private final int[] afterGoal;
    private int goal;
    private boolean beforeNight;
    private double limit;
    private double ends;
    private double over;
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

    /** What to end by, in minutes, and whether nobody is on shift from there on. */
    void aimAt(int end, boolean night) {
        goal = end;
        beforeNight = night;
    }

    /** Starts again; nobody wants to know costs above {@code most}. */
    void reset(double most) {
        limit = most;
        ends = 0;
        over = 0;
        last = 0;
        Arrays.fill(endsAt, 0);
        Arrays.fill(afterGoal, 0);
    }

    /** From a minute on, a channel has so many minutes of work left. */
    void has(int channel, int from, int left) {
        int end = from + left;
        int before = endsAt[channel];
        if (end <= before) {
            return;
        }
        endsAt[channel] = end;
        last = Math.max(last, end);
        if (staffed[channel]) {
            ends += share * (end - before);
            int after = (beforeNight ? Math.min(from, goal) : from) + left - goal;
            if (after > afterGoal[channel]) {
                over += after - afterGoal[channel];
                afterGoal[channel] = after;
            }
        }
    }

    double value() {
        return (beforeNight ? BEFORE_NIGHT : 1) * last + over + ends;
    }

    boolean isTooMuch() {
        return value() > limit;
    }
}
