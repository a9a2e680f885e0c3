package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/**
 * Simulated annealing over lanes: tests change places with others, move elsewhere, and channels exchange what they have
 * left in a phase. Looks at some ten thousand plans per second, where dispatching with choices looks at hundreds.
 */
final class LaneSearch {
    static final String NAME = "annealed lanes";

    /** Minutes of cost that are accepted at the start and at the end. */
    private static final double HOT = 40;

    private static final double COLD = 0.5;

    /** A weighted minute of lateness costs so many of makespan: more than it could ever save. */
    private static final double LATENESS = 20;

    /** What a test without a place costs. */
    private static final double WITHOUT = 1e9;

    /** One of so many changes is of a test that the makespan hangs on. */
    private static final int CRITICAL_SHARE = 4;

    /** How often the clock is asked. */
    private static final int STEPS_PER_LOOK = 256;

    private final Laboratory lab;
    private final Decoder decoder;
    private final LaneTimes times;
    private final Random random;
    private final int changeShare;
    private final boolean[][] suits;
    private final int[] movable;
    private final Lanes lanes;

    /** Of the plan that was looked at last. */
    private long lateness;

    private int makespan;
    private int[] critical = {};

    /** What undoes the last change: the tests that were moved and where they were, in the order of going back. */
    private final List<int[]> undo = new ArrayList<>();

    /** {@code changeShare}: one of so many tests that move elsewhere may give a chamber one more temperature. */
    LaneSearch(Laboratory lab, Decoder decoder, @Nullable Place[] start, int changeShare, long seed) {
        this.changeShare = changeShare;
        this.lab = lab;
        this.decoder = decoder;
        times = new LaneTimes(lab, decoder);
        lanes = Lanes.of(lab, start);
        random = new Random(seed);
        int tests = start.length;
        suits = new boolean[tests][lab.channels.size()];
        List<Integer> all = new ArrayList<>();
        for (int t = 0; t < tests; t++) {
            for (Channel channel : lab.suitable.get(t)) {
                suits[t][channel.number()] = true;
            }
            if (lab.suitable.get(t).size() > 1) {
                all.add(t);
            }
        }
        movable = all.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The cost of the lanes as they are, or some higher one when it is above {@code most}. Makespan alone does not lead
     * anywhere, because most changes leave it as it is: idle time shows in the mean end of channels long before, and what
     * ends after the goal counts on each channel ({@link LaneCost}).
     */
    private double cost(double most) {
        int without = times.give(lanes, most);
        if (without > 0) {
            return WITHOUT * without;
        }
        lateness = 0;
        makespan = 0;
        for (int t = 0; t < times.end.length; t++) {
            int due = decoder.due(t);
            if (times.end[t] > due) {
                lateness += (long) lab.test(t).weight() * (times.end[t] - due);
            }
            makespan = Math.max(makespan, times.tearDownEnd[t]);
        }
        return LATENESS * lateness + times.cost();
    }

    /**
     * Searches.
     *
     * @param bound no plan is shorter
     * @param far how far the search is, 0 to 1, asked now and then with the steps so far; it ends at 1
     * @param listener told of each plan that is better than all before
     */
    void run(long bound, LongToDoubleFunction far, Consumer<OrderSearch.Found> listener) {
        times.aimAt((int) bound);
        double current = cost(Double.MAX_VALUE);
        Score best = current < WITHOUT ? tell(listener) : null;
        critical = best == null ? critical : times.critical(lanes);
        double heat = HOT;
        for (long step = 0; movable.length > 0; step++) {
            if (step % STEPS_PER_LOOK == 0) {
                double now = far.applyAsDouble(step);
                boolean isBest = best != null && best.lateness() == 0 && best.makespan() <= bound;
                if (now >= 1 || isBest) {
                    return;
                }
                heat = HOT * Math.pow(COLD / HOT, now);
            }
            undo.clear();
            if (!change()) {
                continue;
            }
            double most = current - heat * Math.log(1 - random.nextDouble());
            double next = cost(most);
            if (next > most) {
                takeBack();
                continue;
            }
            current = next;
            critical = next < WITHOUT ? times.critical(lanes) : critical;
            boolean isBetter = best == null
                    || lateness < best.lateness()
                    || (lateness == best.lateness() && makespan < best.makespan());
            if (next < WITHOUT && isBetter) {
                best = tell(listener);
            }
        }
    }

    private Score tell(Consumer<OrderSearch.Found> listener) {
        OrderSearch.Found found = OrderSearch.Found.of(lab, decoder, times.places(lanes), false);
        listener.accept(found);
        return found.score();
    }

    private void move(int test, int channel, int phase, int at) {
        undo.add(new int[] {test, lanes.channelOf[test], lanes.phaseOf[test], lanes.position(test)});
        lanes.remove(test);
        lanes.insert(test, channel, phase, at);
    }

    private void takeBack() {
        for (int i = undo.size() - 1; i >= 0; i--) {
            int[] was = undo.get(i);
            lanes.remove(was[0]);
            lanes.insert(was[0], was[1], was[2], was[3]);
        }
    }

    /** Changes the lanes; false when what was tried is not allowed. */
    private boolean change() {
        boolean fromCritical = random.nextInt(CRITICAL_SHARE) == 0 && critical.length > 0;
        int test = fromCritical ? critical[random.nextInt(critical.length)] : any();
        int kind = random.nextInt(10);
        if (kind < 4) {
            return exchange(test, any());
        }
        if (kind < 6) {
            return place(test, lanes.channelOf[test], lanes.phaseOf[test]);
        }
        return kind < 9 ? elsewhere(test) : exchangeRest(test, any());
    }

    /** Any test, seldom one that needs no staff where it is: those are seldom in anybody's way. */
    private int any() {
        int test = movable[random.nextInt(movable.length)];
        return lanes.channel(test).needsStaff() ? test : movable[random.nextInt(movable.length)];
    }

    private boolean elsewhere(int test) {
        List<Channel> channels = lab.suitable.get(test);
        int channel = channels.get(random.nextInt(channels.size())).number();
        int phases = lanes.phases(channel);
        int phase = random.nextInt(phases);
        // Mostly a phase that has the test's temperature; now and then one more change of the chamber.
        boolean change = random.nextInt(changeShare) == 0;
        for (int tries = 0; tries < phases && !isHeldFor(test, channel, phase) && !change; tries++) {
            phase = (phase + 1) % phases;
        }
        if (change ? !lanes.fits(test, channel, phase) : !isHeldFor(test, channel, phase)) {
            return false;
        }
        return place(test, channel, phase);
    }

    private boolean isHeldFor(int test, int channel, int phase) {
        return lanes.fits(test, channel, phase) && lanes.isHeld(channel, phase);
    }

    /** Anywhere within a phase of a channel. */
    private boolean place(int test, int channel, int phase) {
        int from = lanes.from(channel, phase);
        int to = lanes.from(channel, phase + 1);
        boolean same = lanes.channelOf[test] == channel;
        boolean within = same && lanes.phaseOf[test] == phase;
        int before = same && lanes.phaseOf[test] < phase ? 1 : 0;
        int room = to - from + (within ? 0 : 1);
        move(test, channel, phase, from - before + random.nextInt(room));
        return true;
    }

    private boolean exchange(int a, int b) {
        int channelA = lanes.channelOf[a];
        int channelB = lanes.channelOf[b];
        if (a == b || !suits[a][channelB] || !suits[b][channelA] || differ(a, b)) {
            return false;
        }
        int phaseA = lanes.phaseOf[a];
        int phaseB = lanes.phaseOf[b];
        int atA = lanes.position(a);
        int atB = lanes.position(b);
        if (channelA == channelB && phaseA != phaseB) {
            return false;
        }
        if (channelA == channelB && atA > atB) {
            return exchange(b, a);
        }
        // Within one lane the later one goes first, so that the earlier position still means the same.
        move(b, channelA, phaseA, atA);
        move(a, channelB, phaseB, atB);
        return true;
    }

    /** Two tests of different temperatures cannot change places in their phases. */
    private boolean differ(int a, int b) {
        Double first = lab.test(a).temperatureCelsius();
        Double second = lab.test(b).temperatureCelsius();
        return first == null || second == null || !first.equals(second);
    }

    /** From these tests on, their channels exchange the rest of the phase. */
    private boolean exchangeRest(int a, int b) {
        int channelA = lanes.channelOf[a];
        int channelB = lanes.channelOf[b];
        int phaseA = lanes.phaseOf[a];
        int phaseB = lanes.phaseOf[b];
        if (channelA == channelB || differ(a, b)) {
            return false;
        }
        int atA = lanes.position(a);
        int atB = lanes.position(b);
        int[] restA = Arrays.copyOfRange(lanes.lane[channelA], atA, lanes.from(channelA, phaseA + 1));
        int[] restB = Arrays.copyOfRange(lanes.lane[channelB], atB, lanes.from(channelB, phaseB + 1));
        for (int test : restA) {
            if (!suits[test][channelB] || !lanes.fits(test, channelB, phaseB)) {
                return false;
            }
        }
        for (int test : restB) {
            if (!suits[test][channelA] || !lanes.fits(test, channelA, phaseA)) {
                return false;
            }
        }
        for (int i = 0; i < restA.length; i++) {
            move(restA[i], channelB, phaseB, atB + i);
        }
        for (int i = 0; i < restB.length; i++) {
            move(restB[i], channelA, phaseA, atA + i);
        }
        return true;
    }
}
