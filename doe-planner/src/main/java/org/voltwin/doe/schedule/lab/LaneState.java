package org.voltwin.doe.schedule.lab;

import java.util.Arrays;

/** How far the times of lanes are at some minute: all that times later on depend on, so that they can go on from here. */
final class LaneState {
    /** Of {@link #asks}: a channel that asks for nothing. */
    static final int NEVER = Integer.MAX_VALUE;

    private final LaneFacts facts;

    /**
     * What each channel waits to do next: the minute, times the number of channels, plus its own number. The smallest
     * one is who comes next.
     */
    final int[] asks;

    /** Whether that is a tear-down. */
    final boolean[] tearsDown;

    /** The place in its lane of each channel's test that is next or has begun. */
    final int[] position;

    /** When each channel can be set up next, or torn down. */
    final int[] channelFree;

    /** When the set-up of each channel's test began. */
    final int[] takenSince;

    /** Minutes of work that each channel has left. */
    final int[] left;

    /** Per chamber. */
    final int[] phase;

    final int[] phaseReady;

    /** When the last run of its phase ends, as far as is known. */
    final int[] lastEnd;

    /** Tests of each chamber's phases that have not begun. */
    final int[][] waiting;

    /** When each technician is free. */
    final int[] freeAt;

    /** When tests that others come after were torn down, by {@link LaneFacts#precedence}; -1 while they are not. */
    final int[] done;

    final LaneCost cost;

    LaneState(LaneFacts facts, int[][] phases) {
        this.facts = facts;
        asks = new int[facts.channels];
        tearsDown = new boolean[facts.channels];
        position = new int[facts.channels];
        channelFree = new int[facts.channels];
        takenSince = new int[facts.channels];
        left = new int[facts.channels];
        phase = new int[facts.chambers];
        phaseReady = new int[facts.chambers];
        lastEnd = new int[facts.chambers];
        waiting = new int[facts.chambers][];
        Arrays.setAll(waiting, h -> new int[phases[h].length]);
        freeAt = new int[facts.lab.away.size()];
        done = new int[facts.precedences];
        cost = new LaneCost(facts.staffed);
    }

    /** Nothing has begun. */
    void begin(Lanes lanes) {
        Arrays.fill(asks, NEVER);
        Arrays.fill(tearsDown, false);
        Arrays.fill(position, 0);
        Arrays.fill(channelFree, 0);
        Arrays.fill(phase, -1);
        Arrays.fill(lastEnd, 0);
        Arrays.fill(freeAt, 0);
        Arrays.fill(done, -1);
        for (int h = 0; h < waiting.length; h++) {
            System.arraycopy(lanes.sizes[h], 0, waiting[h], 0, waiting[h].length);
        }
        cost.reset();
        for (int c = 0; c < left.length; c++) {
            left[c] = 0;
            for (int i = 0; i < lanes.length[c]; i++) {
                left[c] += facts.work(lanes.lane[c][i], c);
            }
            cost.has(c, 0, left[c]);
        }
    }

    void copyFrom(LaneState other) {
        copy(other.asks, asks);
        System.arraycopy(other.tearsDown, 0, tearsDown, 0, tearsDown.length);
        copy(other.position, position);
        copy(other.channelFree, channelFree);
        copy(other.takenSince, takenSince);
        copy(other.left, left);
        copy(other.phase, phase);
        copy(other.phaseReady, phaseReady);
        copy(other.lastEnd, lastEnd);
        for (int h = 0; h < waiting.length; h++) {
            copy(other.waiting[h], waiting[h]);
        }
        copy(other.freeAt, freeAt);
        copy(other.done, done);
        cost.copyFrom(other.cost);
    }

    private static void copy(int[] from, int[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }

    /** Whether nothing that a change touches was looked at so far. */
    boolean isBefore(LaneChange change) {
        for (int i = 0; i < change.channels(); i++) {
            if (position[change.channel(i)] >= change.firstPosition(i)) {
                return false;
            }
        }
        for (int i = 0; i < change.phases(); i++) {
            int chamber = change.chamber(i);
            int changed = change.phase(i);
            // The phase would have ended earlier if nothing else had been waiting in it.
            boolean isOver = phase[chamber] > changed
                    || (phase[chamber] == changed && waiting[chamber][changed] + change.more(i) < 1);
            if (isOver && change.more(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Goes on with changed lanes; only where this is before the change. */
    void take(LaneChange change) {
        for (int i = 0; i < change.channels(); i++) {
            int channel = change.channel(i);
            left[channel] += change.moreWork(i);
            cost.shift(channel, change.moreWork(i));
        }
        for (int i = 0; i < change.phases(); i++) {
            waiting[change.chamber(i)][change.phase(i)] += change.more(i);
        }
    }

    /** Who comes next; {@link #NEVER} when nobody does. */
    int next() {
        // Two at a time: the next minimum need not wait for the one before.
        int even = NEVER;
        int odd = NEVER;
        int last = asks.length - 1;
        for (int c = 0; c < last; c += 2) {
            even = Math.min(even, asks[c]);
            odd = Math.min(odd, asks[c + 1]);
        }
        return Math.min(Math.min(even, odd), last < 0 ? NEVER : asks[last]);
    }
}
