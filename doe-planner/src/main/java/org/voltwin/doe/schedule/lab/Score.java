package org.voltwin.doe.schedule.lab;

import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;

/**
 * How good a plan is; smaller is better and the first difference counts. With a plan in force {@code movedFirst} counts
 * the tests that move before makespan; it is 0 otherwise.
 */
record Score(int unplaced, long lateness, int movedFirst, long makespan, long preference, int moved, long ends)
        implements Comparable<Score> {
    static Score of(Laboratory lab, Decoder decoder, @Nullable Place[] places, boolean fewMoves) {
        int unplaced = 0;
        long lateness = 0;
        long makespan = 0;
        long preference = 0;
        int moved = 0;
        long ends = 0;
        for (int t = 0; t < places.length; t++) {
            Place place = places[t];
            LabTest test = lab.test(t);
            if (place == null) {
                unplaced++;
                continue;
            }
            if (test.due() != null) {
                lateness += (long) test.weight() * Math.max(0, place.end() - lab.time.upMinutes(test.due()));
            }
            if (test.preferred() != null) {
                preference += Math.abs(place.start() - lab.time.upMinutes(test.preferred()));
            }
            makespan = Math.max(makespan, place.tearDownEnd());
            ends += place.tearDownEnd();
            Place before = decoder.inForce(t);
            if (before != null
                    && (before.start() != place.start()
                            || before.channel().number() != place.channel().number())) {
                moved++;
            }
        }
        return new Score(unplaced, lateness, fewMoves ? moved : 0, makespan, preference, moved, ends);
    }

    @Override
    public int compareTo(Score o) {
        long[] a = {unplaced, lateness, movedFirst, makespan, preference, moved, ends};
        long[] b = {o.unplaced, o.lateness, o.movedFirst, o.makespan, o.preference, o.moved, o.ends};
        return java.util.Arrays.compare(a, b);
    }
}
