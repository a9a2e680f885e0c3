package org.voltwin.doe.schedule.lab;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/**
 * Why each test is where it is and not earlier on its channel, told from the finished plan: with all others left in
 * place, every earlier moment is tried and what blocks it is named.
 */
final class Why {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ROOT);
    private static final int MOST_NAMES = 4;

    private final Laboratory lab;
    private final Decoder decoder;
    private final @Nullable Place[] places;
    private final List<List<Place>> onChannel = new ArrayList<>();
    private final List<List<Place>> inChamber = new ArrayList<>();
    private final List<BitSet> busy = new ArrayList<>();
    private final List<Place> drawing = new ArrayList<>();

    /**
     * Something that blocks a moment: in words, by which test if by one, until when it lasts, and from when on the test
     * could be set up again as far as this is concerned (before {@code until} if it blocks the run).
     */
    private record Block(String what, @Nullable String test, int until, int setUpFrom) {
        Block(String what, @Nullable String test, int until) {
            this(what, test, until, until);
        }

        /** The same of a run that {@code setUp} minutes go before. */
        Block ofRunAfter(int setUp) {
            return new Block(what, test, until, until - setUp);
        }
    }

    Why(Laboratory lab, Decoder decoder, @Nullable Place[] places) {
        this.lab = lab;
        this.decoder = decoder;
        this.places = places;
        lab.channels.forEach(c -> onChannel.add(new ArrayList<>()));
        lab.problem.chambers().forEach(c -> inChamber.add(new ArrayList<>()));
        lab.away.forEach(away -> busy.add((BitSet) away.clone()));
        for (Place place : places) {
            if (place != null) {
                add(place);
            }
        }
        onChannel.forEach(list -> list.sort(Comparator.comparingInt(Place::setUpStart)));
    }

    private void add(Place place) {
        Channel channel = place.channel();
        onChannel.get(channel.number()).add(place);
        if (channel.chamber() >= 0 && lab.test(place.test()).temperatureCelsius() != null) {
            inChamber.get(channel.chamber()).add(place);
        }
        if (channel.needsStaff()) {
            drawing.add(place);
        }
        staff(place, true);
    }

    private void staff(Place place, boolean taken) {
        mark(place.setUpBy(), place.setUpStart(), place.setUpEnd(), taken);
        mark(place.tearDownBy(), place.tearDownStart(), place.tearDownEnd(), taken);
    }

    private void mark(int by, int from, int to, boolean taken) {
        if (by >= 0 && to > 0) {
            busy.get(by).set(Math.max(0, from), to, taken);
        }
    }

    /** In words, for one test of the plan. */
    String of(Place place) {
        if (place.setUpStart() < 0) {
            int shut = lab.closedChannels.get(place.channel().number()).nextSetBit(0);
            return place.why()
                    + (shut >= 0 && shut < place.end()
                            ? "; its bench is closed from " + clock(shut)
                                    + ": if the test is lost, take it out of the plan in force and it is planned anew"
                            : "");
        }
        if (place.why().startsWith("it stays")) {
            return place.why();
        }
        int suitable = lab.suitable.get(place.test()).size();
        String where = suitable == 1 ? "the only channel that suits" : "one of " + suitable + " channels that suit";
        staff(place, false);
        List<Block> blocks = new ArrayList<>();
        int at = 0;
        while (at < place.setUpStart()) {
            Block block = block(place, at);
            if (block == null) {
                break;
            }
            blocks.add(block);
            at = Math.max(at + 1, block.setUpFrom());
        }
        staff(place, true);
        String waiting = waiting(place);
        if (blocks.isEmpty() && place.setUpStart() == 0) {
            return where + "; not earlier: it starts as soon as the plan may" + waiting;
        }
        String until = blocks.isEmpty() ? "" : "; not earlier: " + words(blocks);
        return at < place.setUpStart()
                ? where + until + "; it could be set up at " + clock(at)
                        + " with all others as they are, and is later "
                        + (lab.test(place.test()).preferred() == null
                                ? "for the plan as a whole"
                                : "for its preferred start or the plan as a whole")
                        + waiting
                : where + until + waiting;
    }

    /** What the run waits for after the set-up, if it does. */
    private String waiting(Place place) {
        int run = place.end() - place.start();
        List<Block> blocks = new ArrayList<>();
        for (int at = place.setUpEnd(); at < place.start(); ) {
            Block block = place.channel().chamber() < 0 ? null : chamber(place, at, run);
            if (block == null && place.channel().needsStaff()) {
                block = power(place, at, run);
            }
            if (block == null) {
                break;
            }
            blocks.add(block);
            at = Math.max(at + 1, block.until());
        }
        return blocks.isEmpty() ? "" : "; set up, its run waits: " + words(blocks);
    }

    /** One phrase for each run of blocks of the same sort, with the tests that make it. */
    private String words(List<Block> blocks) {
        Map<Integer, String> phrases = new LinkedHashMap<>();
        for (int i = 0; i < blocks.size(); ) {
            String what = blocks.get(i).what();
            TreeSet<String> tests = new TreeSet<>();
            int end = i;
            while (end < blocks.size() && blocks.get(end).what().equals(what)) {
                String test = blocks.get(end).test();
                if (test != null) {
                    tests.add(test);
                }
                end++;
            }
            String names = String.join(", ", tests.stream().limit(MOST_NAMES).toList())
                    + (tests.size() > MOST_NAMES ? " and " + (tests.size() - MOST_NAMES) + " more" : "");
            phrases.put(
                    i,
                    "until " + clock(blocks.get(end - 1).until()) + " " + what
                            + (names.isEmpty() ? "" : " (" + names + ")"));
            i = end;
        }
        return String.join(", ", phrases.values());
    }

    private String clock(int minute) {
        return ZonedDateTime.ofInstant(lab.time.instant(minute), lab.problem.zone())
                .format(CLOCK);
    }

    /** What keeps this test from being set up at this minute; null when nothing does. */
    private @Nullable Block block(Place place, int at) {
        int test = place.test();
        if (at < decoder.release(test)) {
            return new Block("it is not released", null, decoder.release(test));
        }
        for (String before : lab.test(test).after()) {
            Place first = places[lab.testNumbers.getOrDefault(before, test)];
            if (first != null && at < first.tearDownEnd()) {
                return new Block("it waits for the test before it", before, first.tearDownEnd());
            }
        }
        Channel channel = place.channel();
        int setUp = lab.setUp(test, channel);
        int run = lab.run(test, channel);
        int tearDown = lab.tearDown(test, channel);
        Block taken = taken(place, at, at + setUp + run + tearDown);
        if (taken != null) {
            return taken;
        }
        Block unstaffed = setUp == 0 ? null : unstaffed(at, setUp, "set it up");
        if (unstaffed != null) {
            return unstaffed;
        }
        Block chamber = channel.chamber() < 0 ? null : chamber(place, at + setUp, run);
        if (chamber != null) {
            return chamber.ofRunAfter(setUp);
        }
        Block power = channel.needsStaff() ? power(place, at + setUp, run) : null;
        if (power != null) {
            return power.ofRunAfter(setUp);
        }
        int end = at + setUp + run;
        int tornDown = tearDown == 0 ? end : soonest(busy, end, tearDown) + tearDown;
        Block next = taken(place, at, tornDown);
        return next == null
                ? null
                : new Block("nobody would tear it down before the channel's next test", next.test(), at + 1);
    }

    private @Nullable Block taken(Place place, int from, int to) {
        for (Place other : onChannel.get(place.channel().number())) {
            if (other.test() != place.test() && other.setUpStart() < to && from < other.tearDownEnd()) {
                return new Block("its channel is taken", lab.test(other.test()).id(), other.tearDownEnd());
            }
        }
        BitSet closed = lab.closedChannels.get(place.channel().number());
        int first = closed.nextSetBit(from);
        return first >= 0 && first < to ? new Block("its bench is closed", null, closed.nextClearBit(first)) : null;
    }

    private @Nullable Block unstaffed(int at, int minutes, String what) {
        int free = soonest(busy, at, minutes);
        if (free <= at) {
            return null;
        }
        int onShift = soonest(lab.away, at, minutes);
        return onShift > at
                ? new Block("no technician is on shift to " + what, null, onShift)
                : new Block("every technician on shift has other work", null, free);
    }

    private int soonest(List<BitSet> taken, int from, int minutes) {
        return taken.stream()
                .mapToInt(set -> lab.time.firstClear(set, from, minutes))
                .min()
                .orElse(lab.time.horizon);
    }

    private @Nullable Block chamber(Place place, int start, int run) {
        int chamber = place.channel().chamber();
        BitSet closed = lab.closedChambers.get(chamber);
        int shut = closed.nextSetBit(start);
        if (shut >= 0 && shut < start + run) {
            return new Block("its chamber is closed", null, closed.nextClearBit(shut));
        }
        Double celsius = lab.test(place.test()).temperatureCelsius();
        if (celsius == null) {
            return null;
        }
        int ready = lab.ramp(chamber, lab.problem.chambers().get(chamber).startCelsius(), celsius);
        if (start < ready) {
            return new Block("its chamber is not at " + celsius + " degC yet", null, ready);
        }
        for (Place other : inChamber.get(chamber)) {
            Double held = lab.test(other.test()).temperatureCelsius();
            if (held != null && !held.equals(celsius)) {
                int ramp = lab.ramp(chamber, held, celsius);
                if (other.start() < start + run + ramp && start < other.end() + ramp) {
                    return new Block(
                            "its chamber is at " + held + " degC or on the way",
                            lab.test(other.test()).id(),
                            other.end() + ramp);
                }
            }
        }
        return null;
    }

    private @Nullable Block power(Place place, int start, int run) {
        Double limit = lab.problem.powerLimitWatts();
        double own = lab.test(place.test()).powerWatts();
        if (limit == null || own <= 0) {
            return null;
        }
        for (Place moment : drawing) {
            int at = Math.max(start, moment.start());
            if (at >= start + run || moment.end() <= start) {
                continue;
            }
            double used = own;
            int until = Integer.MAX_VALUE;
            for (Place other : drawing) {
                if (other.test() != place.test() && other.start() <= at && at < other.end()) {
                    used += lab.test(other.test()).powerWatts();
                    until = Math.min(until, other.end());
                }
            }
            if (used > limit + 1e-3) {
                return new Block("the hall's power is used up", null, until);
            }
        }
        return null;
    }
}
