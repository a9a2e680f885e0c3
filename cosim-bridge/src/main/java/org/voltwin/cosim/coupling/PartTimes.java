package org.voltwin.cosim.coupling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.cosim.fmi.CallProgram;

/** Wall-clock time spent in each part's steps, estimated from some of the evaluations. */
final class PartTimes {
    /** Evaluations of the same parts, of which the first and then one in so many are timed: looking costs time too. */
    static final class Clock {
        private static final int FIRST = 8;
        private static final int EVERY = 32;

        private long evaluations;
        private long timed;

        /** Counts an evaluation; true when it is to be timed. */
        boolean next() {
            evaluations++;
            boolean now = evaluations <= FIRST || evaluations % EVERY == 0;
            timed += now ? 1 : 0;
            return now;
        }

        long evaluations() {
            return evaluations;
        }

        /** A time measured in the timed evaluations, for one of them on average. */
        double each(long nanoseconds) {
            return timed == 0 ? 0 : (double) nanoseconds / timed;
        }
    }

    private record Place(int part, CallProgram program, int call, Clock clock) {}

    private final List<Place> places = new ArrayList<>();
    private final double[] before;

    PartTimes(int parts) {
        before = new double[parts];
    }

    /** Has a program step a part, and looks at its time from now on. */
    void step(CallProgram program, Clock clock, int index, Part part) {
        places.add(new Place(index, program, program.size(), clock));
        program.step(part.model(), part.stepsPerStep());
    }

    /** Nanoseconds in all, by part. */
    private double[] all() {
        double[] sum = before.clone();
        for (Place place : places) {
            sum[place.part()] +=
                    place.clock().each(place.program().nanoseconds(place.call())) * place.clock().evaluations;
        }
        return sum;
    }

    /** Nanoseconds that a part takes at least in one evaluation of this clock, by part. */
    double[] least(Clock clock) {
        double[] least = new double[before.length];
        for (Place place : places) {
            if (place.clock() == clock) {
                least[place.part()] = place.program().shortestNanoseconds(place.call());
            }
        }
        return least;
    }

    /** Seconds in all, by the parts' names. */
    Map<String, Double> seconds(List<Part> parts) {
        double[] nanoseconds = all();
        Map<String, Double> seconds = new TreeMap<>();
        for (int i = 0; i < nanoseconds.length; i++) {
            seconds.put(parts.get(i).name(), nanoseconds[i] / 1e9);
        }
        return seconds;
    }

    void save(Memory memory) {
        memory.put(all());
    }

    void load(Memory memory) {
        memory.next(before);
    }
}
