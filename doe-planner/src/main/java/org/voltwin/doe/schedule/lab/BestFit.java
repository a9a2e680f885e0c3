package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/**
 * A plan by dispatching: the channel that is free first takes the test that wastes least of it (waiting for staff over
 * night, for the chamber, for power). A chamber keeps its temperature as long as there is work at it, and whoever tears
 * a test down is kept for the next set-up on the channel.
 */
final class BestFit {
    static final String NAME = "best fit";

    /** So long a chamber waits for a test at its temperature before it changes. */
    private static final int PATIENCE_MINUTES = 240;

    private final Laboratory lab;
    private final Decoder decoder;
    private final int[] release;
    private final int[][] before;
    private final BitSet[] leastStaffed;

    /** Per test: minutes of waste that are accepted because others wait for it. */
    private final double[] urgency;

    /**
     * What is chosen before dispatching.
     *
     * @param home per test the number of its bench in the problem, -1 for any
     * @param favour per test so many minutes of waste are accepted to have it sooner
     * @param longFirst the same per minute of a test's length; negative has short ones first
     */
    record Choices(int[] home, int[] favour, double longFirst) {}

    /** Tests that are alike to the dispatcher, so that only the first of them is tried. */
    private record Alike(
            BitSet channels,
            int home,
            int setUp,
            int run,
            int tearDown,
            @Nullable Double celsius,
            double watts) {}

    /** A group of tests that are alike and left, the most wanted first. */
    private record Group(Alike alike, BitSet channels, List<Integer> tests) {
        static Group of(Alike alike, List<Integer> tests, List<Channel> all) {
            BitSet channels = (BitSet) alike.channels().clone();
            for (Channel channel : all) {
                if (alike.home() >= 0 && alike.home() != channel.benchNumber()) {
                    channels.clear(channel.number());
                }
            }
            return new Group(alike, channels, tests);
        }

        boolean isFor(Channel channel) {
            return channels.get(channel.number());
        }
    }

    BestFit(Laboratory lab, Decoder decoder) {
        this.lab = lab;
        this.decoder = decoder;
        int count = lab.suitable.size();
        release = new int[count];
        before = new int[count][];
        leastStaffed = new BitSet[count];
        urgency = new double[count];
        for (int t = 0; t < count; t++) {
            int number = t;
            release[t] = decoder.release(t);
            before[t] =
                    lab.test(t).after().stream().mapToInt(lab.testNumbers::get).toArray();
            leastStaffed[t] = new BitSet();
            lab.leastStaffed(t).forEach(channel -> leastStaffed[number].set(channel.number()));
            addUrgency(t, 0, 0);
        }
    }

    /** What comes before a test may waste as much as takes the test and all behind it. */
    private void addUrgency(int test, double behind, int depth) {
        urgency[test] = Math.max(urgency[test], behind);
        if (depth < urgency.length) {
            double here = behind + lab.work(test);
            lab.test(test)
                    .after()
                    .forEach(first -> addUrgency(lab.testNumbers.getOrDefault(first, test), here, depth + 1));
        }
    }

    /** The plan; null for a test that found no place. */
    @Nullable Place[] plan(Choices choices) {
        return new Run(choices).plan();
    }

    /** One dispatching. */
    private final class Run {
        private final Choices choices;
        private final Board board = new Board(lab);
        private final @Nullable Place[] places = new Place[lab.suitable.size()];
        private final int[] free = new int[lab.channels.size()];
        private final @Nullable Double[] held =
                new Double[lab.problem.chambers().size()];
        private final List<Group> groups;

        Run(Choices choices) {
            this.choices = choices;
            decoder.bookRunning(board, places);
            for (Place place : places) {
                if (place != null) {
                    int channel = place.channel().number();
                    free[channel] = Math.max(free[channel], place.tearDownEnd());
                }
            }
            decoder.bookWholePlots(board, places);
            groups = groups();
        }

        @Nullable Place[] plan() {
            // Nobody tears down while channels still wait for their first test.
            for (Channel channel : lab.channels) {
                groups.stream()
                        .filter(group -> group.isFor(channel))
                        .findFirst()
                        .ifPresent(group -> board.keepForFirst(
                                channel, free[channel.number()], group.alike().setUp()));
            }
            while (true) {
                int chosen = -1;
                for (int c = 0; c < free.length; c++) {
                    if (free[c] < lab.time.horizon && (chosen < 0 || free[c] < free[chosen])) {
                        chosen = c;
                    }
                }
                if (chosen < 0) {
                    return places;
                }
                Channel channel = lab.channels.get(chosen);
                board.release(channel);
                Place best = best(channel, free[chosen]);
                if (best == null) {
                    free[chosen] = nextTry(channel, free[chosen]);
                } else {
                    place(best);
                }
            }
        }

        private void place(Place place) {
            int test = place.test();
            places[test] = place;
            board.book(place);
            board.keepForNext(place, place.setUpEnd() - place.setUpStart());
            free[place.channel().number()] = place.tearDownEnd();
            for (int g = 0; g < groups.size(); g++) {
                if (groups.get(g).tests().remove((Integer) test)) {
                    if (groups.get(g).tests().isEmpty()) {
                        groups.remove(g);
                    }
                    return;
                }
            }
        }

        private List<Group> groups() {
            Map<Alike, List<Integer>> all = new LinkedHashMap<>();
            for (int t = 0; t < places.length; t++) {
                if (places[t] != null) {
                    continue;
                }
                // What need not take a chamber and staff leaves them to the others.
                Channel any = lab.leastStaffed(t).getFirst();
                Alike alike = new Alike(
                        leastStaffed[t],
                        any.needsStaff() ? choices.home()[t] : -1,
                        lab.setUp(t, any),
                        lab.run(t, any),
                        lab.tearDown(t, any),
                        lab.test(t).temperatureCelsius(),
                        lab.test(t).powerWatts());
                all.computeIfAbsent(alike, k -> new ArrayList<>()).add(t);
            }
            List<Group> result = new ArrayList<>();
            all.forEach((alike, tests) -> {
                tests.sort(Comparator.<Integer>comparingDouble(t -> -urgency[t] - choices.favour()[t])
                        .thenComparingInt(decoder::due)
                        .thenComparingInt(t -> t));
                result.add(Group.of(alike, tests, lab.channels));
            });
            return result;
        }

        /** When a test may be set up; the horizon while a test before it has no place. */
        private int ready(int test) {
            int ready = release[test];
            for (int first : before[test]) {
                Place place = places[first];
                ready = Math.max(ready, place == null ? lab.time.horizon : place.tearDownEnd());
            }
            return ready;
        }

        /** When a channel that found nothing should look again; the horizon when there is nothing left for it. */
        private int nextTry(Channel channel, int from) {
            int next = lab.time.horizon;
            for (Group group : groups) {
                if (group.isFor(channel)) {
                    for (int test : group.tests()) {
                        int ready = ready(test);
                        // What waits for another test, or for the chamber's other tests, may be possible soon.
                        next = Math.min(next, ready > from && ready < lab.time.horizon ? ready : from + 60);
                    }
                }
            }
            return next;
        }

        private @Nullable Place best(Channel channel, int from) {
            Double celsius = channel.chamber() < 0 ? null : temperature(channel, from);
            Place best = null;
            double least = Double.MAX_VALUE;
            for (Group group : groups) {
                Double wanted = group.alike().celsius();
                if (!group.isFor(channel)
                        || (channel.chamber() >= 0 && wanted != null && !Objects.equals(wanted, celsius))) {
                    continue;
                }
                for (int test : group.tests()) {
                    if (ready(test) > from) {
                        continue;
                    }
                    int work = group.alike().setUp()
                            + group.alike().run()
                            + group.alike().tearDown();
                    double bonus = choices.longFirst() * work + urgency[test] + choices.favour()[test];
                    int latest = (int) Math.min(lab.time.horizon, from + work + least + bonus);
                    Place place = board.find(
                            test, channel, from, latest, group.alike().setUp());
                    if (place != null && place.tearDownEnd() - from - work - bonus < least) {
                        least = place.tearDownEnd() - from - work - bonus;
                        best = place;
                    }
                    break;
                }
            }
            return best;
        }

        /** The chamber's temperature while there is work at it, then the one with most work per chamber that has it. */
        private @Nullable Double temperature(Channel channel, int from) {
            Map<Double, Double> work = new TreeMap<>();
            for (Group group : groups) {
                Double celsius = group.alike().celsius();
                if (celsius != null && group.isFor(channel)) {
                    int soon = 0;
                    for (int test : group.tests()) {
                        soon += ready(test) <= from + PATIENCE_MINUTES ? 1 : 0;
                    }
                    if (soon > 0) {
                        work.merge(celsius, soon * (double) group.alike().run(), Double::sum);
                    }
                }
            }
            Double now = held[channel.chamber()];
            if (now != null && (work.isEmpty() || work.containsKey(now))) {
                return now;
            }
            Double best = null;
            double most = 0;
            for (Map.Entry<Double, Double> entry : work.entrySet()) {
                int chambers = 1;
                for (int h = 0; h < held.length; h++) {
                    chambers += h != channel.chamber() && entry.getKey().equals(held[h]) ? 1 : 0;
                }
                if (entry.getValue() / chambers > most) {
                    most = entry.getValue() / chambers;
                    best = entry.getKey();
                }
            }
            held[channel.chamber()] = best;
            return best;
        }
    }
}
