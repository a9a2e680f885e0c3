package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/**
 * The tests of each channel in their order, and the temperatures that each chamber goes through in phases: what the
 * annealing changes. A channel's tests are in order of phase; a phase without tests may take any temperature.
 */
final class Lanes {
    /** Empty phases around those of the plan that the search starts from: where a chamber may change once more. */
    private static final int SPARE = 1;

    /** Per channel; only the first {@link #length} are in use. */
    final int[][] lane;

    final int[] length;
    final int[] channelOf;
    final int[] phaseOf;

    /** Per chamber and phase; null while it has no tests of a temperature. */
    final @Nullable Double[][] celsius;

    /** Per chamber and phase: its tests that have a temperature. */
    final int[][] sizes;

    final Laboratory lab;

    private Lanes(Laboratory lab, @Nullable Double[][] celsius) {
        this.lab = lab;
        this.celsius = celsius;
        int tests = lab.suitable.size();
        lane = new int[lab.channels.size()][8];
        length = new int[lab.channels.size()];
        channelOf = new int[tests];
        phaseOf = new int[tests];
        sizes = new int[celsius.length][];
        Arrays.setAll(sizes, h -> new int[celsius[h].length]);
    }

    /** A plan's orders and phases; every test must have a place. */
    static Lanes of(Laboratory lab, @Nullable Place[] places) {
        List<Place> byStart = new ArrayList<>();
        for (Place place : places) {
            byStart.add(Objects.requireNonNull(place));
        }
        byStart.sort(Comparator.comparingInt(Place::start));
        List<List<@Nullable Double>> held = new ArrayList<>();
        lab.problem.chambers().forEach(chamber -> held.add(new ArrayList<>(Arrays.asList(new Double[SPARE]))));
        int[] phase = new int[places.length];
        for (Place place : byStart) {
            int chamber = place.channel().chamber();
            if (chamber >= 0) {
                List<@Nullable Double> phases = held.get(chamber);
                Double wanted = lab.test(place.test()).temperatureCelsius();
                int last = phases.size() - 1 - SPARE;
                if (wanted != null && (last < 0 || !wanted.equals(phases.get(last)))) {
                    phases.add(wanted);
                    for (int i = 0; i < SPARE; i++) {
                        phases.add(null);
                    }
                }
                phase[place.test()] = Math.max(0, phases.size() - 1 - SPARE);
            }
        }
        Lanes lanes = new Lanes(
                lab, held.stream().map(list -> list.toArray(Double[]::new)).toArray(Double[][]::new));
        byStart.sort(Comparator.comparingInt(Place::setUpStart));
        for (Place place : byStart) {
            int channel = place.channel().number();
            int at = lanes.length[channel];
            while (at > 0 && lanes.phaseOf[lanes.lane[channel][at - 1]] > phase[place.test()]) {
                at--;
            }
            lanes.insert(place.test(), channel, phase[place.test()], at);
        }
        return lanes;
    }

    /** Puts a test that is on no channel at a position, which must be within its phase there. */
    void insert(int test, int channel, int phase, int at) {
        if (length[channel] == lane[channel].length) {
            lane[channel] = Arrays.copyOf(lane[channel], 2 * length[channel]);
        }
        int[] tests = lane[channel];
        System.arraycopy(tests, at, tests, at + 1, length[channel] - at);
        tests[at] = test;
        length[channel]++;
        channelOf[test] = channel;
        phaseOf[test] = phase;
        count(test, channel, phase, 1);
    }

    /** Takes a test from its position. */
    void remove(int test, int at) {
        int channel = channelOf[test];
        int[] tests = lane[channel];
        length[channel]--;
        System.arraycopy(tests, at + 1, tests, at, length[channel] - at);
        count(test, channel, phaseOf[test], -1);
    }

    int position(int test) {
        int[] tests = lane[channelOf[test]];
        int at = 0;
        while (tests[at] != test) {
            at++;
        }
        return at;
    }

    private void count(int test, int channel, int phase, int change) {
        int chamber = chamber(channel);
        Double wanted = lab.test(test).temperatureCelsius();
        if (chamber >= 0 && wanted != null) {
            sizes[chamber][phase] += change;
            if (change > 0) {
                celsius[chamber][phase] = wanted;
            } else if (sizes[chamber][phase] == 0) {
                celsius[chamber][phase] = null;
            }
        }
    }

    private int chamber(int channel) {
        return lab.channels.get(channel).chamber();
    }

    /** Whether a test may be in a phase of a channel's chamber; outside of chambers there is only phase 0. */
    boolean fits(int test, int channel, int phase) {
        int chamber = chamber(channel);
        if (chamber < 0) {
            return phase == 0;
        }
        Double wanted = lab.test(test).temperatureCelsius();
        Double now = celsius[chamber][phase];
        return wanted == null || now == null || wanted.equals(now);
    }

    /** Whether a phase has tests of a temperature; always outside of chambers. */
    boolean isHeld(int channel, int phase) {
        int chamber = chamber(channel);
        return chamber < 0 || sizes[chamber][phase] > 0;
    }

    int phases(int channel) {
        int chamber = chamber(channel);
        return chamber < 0 ? 1 : celsius[chamber].length;
    }

    /** The first position on a channel that is not before a phase. */
    int from(int channel, int phase) {
        int at = 0;
        while (at < length[channel] && phaseOf[lane[channel][at]] < phase) {
            at++;
        }
        return at;
    }

    Channel channel(int test) {
        return lab.channels.get(channelOf[test]);
    }
}
