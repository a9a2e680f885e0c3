package org.voltwin.doe.schedule.lab;

import java.util.Arrays;

/** Tests that were moved in lanes: what that touches, and the way back. */
final class LaneChange {
    private final LaneFacts facts;
    private final Lanes lanes;

    /** Per move: the test, and the channel, phase and position it had. */
    private int[][] moves = new int[8][4];

    private int count;
    private final int[] channels;
    private final int[] firstPosition;
    private final int[] moreWork;
    private int channelCount;
    private int[][] phases = new int[8][3];
    private int phaseCount;

    LaneChange(LaneFacts facts, Lanes lanes) {
        this.facts = facts;
        this.lanes = lanes;
        channels = new int[facts.channels];
        firstPosition = new int[facts.channels];
        moreWork = new int[facts.channels];
    }

    /** Begins another change. */
    void clear() {
        count = 0;
        channelCount = 0;
        phaseCount = 0;
    }

    void move(int test, int channel, int phase, int at) {
        if (count == moves.length) {
            moves = Arrays.copyOf(moves, 2 * count);
            for (int i = count; i < moves.length; i++) {
                moves[i] = new int[4];
            }
        }
        int[] was = moves[count++];
        was[0] = test;
        was[1] = lanes.channelOf[test];
        was[2] = lanes.phaseOf[test];
        was[3] = lanes.position(test);
        touch(test, was[1], was[2], was[3], -1);
        lanes.remove(test, was[3]);
        lanes.insert(test, channel, phase, at);
        touch(test, channel, phase, at, 1);
    }

    void takeBack() {
        while (count > 0) {
            int[] was = moves[--count];
            lanes.remove(was[0], lanes.position(was[0]));
            lanes.insert(was[0], was[1], was[2], was[3]);
        }
    }

    private void touch(int test, int channel, int phase, int at, int more) {
        int i = 0;
        while (i < channelCount && channels[i] != channel) {
            i++;
        }
        if (i == channelCount) {
            channels[channelCount++] = channel;
            firstPosition[i] = at;
            moreWork[i] = 0;
        }
        firstPosition[i] = Math.min(firstPosition[i], at);
        moreWork[i] += more * facts.work(test, channel);
        if (facts.chamber[channel] >= 0 && facts.tempered[test]) {
            touch(facts.chamber[channel], phase, more);
        }
    }

    private void touch(int chamber, int phase, int more) {
        int i = 0;
        while (i < phaseCount && (phases[i][0] != chamber || phases[i][1] != phase)) {
            i++;
        }
        if (i == phases.length) {
            phases = Arrays.copyOf(phases, 2 * i);
            for (int n = i; n < phases.length; n++) {
                phases[n] = new int[3];
            }
        }
        if (i == phaseCount) {
            phaseCount++;
            phases[i][0] = chamber;
            phases[i][1] = phase;
            phases[i][2] = 0;
        }
        phases[i][2] += more;
    }

    /** How many channels are touched. */
    int channels() {
        return channelCount;
    }

    int channel(int i) {
        return channels[i];
    }

    /** The lane of a touched channel is as it was before this position. */
    int firstPosition(int i) {
        return firstPosition[i];
    }

    /** Minutes of work that a touched channel has more than before. */
    int moreWork(int i) {
        return moreWork[i];
    }

    /** How many phases of chambers are touched. */
    int phases() {
        return phaseCount;
    }

    int chamber(int i) {
        return phases[i][0];
    }

    int phase(int i) {
        return phases[i][1];
    }

    /** How many tests with a temperature a touched phase has more than before. */
    int more(int i) {
        return phases[i][2];
    }
}
