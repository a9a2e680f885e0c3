package org.voltwin.doe.schedule.lab;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/**
 * Times of lanes, in microseconds of computing: whoever asks for a technician first gets one, at the same minute the
 * channel with the lowest number; who tears down sets up the next test at once. Keeps all rules but whole plots and a
 * power limit that all channels together could exceed; {@link #handles} says whether that is enough.
 */
final class LaneTimes {
    /** Minutes of cost that a change may be behind at a mark, beyond what it may cost in the end. */
    private static final double BEHIND = 20;

    private final Laboratory lab;
    private final LaneFacts facts;
    private final Lanes lanes;
    private final StaffClock staff;
    private final LaneState state;
    private final LaneMarks marks;
    private double current;

    /** Of the lanes that were given times last and whole. */
    private final LaneBookings booked;

    LaneTimes(LaneFacts facts, Lanes lanes) {
        this.facts = facts;
        this.lanes = lanes;
        lab = facts.lab;
        booked = new LaneBookings(facts.tests);
        staff = new StaffClock(lab.away, facts.horizon);
        state = new LaneState(facts, lanes.sizes);
        marks = new LaneMarks(() -> new LaneState(facts, lanes.sizes));
    }

    /** Whether the rules that are not looked at cannot be broken here, and nothing runs yet. */
    static boolean handles(Laboratory lab, Decoder decoder) {
        if ((long) lab.time.horizon * lab.channels.size() >= LaneState.NEVER) {
            return false;
        }
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
     * What the cost is to aim at: the end of the shift that a bound lies in while plans end later, because after it nobody
     * tears down for a night; then the bound.
     *
     * @param makespan of the plan so far
     * @return whether that is another goal than before; the lanes must be given their times again then
     */
    boolean aimAt(int bound, long makespan) {
        int shiftEnds = staff.onShiftUntil(bound);
        boolean night = shiftEnds > bound && makespan > shiftEnds;
        return state.cost.aimAt(night ? shiftEnds : bound, night);
    }

    /**
     * Gives all times.
     *
     * @return how many tests have none, because an order contradicts a precedence or a closure is in the way
     */
    int give() {
        marks.clear();
        marks.from(0);
        begin();
        return runMarking();
    }

    /**
     * Tries a change that was made to the lanes. Only what comes after it is given times, which nothing but the cost is
     * known of until it is {@link #accept}ed. It is also given up where it is far behind what the lanes before the change
     * had come to at the same minute: in annealed weeks that loses one of a hundred changes that would be accepted, and saves a quarter of the
     * work is saved.
     *
     * @param most stops when the cost will be more
     * @return how many tests have no time, because of the above or because the cost will be too high
     */
    int attempt(LaneChange change, double most) {
        int mark = marks.before(change);
        goTo(change, mark);
        int next = state.next();
        while (next != LaneState.NEVER && state.cost.value() <= most) {
            if (mark < marks.count() && next / facts.channels >= marks.minute(mark)) {
                if (state.cost.value() - marks.cost(mark) > most - current + BEHIND) {
                    break;
                }
                mark++;
            }
            if (!happens(next % facts.channels)) {
                break;
            }
            next = state.next();
        }
        return without();
    }

    /** Goes on from a change that was tried. */
    void accept(LaneChange change) {
        int number = marks.before(change);
        goTo(change, number);
        marks.keep(number, change);
        marks.from(number == 0 ? 0 : state.next() / facts.channels + 1);
        runMarking();
    }

    private void goTo(LaneChange change, int number) {
        LaneState from = marks.last(number);
        if (from == null) {
            begin();
        } else {
            state.copyFrom(from);
            state.take(change);
        }
    }

    /** What the lanes cost; at least that when they were not given all their times. */
    LaneCost cost() {
        return state.cost;
    }

    private void begin() {
        state.begin(lanes);
        for (int h = 0; h < facts.chambers; h++) {
            open(h, lab.problem.chambers().get(h).startCelsius());
        }
        for (int c = 0; c < facts.channels; c++) {
            ask(c, false);
        }
    }

    private int runMarking() {
        int next = state.next();
        while (next != LaneState.NEVER) {
            marks.pass(next / facts.channels, state);
            if (!happens(next % facts.channels)) {
                break;
            }
            next = state.next();
        }
        int without = without();
        current = without == 0 ? state.cost.value() : Double.NEGATIVE_INFINITY;
        return without;
    }

    /** A channel gets what it asks for; false when lanes cannot be given times. */
    private boolean happens(int channel) {
        state.asks[channel] = LaneState.NEVER;
        return state.tearsDown[channel] ? tearDown(channel) : setUp(channel);
    }

    private int without() {
        int without = 0;
        for (int c = 0; c < facts.channels; c++) {
            without += lanes.length[c] - state.position[c];
        }
        return without;
    }

    /** Opens the next phase of a chamber that has tests. */
    private void open(int chamber, double from) {
        int[] waiting = state.waiting[chamber];
        int next = state.phase[chamber] + 1;
        while (next < waiting.length && waiting[next] == 0) {
            next++;
        }
        state.phase[chamber] = next;
        if (next < waiting.length) {
            double to = Objects.requireNonNull(lanes.celsius[chamber][next]);
            state.phaseReady[chamber] = state.lastEnd[chamber] + lab.ramp(chamber, from, to);
        }
    }

    private void askAt(int channel, int from, int minutes, boolean down) {
        int at = staff.first(from, minutes);
        state.asks[channel] = at >= facts.horizon ? LaneState.NEVER : at * facts.channels + channel;
        state.tearsDown[channel] = down;
    }

    /** A channel asks for its next set-up; it waits while the chamber is in another phase or a test before is not done. */
    private boolean ask(int channel, boolean atOnce) {
        state.asks[channel] = LaneState.NEVER;
        if (state.position[channel] == lanes.length[channel]) {
            return true;
        }
        int test = lanes.lane[channel][state.position[channel]];
        int ready = Math.max(state.channelFree[channel], facts.release[test]);
        for (int first : facts.before[test]) {
            int done = state.done[facts.precedence[first]];
            if (done < 0) {
                return true;
            }
            ready = Math.max(ready, done);
        }
        int chamber = facts.chamber[channel];
        int minutes = facts.setUp(test, channel);
        if (chamber >= 0 && facts.tempered[test]) {
            if (lanes.phaseOf[test] != state.phase[chamber]) {
                return true;
            }
            ready = Math.max(ready, state.phaseReady[chamber] - minutes);
        }
        if (atOnce && ready == state.channelFree[channel]) {
            return setUp(channel);
        }
        askAt(channel, ready, minutes, false);
        state.channelFree[channel] = ready;
        state.cost.has(channel, ready, state.left[channel]);
        return true;
    }

    private boolean setUp(int channel) {
        int test = lanes.lane[channel][state.position[channel]];
        int chamber = facts.chamber[channel];
        int minutes = facts.setUp(test, channel);
        int at = staff.book(state.freeAt, state.channelFree[channel], minutes);
        int whole = facts.work(test, channel);
        int closed =
                facts.mayBeClosed[channel] ? lab.closedChannels.get(channel).nextSetBit(at) : -1;
        if (closed >= 0 && closed < at + whole) {
            staff.takeBack(state.freeAt);
            state.channelFree[channel] = lab.closedChannels.get(channel).nextClearBit(closed);
            askAt(channel, state.channelFree[channel], minutes, false);
            return true;
        }
        if (at + whole >= facts.horizon) {
            return false;
        }
        int from = at + minutes;
        boolean inSoak = chamber >= 0 && facts.tempered[test];
        if (inSoak) {
            from = Math.max(from, state.phaseReady[chamber]);
        }
        int run = facts.run[test][channel];
        if (chamber >= 0 && facts.mayBeClosed[channel]) {
            from = lab.time.firstClear(lab.closedChambers.get(chamber), from, run);
        }
        int ends = from + run;
        if (ends >= facts.horizon) {
            return false;
        }
        booked.setUpStart[test] = at;
        booked.setUpBy[test] = staff.by();
        booked.start[test] = from;
        booked.end[test] = ends;
        if (ends > facts.due[test]) {
            state.cost.late(facts.weight[test], ends - facts.due[test]);
        }
        state.left[channel] -= minutes;
        state.cost.has(channel, from, state.left[channel]);
        state.left[channel] -= run;
        state.takenSince[channel] = at;
        state.channelFree[channel] = ends;
        askAt(channel, ends, facts.tearDown(test, channel), true);
        return !inSoak || started(test, chamber, ends);
    }

    /** When the last test of a phase has its time, so has the next phase, and channels may ask for its tests. */
    private boolean started(int test, int chamber, int ends) {
        state.lastEnd[chamber] = Math.max(state.lastEnd[chamber], ends);
        if (--state.waiting[chamber][state.phase[chamber]] > 0) {
            return true;
        }
        open(chamber, facts.celsius(test));
        return askAgain(chamber);
    }

    /** All channels that wait; those of one chamber, or of all with -1. */
    private boolean askAgain(int chamber) {
        for (int c = 0; c < facts.channels; c++) {
            boolean waits =
                    state.asks[c] == LaneState.NEVER && state.position[c] < lanes.length[c] && !state.tearsDown[c];
            if (waits && (chamber < 0 || facts.chamber[c] == chamber) && !ask(c, false)) {
                return false;
            }
        }
        return true;
    }

    private boolean tearDown(int channel) {
        int test = lanes.lane[channel][state.position[channel]];
        int minutes = facts.tearDown(test, channel);
        int at = staff.book(state.freeAt, state.channelFree[channel], minutes);
        int closed =
                facts.mayBeClosed[channel] ? lab.closedChannels.get(channel).nextSetBit(state.takenSince[channel]) : -1;
        if (at + minutes >= facts.horizon || (closed >= 0 && closed < at + minutes)) {
            return false;
        }
        booked.tearDownStart[test] = at;
        booked.tearDownEnd[test] = at + minutes;
        booked.tearDownBy[test] = staff.by();
        state.cost.has(channel, at, state.left[channel]);
        state.left[channel] -= minutes;
        state.channelFree[channel] = at + minutes;
        state.position[channel]++;
        state.tearsDown[channel] = false;
        int precedence = facts.precedence[test];
        if (precedence < 0) {
            return ask(channel, true);
        }
        state.done[precedence] = at + minutes;
        return ask(channel, true) && askAgain(-1);
    }

    /** The tests that the makespan hangs on; only after {@link #give}. */
    int[] critical() {
        return new LaneCritical(facts, lanes, booked).tests();
    }

    /** The plan that the times make; only after {@link #give}. */
    @Nullable Place[] places() {
        return booked.places(lanes);
    }
}
