package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/** Changes of lanes at random: tests change places with others, move elsewhere, and channels exchange the rest of a phase. */
final class LaneMoves {
    /** One of so many changes is of a test that the makespan hangs on. */
    private static final int CRITICAL_SHARE = 4;

    /** One of so many changes is of the order of temperatures in a chamber. */
    private static final int ORDER_SHARE = 500;

    /** How often another test is looked for in place of one that needs no staff. */
    private static final int TRIES = 2;

    private final Laboratory lab;
    private final Lanes lanes;
    private final LanePartners partners;
    private final int changeShare;
    private final Random random;
    private final boolean[][] suits;
    private final int[] movable;

    /** What was changed last. */
    final LaneChange change;

    /** {@code changeShare}: one of so many tests that move elsewhere may give a chamber one more temperature. */
    LaneMoves(LaneFacts facts, Lanes lanes, int changeShare, Random random) {
        this.lanes = lanes;
        this.changeShare = changeShare;
        this.random = random;
        lab = facts.lab;
        partners = new LanePartners(lab);
        change = new LaneChange(facts, lanes);
        suits = new boolean[facts.tests][facts.channels];
        List<Integer> all = new ArrayList<>();
        for (int t = 0; t < facts.tests; t++) {
            for (Channel channel : lab.suitable.get(t)) {
                suits[t][channel.number()] = true;
            }
            if (lab.suitable.get(t).size() > 1) {
                all.add(t);
            }
        }
        movable = all.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether there is a choice at all. */
    boolean isAny() {
        return movable.length > 0;
    }

    /**
     * Changes the lanes; false when what was tried is not allowed.
     *
     * @param critical tests that the makespan hangs on
     */
    boolean change(int[] critical) {
        change.clear();
        if (random.nextInt(ORDER_SHARE) == 0) {
            return otherOrder();
        }
        boolean fromCritical = random.nextInt(CRITICAL_SHARE) == 0 && critical.length > 0;
        int test = fromCritical ? critical[random.nextInt(critical.length)] : any();
        int kind = random.nextInt(20);
        if (kind < 12) {
            return exchange(test, partners.of(test, random));
        }
        if (kind < 15) {
            return place(test, lanes.channelOf[test], lanes.phaseOf[test]);
        }
        return kind < 18 ? elsewhere(test) : exchangeRest(test, any());
    }

    /** Any test, seldom one that needs no staff where it is: those are seldom in anybody's way. */
    private int any() {
        int test = movable[random.nextInt(movable.length)];
        for (int i = 0; i < TRIES && !lanes.channel(test).needsStaff(); i++) {
            test = movable[random.nextInt(movable.length)];
        }
        return test;
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

    /** Anywhere within a phase of a channel but where it is. */
    private boolean place(int test, int channel, int phase) {
        int from = lanes.from(channel, phase);
        int to = lanes.from(channel, phase + 1);
        boolean same = lanes.channelOf[test] == channel;
        if (!same || lanes.phaseOf[test] != phase) {
            int before = same && lanes.phaseOf[test] < phase ? 1 : 0;
            change.move(test, channel, phase, from - before + random.nextInt(to - from + 1));
            return true;
        }
        if (to - from < 2) {
            return false;
        }
        int at = from + random.nextInt(to - from - 1);
        change.move(test, channel, phase, at < lanes.position(test) ? at : at + 1);
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
        change.move(b, channelA, phaseA, atA);
        change.move(a, channelB, phaseB, atB);
        return true;
    }

    /** Two tests of different temperatures cannot change places in their phases. */
    private boolean differ(int a, int b) {
        return !Objects.equals(lab.test(a).temperatureCelsius(), lab.test(b).temperatureCelsius());
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
            change.move(restA[i], channelB, phaseB, atB + i);
        }
        for (int i = 0; i < restB.length; i++) {
            change.move(restB[i], channelA, phaseA, atA + i);
        }
        return true;
    }

    /** Two temperatures that follow each other in a chamber, in the other order. */
    private boolean otherOrder() {
        if (lanes.sizes.length == 0) {
            return false;
        }
        int chamber = random.nextInt(lanes.sizes.length);
        int[] held = held(chamber);
        return held.length > 1 && turn(chamber, held, random.nextInt(held.length - 1));
    }

    /** The first two temperatures of a chamber, in the other order; false when it does not change. */
    boolean turn(int chamber) {
        change.clear();
        int[] held = held(chamber);
        return held.length > 1 && turn(chamber, held, 0);
    }

    private int[] held(int chamber) {
        return IntStream.range(0, lanes.sizes[chamber].length)
                .filter(phase -> lanes.sizes[chamber][phase] > 0)
                .toArray();
    }

    private boolean turn(int chamber, int[] held, int first) {
        for (Channel channel : lab.channels) {
            if (channel.chamber() == chamber) {
                turnLane(channel.number(), held[first], held[first + 1]);
            }
        }
        return true;
    }

    /** On a channel, the tests of a later phase take the place of those of an earlier one. */
    private void turnLane(int channel, int earlier, int later) {
        int from = lanes.from(channel, earlier);
        int[] first = Arrays.copyOfRange(lanes.lane[channel], from, lanes.from(channel, earlier + 1));
        int end = lanes.from(channel, later + 1);
        int[] second = Arrays.copyOfRange(lanes.lane[channel], lanes.from(channel, later), end);
        for (int i = 0; i < second.length; i++) {
            change.move(second[i], channel, earlier, from + i);
        }
        for (int test : first) {
            change.move(test, channel, later, end - 1);
        }
    }
}
