package org.voltwin.doe.schedule.lab;

import java.util.Arrays;
import java.util.Objects;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/** A laboratory as arrays: looked up so often while lanes are given times that lists and sets would cost most of it. */
final class LaneFacts {
    final Laboratory lab;
    final int tests;
    final int channels;
    final int chambers;

    /** The first minute that no plan reaches. */
    final int horizon;

    // Per test; durations in minutes.
    final int[] setUp;
    final int[] tearDown;
    final int[] release;

    /** {@code Integer.MAX_VALUE} where there is none. */
    final int[] due;

    final int[] weight;
    final boolean[] tempered;

    /** The tests that must be torn down before. */
    final int[][] before;

    /** Its number among those that others come after, or -1. */
    final int[] precedence;

    final int precedences;

    /** Minutes of run per test and channel. */
    final int[][] run;

    // Per channel.
    final boolean[] staffed;

    /** -1 outside of chambers. */
    final int[] chamber;

    final boolean[] mayBeClosed;

    LaneFacts(Laboratory lab, Decoder decoder) {
        this.lab = lab;
        tests = lab.suitable.size();
        channels = lab.channels.size();
        chambers = lab.problem.chambers().size();
        horizon = lab.time.horizon;
        setUp = new int[tests];
        tearDown = new int[tests];
        release = new int[tests];
        due = new int[tests];
        weight = new int[tests];
        tempered = new boolean[tests];
        before = new int[tests][];
        precedence = new int[tests];
        Arrays.fill(precedence, -1);
        run = new int[tests][channels];
        int preceding = 0;
        for (int t = 0; t < tests; t++) {
            LabProblem.LabTest test = lab.test(t);
            setUp[t] = Timeline.minutes(test.setUp());
            tearDown[t] = Timeline.minutes(test.tearDown());
            release[t] = decoder.release(t);
            due[t] = decoder.due(t);
            weight[t] = test.weight();
            tempered[t] = test.temperatureCelsius() != null;
            before[t] = test.after().stream().mapToInt(lab.testNumbers::get).toArray();
            for (int first : before[t]) {
                precedence[first] = precedence[first] < 0 ? preceding++ : precedence[first];
            }
            for (Channel channel : lab.suitable.get(t)) {
                run[t][channel.number()] = lab.run(t, channel);
            }
        }
        precedences = preceding;
        staffed = new boolean[channels];
        chamber = new int[channels];
        mayBeClosed = new boolean[channels];
        for (Channel channel : lab.channels) {
            int c = channel.number();
            staffed[c] = channel.needsStaff();
            chamber[c] = channel.chamber();
            mayBeClosed[c] = !lab.closedChannels.get(c).isEmpty()
                    || (chamber[c] >= 0 && !lab.closedChambers.get(chamber[c]).isEmpty());
        }
    }

    /** Minutes of set-up by a technician. */
    int setUp(int test, int channel) {
        return staffed[channel] ? setUp[test] : 0;
    }

    /** Minutes of tear-down by a technician. */
    int tearDown(int test, int channel) {
        return staffed[channel] ? tearDown[test] : 0;
    }

    /** Minutes that a channel is taken by a test that waits for nothing. */
    int work(int test, int channel) {
        return setUp(test, channel) + run[test][channel] + tearDown(test, channel);
    }

    /** The temperature of a test that has one, in degrees Celsius. */
    double celsius(int test) {
        return Objects.requireNonNull(lab.test(test).temperatureCelsius());
    }
}
