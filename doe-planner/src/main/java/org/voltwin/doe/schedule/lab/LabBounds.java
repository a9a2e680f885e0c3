package org.voltwin.doe.schedule.lab;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/** Makespans that no plan beats, in minutes; running tests are left out, which only lowers them. */
final class LabBounds {
    private final Laboratory lab;
    private final Decoder decoder;

    LabBounds(Laboratory lab, Decoder decoder) {
        this.lab = lab;
        this.decoder = decoder;
    }

    /** All of them. */
    void raise(Incumbents incumbents) {
        incumbents.raise(longestChain(), "the longest chain of tests");
        incumbents.raise(sharedChannels(), "channels' work");
        incumbents.raise(staff(), "staff hours");
        incumbents.raise(power(), "the hall's energy");
        incumbents.raise(channelsBetweenShifts(), "channels' work between first set-ups and last tear-downs");
    }

    /** The test that ends last if it and those it comes after had the laboratory to themselves. */
    long longestChain() {
        return Arrays.stream(alone())
                .filter(Objects::nonNull)
                .mapToLong(Place::tearDownEnd)
                .max()
                .orElse(0);
    }

    /** The weighted lateness if each test and those it comes after had the laboratory to themselves. */
    long lateness() {
        long lateness = 0;
        @Nullable Place[] alone = alone();
        for (int t = 0; t < alone.length; t++) {
            int due = decoder.due(t);
            Place place = alone[t];
            lateness += place == null || due == Integer.MAX_VALUE
                    ? 0
                    : (long) lab.test(t).weight() * Math.max(0, place.end() - due);
        }
        return lateness;
    }

    /** Where each test would be torn down first if nothing but those it comes after were in its way; what runs stays. */
    private @Nullable Place[] alone() {
        Board empty = new Board(lab);
        @Nullable Place[] places = new Place[lab.suitable.size()];
        boolean[] known = new boolean[places.length];
        Deque<Integer> open = new ArrayDeque<>();
        for (int t = 0; t < places.length; t++) {
            open.push(t);
            while (!open.isEmpty()) {
                int test = open.getFirst();
                int before = open.size();
                for (String first : lab.test(test).after()) {
                    int number = Objects.requireNonNull(lab.testNumbers.get(first));
                    if (!known[number]) {
                        open.push(number);
                    }
                }
                if (open.size() == before) {
                    open.pop();
                    places[test] = known[test] ? places[test] : alone(empty, test, places);
                    known[test] = true;
                }
            }
        }
        return places;
    }

    private @Nullable Place alone(Board empty, int test, @Nullable Place[] places) {
        if (decoder.isRunning(test)) {
            return decoder.inForce(test);
        }
        int from = decoder.release(test);
        for (String before : lab.test(test).after()) {
            Place place = places[Objects.requireNonNull(lab.testNumbers.get(before))];
            from = place == null ? from : Math.max(from, place.tearDownEnd());
        }
        Place first = null;
        for (Channel channel : lab.suitable.get(test)) {
            Place place = empty.find(test, channel, from);
            first = place != null && (first == null || place.tearDownEnd() < first.tearDownEnd()) ? place : first;
        }
        return first;
    }

    /** The work that a set of channels must share. */
    long sharedChannels() {
        Set<BitSet> groups = new HashSet<>();
        BitSet[] able = new BitSet[lab.suitable.size()];
        for (int t = 0; t < able.length; t++) {
            able[t] = new BitSet();
            for (Channel channel : lab.suitable.get(t)) {
                able[t].set(channel.number());
            }
            groups.add(able[t]);
        }
        List<BitSet> single = List.copyOf(groups);
        for (BitSet a : single) {
            for (BitSet b : single) {
                BitSet both = (BitSet) a.clone();
                both.or(b);
                groups.add(both);
            }
        }
        long bound = 0;
        for (BitSet group : groups) {
            long work = 0;
            for (int t = 0; t < able.length; t++) {
                BitSet outside = (BitSet) able[t].clone();
                outside.andNot(group);
                if (outside.isEmpty() && !decoder.isRunning(t)) {
                    work += least(t);
                }
            }
            bound = group.isEmpty() ? bound : Math.max(bound, Math.ceilDiv(work, group.cardinality()));
        }
        return bound;
    }

    /**
     * The work of staffed channels, where the first set-up and the last tear-down on each wait for a technician: at the
     * start not all channels can be set up at once, at the end not all torn down, and nobody does either over night.
     */
    long channelsBetweenShifts() {
        long bound = 0;
        Set<BitSet> groups = new HashSet<>();
        List<BitSet> able = new ArrayList<>();
        for (int t = 0; t < lab.suitable.size(); t++) {
            BitSet channels = new BitSet();
            lab.suitable.get(t).forEach(c -> channels.set(c.number()));
            able.add(channels);
            if (lab.suitable.get(t).stream().allMatch(Channel::needsStaff)) {
                groups.add(channels);
            }
        }
        for (BitSet group : groups) {
            long work = 0;
            int setUp = Integer.MAX_VALUE;
            int tearDown = Integer.MAX_VALUE;
            for (int t = 0; t < able.size(); t++) {
                BitSet outside = (BitSet) able.get(t).clone();
                outside.andNot(group);
                if (outside.isEmpty() && !decoder.isRunning(t)) {
                    Channel any = lab.suitable.get(t).getFirst();
                    work += least(t);
                    setUp = Math.min(setUp, lab.setUp(t, any));
                    tearDown = Math.min(tearDown, lab.tearDown(t, any));
                }
            }
            if (work > 0 && setUp > 0 && tearDown > 0 && !lab.away.isEmpty()) {
                bound = Math.max(bound, new StaffedEnds(lab, group, setUp, tearDown).earliestEnd(work));
            }
        }
        return bound;
    }

    private long least(int test) {
        return lab.suitable.get(test).stream()
                .mapToLong(c -> (long) lab.setUp(test, c) + lab.run(test, c) + lab.tearDown(test, c))
                .min()
                .orElse(0);
    }

    /** When the technicians have had time for all set-ups and tear-downs; set-ups leave time for the shortest run. */
    long staff() {
        long setUps = 0;
        long all = 0;
        int shortest = Integer.MAX_VALUE;
        for (int t = 0; t < lab.suitable.size(); t++) {
            int test = t;
            boolean physicalOnly = lab.suitable.get(t).stream().allMatch(Channel::needsStaff);
            if (physicalOnly && !lab.suitable.get(t).isEmpty() && !decoder.isRunning(t)) {
                Channel any = lab.suitable.get(t).getFirst();
                setUps += lab.setUp(t, any);
                all += (long) lab.setUp(t, any) + lab.tearDown(t, any);
                shortest = Math.min(
                        shortest,
                        lab.suitable.get(t).stream()
                                .mapToInt(c -> lab.run(test, c) + lab.tearDown(test, c))
                                .min()
                                .orElse(0));
            }
        }
        return all == 0 ? 0 : Math.max(whenWorked(all), whenWorked(setUps) + (setUps == 0 ? 0 : shortest));
    }

    private long whenWorked(long minutes) {
        long left = minutes;
        for (int at = 0; at < lab.time.horizon && left > 0; at++) {
            for (BitSet away : lab.away) {
                left -= away.get(at) ? 0 : 1;
            }
            if (left <= 0) {
                return at + 1L;
            }
        }
        return 0;
    }

    /** The energy of the tests that only physical benches can do, at the hall's limit all the time. */
    long power() {
        Double limit = lab.problem.powerLimitWatts();
        if (limit == null) {
            return 0;
        }
        double wattMinutes = 0;
        for (int t = 0; t < lab.suitable.size(); t++) {
            int test = t;
            if (lab.suitable.get(t).stream().allMatch(Channel::needsStaff) && !decoder.isRunning(t)) {
                wattMinutes += lab.test(t).powerWatts()
                        * lab.suitable.get(t).stream()
                                .mapToInt(c -> lab.run(test, c))
                                .min()
                                .orElse(0);
            }
        }
        return (long) Math.floor(wattMinutes / limit);
    }
}
