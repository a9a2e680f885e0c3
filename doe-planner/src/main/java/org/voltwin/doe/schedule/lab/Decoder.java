package org.voltwin.doe.schedule.lab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/** Turns an order of tests into a plan: each gets the place where it ends first among what is left. */
final class Decoder {
    private final Laboratory lab;
    private final Map<String, List<Integer>> plots = new HashMap<>();
    private final List<Place> running = new ArrayList<>();
    private final @Nullable Place[] inForce;

    Decoder(Laboratory lab) {
        this.lab = lab;
        inForce = new Place[lab.problem.tests().size()];
        for (int t = 0; t < inForce.length; t++) {
            String plot = lab.test(t).wholePlot();
            if (plot != null) {
                plots.computeIfAbsent(plot, p -> new ArrayList<>()).add(t);
            }
        }
        for (LabAssignment assignment : lab.problem.plan()) {
            Integer test = lab.testNumbers.get(assignment.test());
            Place place = test == null ? null : place(test, assignment);
            if (place != null) {
                inForce[place.test()] = place;
                if (place.setUpStart() < 0) {
                    running.add(place);
                }
            }
        }
        running.sort(java.util.Comparator.comparingInt(Place::start));
    }

    @Nullable Place inForce(int test) {
        return inForce[test];
    }

    boolean isRunning(int test) {
        Place place = inForce[test];
        return place != null && place.setUpStart() < 0;
    }

    private @Nullable Place place(int test, LabAssignment a) {
        for (Channel channel : lab.channels) {
            if (channel.bench().id().equals(a.bench()) && channel.channel() == a.channel()) {
                return new Place(
                        test,
                        channel,
                        technician(a.setUpBy()),
                        technician(a.tearDownBy()),
                        lab.time.upMinutes(a.setUpStart()),
                        lab.time.upMinutes(a.setUpEnd()),
                        lab.time.upMinutes(a.start()),
                        lab.time.upMinutes(a.end()),
                        lab.time.upMinutes(a.tearDownStart()),
                        lab.time.upMinutes(a.tearDownEnd()),
                        "it stays where the plan in force has it");
            }
        }
        return null;
    }

    private int technician(@Nullable String id) {
        return id == null ? -1 : lab.technicianNumbers.getOrDefault(id, -1);
    }

    /**
     * The plan of an order.
     *
     * @param order all tests; what must be before another, and the rest of its whole plot, is drawn forward
     * @param keep per test: stay where the plan in force has it, if that is free
     * @param atPreferred per test: not before its preferred start
     * @return a place per test, null where there is none
     */
    @Nullable Place[] decode(int[] order, boolean[] keep, boolean[] atPreferred) {
        Board board = new Board(lab);
        Place[] places = new Place[order.length];
        bookRunning(board, places);
        List<Place> kept = new ArrayList<>();
        for (int t = 0; t < order.length; t++) {
            Place place = inForce[t];
            if (keep[t] && place != null && place.setUpStart() >= 0 && isStillRight(place)) {
                kept.add(place);
            }
        }
        kept.sort(java.util.Comparator.comparingInt(Place::start));
        for (Place place : kept) {
            if (board.isFree(place) && predecessorsEnd(place.test(), places) <= place.setUpStart()) {
                places[place.test()] = place;
                board.book(place);
            }
        }
        for (int test : order) {
            put(test, board, places, atPreferred, 0);
        }
        return places;
    }

    /**
     * What was set up before now stays where it is; only a run waits whose chamber another one keeps at its temperature
     * for longer than planned, and a tear-down that nobody has time for any more.
     */
    void bookRunning(Board board, @Nullable Place[] places) {
        for (Place planned : running) {
            Place place = board.withFreeTearDown(board.withChamberReady(planned));
            places[place.test()] = place;
            board.book(place);
        }
    }

    /** Places whole plots, each with what must be before it; they need a chamber for longest. */
    void bookWholePlots(Board board, @Nullable Place[] places) {
        plots.values()
                .forEach(members -> members.forEach(test -> put(test, board, places, new boolean[places.length], 0)));
    }

    private boolean isStillRight(Place place) {
        Channel channel = place.channel();
        return lab.suitable.get(place.test()).contains(channel)
                && place.end() - place.start() == lab.run(place.test(), channel)
                && place.setUpEnd() - place.setUpStart() == lab.setUp(place.test(), channel)
                && place.tearDownEnd() - place.tearDownStart() == lab.tearDown(place.test(), channel)
                && place.setUpStart() >= release(place.test());
    }

    /** The minute it is due; the largest number when it is not. */
    int due(int test) {
        Instant due = lab.test(test).due();
        return due == null ? Integer.MAX_VALUE : lab.time.upMinutes(due);
    }

    /** Not set up before. */
    int release(int test) {
        LabTest asked = lab.test(test);
        return asked.release() == null ? 0 : Math.max(0, lab.time.upMinutes(asked.release()));
    }

    private int predecessorsEnd(int test, @Nullable Place[] places) {
        int end = 0;
        for (String before : lab.test(test).after()) {
            Place place = places[lab.testNumbers.getOrDefault(before, test)];
            end = Math.max(end, place == null ? lab.time.horizon : place.tearDownEnd());
        }
        return end;
    }

    private void put(int test, Board board, @Nullable Place[] places, boolean[] atPreferred, int depth) {
        if (places[test] != null || depth > places.length) {
            return;
        }
        LabTest asked = lab.test(test);
        for (String before : asked.after()) {
            put(lab.testNumbers.getOrDefault(before, test), board, places, atPreferred, depth + 1);
        }
        int from = Math.max(release(test), predecessorsEnd(test, places));
        Place best = null;
        for (Channel channel : lab.suitable.get(test)) {
            int at = from;
            if (atPreferred[test] && asked.preferred() != null) {
                at = Math.max(at, lab.time.upMinutes(asked.preferred()) - lab.setUp(test, channel));
            }
            Place place = board.find(test, channel, at, best == null ? lab.time.horizon : best.tearDownEnd());
            if (place != null && (best == null || isBetter(place, best))) {
                best = place;
            }
        }
        if (best != null) {
            places[test] = best;
            board.book(best);
        }
        if (asked.wholePlot() != null) {
            for (int other : plots.getOrDefault(asked.wholePlot(), List.of())) {
                put(other, board, places, atPreferred, depth + 1);
            }
        }
    }

    /** The first to end; among equals the one that can be trusted more, then the one that starts later. */
    private static boolean isBetter(Place a, Place b) {
        if (a.tearDownEnd() != b.tearDownEnd()) {
            return a.tearDownEnd() < b.tearDownEnd();
        }
        double trust = a.channel().bench().fidelity() - b.channel().bench().fidelity();
        return trust > 0 || (trust == 0 && a.setUpStart() > b.setUpStart());
    }
}
