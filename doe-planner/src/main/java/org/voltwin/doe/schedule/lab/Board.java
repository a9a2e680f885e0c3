package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/** The plan board while it is filled: who and what is taken when. Times are minutes. */
final class Board {
    /** Power is booked in slots of so many minutes, a slot begun counts whole. */
    private static final int SLOT = 5;

    private static final int MOST_TRIES = 2000;

    /** A chamber held at a temperature; a whole plot's soak spans all of its tests. */
    private record Soak(
            int from, int to, double celsius, @Nullable String plot) {}

    private final Laboratory lab;
    private final List<BitSet> takenChannels = new ArrayList<>();
    private final List<BitSet> busy = new ArrayList<>();
    private final List<List<Soak>> soaks = new ArrayList<>();
    private final Map<String, Integer> plotChamber = new HashMap<>();
    private final Map<String, Integer> plotPlaced = new HashMap<>();
    private final float @Nullable [] watts;
    private final int[] keptBy;
    private final int[] keptFrom;
    private final int[] keptTo;
    private String blocker = "";

    Board(Laboratory lab) {
        this.lab = lab;
        lab.closedChannels.forEach(closed -> takenChannels.add((BitSet) closed.clone()));
        lab.away.forEach(away -> busy.add((BitSet) away.clone()));
        lab.closedChambers.forEach(closed -> soaks.add(new ArrayList<>()));
        keptBy = new int[takenChannels.size()];
        keptFrom = new int[takenChannels.size()];
        keptTo = new int[takenChannels.size()];
        watts = lab.problem.powerLimitWatts() == null ? null : new float[lab.time.horizon / SLOT + 2];
    }

    /** The earliest place on this channel with the set-up at or after {@code from}; null when there is none. */
    @Nullable Place find(int test, Channel channel, int from) {
        return find(test, channel, from, lab.time.horizon, 0);
    }

    /** The same, but null too when it would end after {@code latestEnd}: what is not wanted is not looked for. */
    @Nullable Place find(int test, Channel channel, int from, int latestEnd) {
        return find(test, channel, from, latestEnd, 0);
    }

    /**
     * The same.
     *
     * @param nextSetUp minutes for which whoever tears it down should be free afterwards
     */
    @Nullable Place find(int test, Channel channel, int from, int latestEnd, int nextSetUp) {
        String plot = lab.test(test).wholePlot();
        if (plot != null && channel.chamber() >= 0) {
            Integer bound = plotChamber.get(plot);
            if (bound != null && bound != channel.chamber()) {
                return null;
            }
        }
        int setUp = lab.setUp(test, channel);
        int run = lab.run(test, channel);
        int tearDown = lab.tearDown(test, channel);
        BitSet taken = takenChannels.get(channel.number());
        int earliest = from;
        blocker = "it may not start earlier";
        for (int tries = 0; tries < MOST_TRIES && earliest < lab.time.horizon; tries++) {
            int free = lab.time.firstClear(taken, earliest, 1);
            if (free + setUp + run + tearDown > latestEnd) {
                return null;
            }
            if (free > earliest) {
                blocker = "the channel is taken";
            }
            int setUpBy = setUp == 0 ? -1 : soonest(free, setUp);
            int setUpStart = setUp == 0 ? free : slot(setUpBy, free, setUp);
            if (setUpStart >= lab.time.horizon) {
                return null;
            }
            if (setUpStart > free) {
                blocker = "no technician is free to set it up";
            }
            if (setUpStart + setUp + run + tearDown > latestEnd) {
                return null;
            }
            int start = runStart(test, channel, setUpStart + setUp, run);
            if (start >= lab.time.horizon || start + run + tearDown > latestEnd) {
                return null;
            }
            if (start > setUpStart + setUp) {
                // Rather set up later than keep the channel waiting for its chamber.
                int later = start - setUp;
                int by = setUp == 0 ? -1 : soonest(later, setUp);
                int at = setUp == 0 ? later : slot(by, later, setUp);
                if (at == later) {
                    setUpBy = by;
                    setUpStart = at;
                }
            }
            int end = start + run;
            int tearDownBy = tearDown == 0 ? -1 : soonest(end, tearDown + nextSetUp);
            int tearDownStart = tearDown == 0 ? end : slot(tearDownBy, end, tearDown + nextSetUp);
            int tearDownEnd = tearDownStart + tearDown;
            if (tearDownEnd >= lab.time.horizon) {
                return null;
            }
            int next = taken.nextSetBit(setUpStart);
            if (next < 0 || next >= tearDownEnd) {
                return new Place(
                        test,
                        channel,
                        setUpBy,
                        tearDownBy,
                        setUpStart,
                        setUpStart + setUp,
                        start,
                        end,
                        tearDownStart,
                        tearDownEnd,
                        blocker);
            }
            blocker = "the channel is taken";
            earliest = taken.nextClearBit(next);
        }
        return null;
    }

    /**
     * Keeps whoever tears this test down for the next set-up on its channel, so that the channel need not wait.
     *
     * @param minutes of that set-up
     */
    void keepForNext(Place place, int minutes) {
        int by = place.tearDownBy();
        if (by >= 0 && isClear(by, place.tearDownEnd(), place.tearDownEnd() + minutes)) {
            keep(place.channel().number(), by, place.tearDownEnd(), minutes);
        }
    }

    /** Keeps a technician for the set-up of the first test on a channel. */
    void keepForFirst(Channel channel, int from, int minutes) {
        if (minutes > 0 && !busy.isEmpty()) {
            int by = soonest(from, minutes);
            keep(channel.number(), by, slot(by, from, minutes), minutes);
        }
    }

    private void keep(int channel, int by, int from, int minutes) {
        busy.get(by).set(from, from + minutes);
        keptBy[channel] = by;
        keptFrom[channel] = from;
        keptTo[channel] = from + minutes;
    }

    /** Gives back what was kept for the next set-up on this channel. */
    void release(Channel channel) {
        int number = channel.number();
        if (keptTo[number] > 0) {
            busy.get(keptBy[number]).clear(keptFrom[number], keptTo[number]);
            keptTo[number] = 0;
        }
    }

    private int soonest(int from, int length) {
        int best = 0;
        int bestAt = Integer.MAX_VALUE;
        for (int i = 0; i < busy.size(); i++) {
            int at = lab.time.firstClear(busy.get(i), from, length);
            if (at < bestAt) {
                best = i;
                bestAt = at;
            }
        }
        return best;
    }

    private int slot(int technician, int from, int length) {
        return busy.isEmpty() ? lab.time.horizon : lab.time.firstClear(busy.get(technician), from, length);
    }

    /** The first start of the run that chamber and power allow. */
    private int runStart(int test, Channel channel, int from, int run) {
        int start = from;
        while (start + run < lab.time.horizon) {
            int moved = channel.chamber() < 0 ? start : chamberStart(test, channel.chamber(), start, run);
            moved = channel.needsStaff() ? powerStart(lab.test(test).powerWatts(), moved, run) : moved;
            if (moved == start) {
                return start;
            }
            start = moved;
        }
        return lab.time.horizon;
    }

    private int chamberStart(int test, int chamber, int from, int run) {
        LabTest asked = lab.test(test);
        int start = from;
        int open = lab.time.firstClear(lab.closedChambers.get(chamber), start, run);
        if (open > start) {
            blocker = "its chamber is closed";
            start = open;
        }
        Double celsius = asked.temperatureCelsius();
        if (celsius == null) {
            return start;
        }
        int ready = lab.ramp(chamber, lab.problem.chambers().get(chamber).startCelsius(), celsius);
        if (start < ready) {
            blocker = "its chamber is not at " + celsius + " degC yet";
            start = ready;
        }
        boolean first = asked.wholePlot() != null && !plotChamber.containsKey(asked.wholePlot());
        for (Soak soak : soaks.get(chamber)) {
            if (soak.celsius() == celsius) {
                continue;
            }
            int ramp = lab.ramp(chamber, soak.celsius(), celsius);
            boolean before = start + run + ramp <= soak.from() && !first && !spans(asked.wholePlot(), chamber, soak);
            if (!before && isTorn(asked.wholePlot(), chamber, soak)) {
                blocker = "its chamber is kept for whole plot " + soak.plot();
                return lab.time.horizon;
            }
            if (!before && start < soak.to() + ramp) {
                blocker = "its chamber is at " + soak.celsius() + " degC until then";
                return soak.to() + ramp;
            }
        }
        return start;
    }

    /**
     * Whether a place after this soak of another temperature tears a plot apart: the test's own, when it began before, or
     * the soak's, when not all of its tests have a place yet.
     */
    private boolean isTorn(@Nullable String plot, int chamber, Soak other) {
        String others = other.plot();
        boolean isOpen = others != null && plotPlaced.getOrDefault(others, 0) < lab.plotSize(others);
        return isOpen
                || (plot != null
                        && soaks.get(chamber).stream()
                                .anyMatch(soak -> plot.equals(soak.plot()) && soak.to() <= other.from()));
    }

    /** Whether the plot's soak lies after this one, so that a test before it would tear the soak apart. */
    private boolean spans(@Nullable String plot, int chamber, Soak other) {
        return plot != null
                && soaks.get(chamber).stream().anyMatch(soak -> plot.equals(soak.plot()) && soak.from() >= other.to());
    }

    private int powerStart(double needed, int from, int run) {
        Double limit = lab.problem.powerLimitWatts();
        if (watts == null || limit == null || needed <= 0) {
            return from;
        }
        int start = from;
        for (int slot = start / SLOT; slot * SLOT < start + run && slot < watts.length; slot++) {
            if (watts[slot] + needed > limit + 1e-3) {
                start = (slot + 1) * SLOT;
                blocker = "the hall's power is used up";
            }
        }
        return start;
    }

    /** Whether exactly this place is free, for a plan in force. */
    boolean isFree(Place place) {
        Channel channel = place.channel();
        int next = takenChannels.get(channel.number()).nextSetBit(place.setUpStart());
        boolean channelFree = next < 0 || next >= place.tearDownEnd();
        boolean staffFree = isClear(place.setUpBy(), place.setUpStart(), place.setUpEnd())
                && isClear(place.tearDownBy(), place.tearDownStart(), place.tearDownEnd());
        return channelFree
                && staffFree
                && runStart(place.test(), channel, place.start(), place.end() - place.start()) == place.start();
    }

    private boolean isClear(int technician, int from, int to) {
        return technician < 0 || lab.time.firstClear(busy.get(technician), from, to - from) == from || from == to;
    }

    /**
     * The same place, run when its chamber can be at its temperature after what is booked there already: a test that is
     * set up waits where it is. A test that runs already has its chamber.
     */
    Place withChamberReady(Place place) {
        Double celsius = lab.test(place.test()).temperatureCelsius();
        int chamber = place.channel().chamber();
        if (place.start() < 0 || celsius == null || chamber < 0) {
            return place;
        }
        int run = place.end() - place.start();
        int start = place.start();
        for (Soak soak : soaks.get(chamber)) {
            int ramp = lab.ramp(chamber, soak.celsius(), celsius);
            boolean before = start + run + ramp <= soak.from();
            if (soak.celsius() != celsius && !before) {
                start = Math.max(start, soak.to() + ramp);
            }
        }
        return start == place.start() ? place : place.startingAt(start);
    }

    /** The same place, torn down when somebody is free for it: a test that ran over has lost its technician. */
    Place withFreeTearDown(Place place) {
        int length = place.tearDownEnd() - place.tearDownStart();
        if (place.tearDownBy() < 0
                || place.tearDownStart() < 0
                || isClear(place.tearDownBy(), place.tearDownStart(), place.tearDownEnd())) {
            return place;
        }
        int by = soonest(place.end(), length);
        int at = slot(by, place.end(), length);
        return place.tornDown(by, at);
    }

    void book(Place place) {
        takenChannels.get(place.channel().number()).set(Math.max(0, place.setUpStart()), place.tearDownEnd());
        if (place.setUpBy() >= 0 && place.setUpEnd() > 0) {
            busy.get(place.setUpBy()).set(Math.max(0, place.setUpStart()), place.setUpEnd());
        }
        if (place.tearDownBy() >= 0) {
            busy.get(place.tearDownBy()).set(Math.max(0, place.tearDownStart()), Math.max(0, place.tearDownEnd()));
        }
        LabTest test = lab.test(place.test());
        Double celsius = test.temperatureCelsius();
        int chamber = place.channel().chamber();
        if (celsius != null && chamber >= 0) {
            soak(chamber, new Soak(place.start(), place.end(), celsius, test.wholePlot()));
        }
        if (watts != null && place.channel().needsStaff()) {
            for (int slot = Math.max(0, place.start() / SLOT); slot * SLOT < place.end(); slot++) {
                watts[slot] += (float) test.powerWatts();
            }
        }
    }

    /** Adds a soak, one with what it touches at the same temperature; kept in order of time. */
    private void soak(int chamber, Soak added) {
        List<Soak> all = soaks.get(chamber);
        Soak merged = added;
        if (added.plot() != null) {
            plotChamber.put(added.plot(), chamber);
            plotPlaced.merge(added.plot(), 1, Integer::sum);
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            Soak other = all.get(i);
            boolean samePlot = added.plot() != null && added.plot().equals(other.plot());
            boolean touches = added.plot() == null
                    && other.plot() == null
                    && other.celsius() == merged.celsius()
                    && other.from() <= merged.to()
                    && merged.from() <= other.to();
            if (samePlot || touches) {
                merged = new Soak(
                        Math.min(other.from(), merged.from()),
                        Math.max(other.to(), merged.to()),
                        merged.celsius(),
                        merged.plot());
                all.remove(i);
            }
        }
        int at = 0;
        while (at < all.size() && all.get(at).from() <= merged.from()) {
            at++;
        }
        all.add(at, merged);
    }
}
