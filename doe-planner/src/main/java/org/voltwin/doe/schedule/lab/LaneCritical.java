package org.voltwin.doe.schedule.lab;

import java.util.Arrays;

/** What the makespan of lanes hangs on. */
final class LaneCritical {
    private final LaneFacts facts;
    private final Lanes lanes;
    private final LaneBookings booked;

    LaneCritical(LaneFacts facts, Lanes lanes, LaneBookings booked) {
        this.facts = facts;
        this.lanes = lanes;
        this.booked = booked;
    }

    /**
     * The tests that the makespan hangs on: the last one, what it waited for, and so on: that is
     * the test before it on its channel, one that it must come after, or the last one of its chamber's phase before.
     */
    int[] tests() {
        int test = 0;
        for (int t = 1; t < booked.tearDownEnd.length; t++) {
            test = booked.tearDownEnd[t] > booked.tearDownEnd[test] ? t : test;
        }
        int[] found = new int[booked.tearDownEnd.length];
        int count = 0;
        while (test >= 0) {
            found[count++] = test;
            test = waitedFor(test);
        }
        return Arrays.copyOf(found, count);
    }

    private int waitedFor(int test) {
        int channel = lanes.channelOf[test];
        int at = lanes.position(test);
        int latest = -1;
        int until = 0;
        if (at > 0) {
            latest = lanes.lane[channel][at - 1];
            until = booked.tearDownEnd[latest];
        }
        for (int first : facts.before[test]) {
            if (booked.tearDownEnd[first] > until) {
                latest = first;
                until = booked.tearDownEnd[first];
            }
        }
        int chamber = facts.chamber[channel];
        if (chamber < 0 || !facts.tempered[test]) {
            return latest;
        }
        int last = -1;
        for (int t = 0; t < facts.tests; t++) {
            boolean before = facts.tempered[t]
                    && facts.chamber[lanes.channelOf[t]] == chamber
                    && lanes.phaseOf[t] < lanes.phaseOf[test];
            last = before && (last < 0 || booked.end[t] > booked.end[last]) ? t : last;
        }
        if (last < 0) {
            return latest;
        }
        int ramp = facts.lab.ramp(chamber, facts.celsius(last), facts.celsius(test));
        return booked.end[last] + ramp - facts.setUp(test, channel) > until ? last : latest;
    }
}
