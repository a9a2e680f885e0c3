package org.voltwin.doe.schedule.lab;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/**
 * Times of lanes, in microseconds of computing: whoever asks for a technician first gets one, at the same minute the
 * channel with most work left; who tears down sets up the next test at once. Keeps all rules but whole plots and a power
 * limit that all channels together could exceed; {@link #handles} says whether that is enough.
 */
final class LaneTimes {
    /** A shift that ends so soon after a bound is worth aiming at its end. */
    private static final double NEAR = 1.03;

    private static final long NEVER = Long.MAX_VALUE;

    final int[] setUpStart;
    final int[] start;
    final int[] end;
    final int[] tearDownStart;
    final int[] tearDownEnd;
    private final int[] setUpBy;
    private final int[] tearDownBy;

    private final Laboratory lab;
    private final int horizon;
    private final int[] setUp;
    private final int[] tearDown;
    private final int[][] run;
    private final int[] release;
    private final int[][] before;
    private final boolean[] precedes;
    private final StaffClock staff;

    // Looked up so often that lists and sets would cost most of the time.
    private final boolean[] staffed;
    private final int[] chamberOf;
    private final boolean[] tempered;
    private final boolean[] mayBeClosed;

    // The state while times are given.
    private final int[] position;
    private final int[] channelFree;
    private final long[] asks;
    private final boolean[] tearsDown;
    private final int[] left;
    private final int[] phase;
    private final int[] phaseReady;
    private final int[] lastEnd;
    private final int[][] waiting;

    private final LaneCost cost;

    LaneTimes(Laboratory lab, Decoder decoder) {
        this.lab = lab;
        horizon = lab.time.horizon;
        int tests = lab.suitable.size();
        int channels = lab.channels.size();
        setUpStart = new int[tests];
        start = new int[tests];
        end = new int[tests];
        tearDownStart = new int[tests];
        tearDownEnd = new int[tests];
        setUpBy = new int[tests];
        tearDownBy = new int[tests];
        setUp = new int[tests];
        tearDown = new int[tests];
        run = new int[tests][channels];
        release = new int[tests];
        before = new int[tests][];
        precedes = new boolean[tests];
        for (int t = 0; t < tests; t++) {
            setUp[t] = Timeline.minutes(lab.test(t).setUp());
            tearDown[t] = Timeline.minutes(lab.test(t).tearDown());
            for (Channel channel : lab.suitable.get(t)) {
                run[t][channel.number()] = lab.run(t, channel);
            }
            release[t] = decoder.release(t);
            before[t] =
                    lab.test(t).after().stream().mapToInt(lab.testNumbers::get).toArray();
            for (int first : before[t]) {
                precedes[first] = true;
            }
        }
        staff = new StaffClock(lab.away, horizon);
        staffed = new boolean[channels];
        chamberOf = new int[channels];
        mayBeClosed = new boolean[channels];
        for (Channel channel : lab.channels) {
            int c = channel.number();
            staffed[c] = channel.needsStaff();
            chamberOf[c] = channel.chamber();
            mayBeClosed[c] = !lab.closedChannels.get(c).isEmpty()
                    || (chamberOf[c] >= 0
                            && !lab.closedChambers.get(chamberOf[c]).isEmpty());
        }
        cost = new LaneCost(staffed);
        tempered = new boolean[tests];
        for (int t = 0; t < tests; t++) {
            tempered[t] = lab.test(t).temperatureCelsius() != null;
        }
        position = new int[channels];
        channelFree = new int[channels];
        asks = new long[channels];
        tearsDown = new boolean[channels];
        left = new int[channels];
        int chambers = lab.problem.chambers().size();
        phase = new int[chambers];
        phaseReady = new int[chambers];
        lastEnd = new int[chambers];
        waiting = new int[chambers][];
    }

    /** Whether the rules that are not looked at cannot be broken here, and nothing runs yet. */
    static boolean handles(Laboratory lab, Decoder decoder) {
        double watts = 0;
        for (Channel channel : lab.channels) {
            double most = 0;
            for (int t = 0; t < lab.suitable.size() && channel.needsStaff(); t++) {
                most = Math.max(
                        most,
                        lab.suitable.get(t).contains(channel) ? lab.test(t).powerWatts() : 0);
            }
            watts += most;
        }
        for (int t = 0; t < lab.suitable.size(); t++) {
            if (decoder.inForce(t) != null || lab.test(t).wholePlot() != null) {
                return false;
            }
        }
        Double limit = lab.problem.powerLimitWatts();
        return limit == null || watts <= limit;
    }

    /**
     * What the cost is to aim at: a bound, or the end of the shift that it lies in where that is near, because after it
     * nobody tears down for a night.
     */
    void aimAt(int bound) {
        int shiftEnds = staff.onShiftUntil(bound);
        boolean night = shiftEnds > bound && shiftEnds <= bound * NEAR;
        cost.aimAt(night ? shiftEnds : bound, night);
    }

    /**
     * Gives times.
     *
     * @param most stops when the cost, without lateness, will be more
     * @return how many tests have no time, because an order contradicts a precedence, a closure is in the way or the cost
     *     will be too high
     */
    int give(Lanes lanes, double most) {
        cost.reset(most);
        staff.reset();
        Arrays.fill(position, 0);
        Arrays.fill(channelFree, 0);
        Arrays.fill(tearsDown, false);
        Arrays.fill(tearDownEnd, -1);
        for (int h = 0; h < phase.length; h++) {
            waiting[h] = lanes.sizes[h].clone();
            phase[h] = -1;
            lastEnd[h] = 0;
            open(lanes, h, lab.problem.chambers().get(h).startCelsius());
        }
        for (int c = 0; c < asks.length; c++) {
            left[c] = 0;
            for (int i = 0; i < lanes.length[c]; i++) {
                int test = lanes.lane[c][i];
                left[c] += run[test][c] + (staffed[c] ? setUp[test] + tearDown[test] : 0);
            }
            cost.has(c, 0, left[c]);
            ask(lanes, c, false);
        }
        while (!cost.isTooMuch()) {
            int channel = -1;
            long first = NEVER;
            for (int c = 0; c < asks.length; c++) {
                if (asks[c] < first) {
                    first = asks[c];
                    channel = c;
                }
            }
            if (channel < 0) {
                break;
            }
            asks[channel] = NEVER;
            if (!(tearsDown[channel] ? tearDown(lanes, channel) : setUp(lanes, channel))) {
                break;
            }
        }
        int without = 0;
        for (int c = 0; c < position.length; c++) {
            without += lanes.length[c] - position[c];
        }
        return without;
    }

    /** What the lanes cost, without lateness; at least that when they were not given all their times. */
    double cost() {
        return cost.value();
    }

    /** Opens the next phase of a chamber that has tests. */
    private void open(Lanes lanes, int chamber, double from) {
        int next = phase[chamber] + 1;
        while (next < waiting[chamber].length && waiting[chamber][next] == 0) {
            next++;
        }
        phase[chamber] = next;
        if (next < waiting[chamber].length) {
            Double to = Objects.requireNonNull(lanes.celsius[chamber][next]);
            phaseReady[chamber] = lastEnd[chamber] + lab.ramp(chamber, from, to);
        }
    }

    private void askAt(int channel, int from, int minutes, boolean down) {
        int at = staff.first(from, minutes);
        asks[channel] = at >= horizon ? NEVER : ((long) at << 32) | (Integer.MAX_VALUE - left[channel]);
        tearsDown[channel] = down;
    }

    /** A channel asks for its next set-up; it waits while the chamber is in another phase or a test before is not done. */
    private boolean ask(Lanes lanes, int channel, boolean atOnce) {
        asks[channel] = NEVER;
        if (position[channel] == lanes.length[channel]) {
            return true;
        }
        int test = lanes.lane[channel][position[channel]];
        int ready = Math.max(channelFree[channel], release[test]);
        for (int first : before[test]) {
            if (tearDownEnd[first] < 0) {
                return true;
            }
            ready = Math.max(ready, tearDownEnd[first]);
        }
        int chamber = chamberOf[channel];
        int minutes = staffed[channel] ? setUp[test] : 0;
        if (chamber >= 0 && tempered[test]) {
            if (lanes.phaseOf[test] != phase[chamber]) {
                return true;
            }
            ready = Math.max(ready, phaseReady[chamber] - minutes);
        }
        if (atOnce && ready == channelFree[channel]) {
            return setUp(lanes, channel);
        }
        askAt(channel, ready, minutes, false);
        channelFree[channel] = ready;
        cost.has(channel, ready, left[channel]);
        return true;
    }

    private boolean setUp(Lanes lanes, int channel) {
        int test = lanes.lane[channel][position[channel]];
        int chamber = chamberOf[channel];
        int minutes = staffed[channel] ? setUp[test] : 0;
        int at = staff.book(channelFree[channel], minutes);
        int whole = minutes + run[test][channel] + (staffed[channel] ? tearDown[test] : 0);
        int closed = mayBeClosed[channel] ? lab.closedChannels.get(channel).nextSetBit(at) : -1;
        if (closed >= 0 && closed < at + whole) {
            staff.takeBack();
            channelFree[channel] = lab.closedChannels.get(channel).nextClearBit(closed);
            askAt(channel, channelFree[channel], minutes, false);
            return true;
        }
        if (at + whole >= horizon) {
            return false;
        }
        setUpStart[test] = at;
        setUpBy[test] = staff.by();
        int from = at + minutes;
        boolean inSoak = chamber >= 0 && tempered[test];
        if (inSoak) {
            from = Math.max(from, phaseReady[chamber]);
        }
        if (chamber >= 0 && mayBeClosed[channel]) {
            from = lab.time.firstClear(lab.closedChambers.get(chamber), from, run[test][channel]);
        }
        start[test] = from;
        end[test] = from + run[test][channel];
        if (end[test] >= horizon) {
            return false;
        }
        left[channel] -= minutes;
        cost.has(channel, from, left[channel]);
        left[channel] -= run[test][channel];
        askAt(channel, end[test], staffed[channel] ? tearDown[test] : 0, true);
        return !inSoak || started(lanes, test, chamber);
    }

    /** When the last test of a phase has its time, so has the next phase, and channels may ask for its tests. */
    private boolean started(Lanes lanes, int test, int chamber) {
        lastEnd[chamber] = Math.max(lastEnd[chamber], end[test]);
        if (--waiting[chamber][phase[chamber]] > 0) {
            return true;
        }
        open(lanes, chamber, Objects.requireNonNull(lab.test(test).temperatureCelsius()));
        return askAgain(lanes, chamber);
    }

    /** All channels that wait; those of one chamber, or of all with -1. */
    private boolean askAgain(Lanes lanes, int chamber) {
        for (int c = 0; c < asks.length; c++) {
            boolean waits = asks[c] == NEVER && position[c] < lanes.length[c] && !tearsDown[c];
            if (waits && (chamber < 0 || chamberOf[c] == chamber) && !ask(lanes, c, false)) {
                return false;
            }
        }
        return true;
    }

    private boolean tearDown(Lanes lanes, int channel) {
        int test = lanes.lane[channel][position[channel]];
        int minutes = staffed[channel] ? tearDown[test] : 0;
        int at = staff.book(end[test], minutes);
        int closed = mayBeClosed[channel] ? lab.closedChannels.get(channel).nextSetBit(setUpStart[test]) : -1;
        if (at + minutes >= horizon || (closed >= 0 && closed < at + minutes)) {
            return false;
        }
        tearDownStart[test] = at;
        tearDownEnd[test] = at + minutes;
        tearDownBy[test] = staff.by();
        cost.has(channel, at, left[channel]);
        left[channel] -= minutes;
        channelFree[channel] = at + minutes;
        position[channel]++;
        tearsDown[channel] = false;
        return ask(lanes, channel, true) && (!precedes[test] || askAgain(lanes, -1));
    }

    /** The tests that the makespan hangs on: the last one, what it waited for on its channel or before it, and so on. */
    int[] critical(Lanes lanes) {
        int test = 0;
        for (int t = 1; t < tearDownEnd.length; t++) {
            test = tearDownEnd[t] > tearDownEnd[test] ? t : test;
        }
        int[] found = new int[tearDownEnd.length];
        int count = 0;
        while (test >= 0) {
            found[count++] = test;
            int at = lanes.position(test);
            int waitedFor = at == 0 ? -1 : lanes.lane[lanes.channelOf[test]][at - 1];
            for (int first : before[test]) {
                waitedFor = waitedFor < 0 || tearDownEnd[first] > tearDownEnd[waitedFor] ? first : waitedFor;
            }
            test = waitedFor;
        }
        return Arrays.copyOf(found, count);
    }

    /** The plan that the times make. */
    @Nullable Place[] places(Lanes lanes) {
        Place[] places = new Place[setUpStart.length];
        for (int t = 0; t < places.length; t++) {
            Channel channel = lanes.channel(t);
            places[t] = new Place(
                    t,
                    channel,
                    setUpBy[t],
                    tearDownBy[t],
                    setUpStart[t],
                    setUpStart[t] + lab.setUp(t, channel),
                    start[t],
                    end[t],
                    tearDownStart[t],
                    tearDownEnd[t],
                    "");
        }
        return places;
    }
}
