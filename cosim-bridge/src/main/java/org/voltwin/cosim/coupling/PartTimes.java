package org.voltwin.cosim.coupling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.cosim.fmi.CallProgram;

/**
 * Wall-clock time spent in each part's steps, taken of one evaluation in so many: looking at the clock costs as much as
 * a small model.
 */
final class PartTimes {
    private static final int TIMED_EVERY = 32;

    private record Place(int part, CallProgram program, int call) {}

    private final List<Place> places = new ArrayList<>();
    private final long[] before;

    PartTimes(int parts) {
        before = new long[parts];
    }

    /** Whether the evaluation with this number is timed. */
    static boolean isTimed(long evaluation) {
        return evaluation % TIMED_EVERY == 0;
    }

    /** Has a program step a part, and looks at its time from now on. */
    void step(CallProgram program, int index, Part part) {
        places.add(new Place(index, program, program.size()));
        program.step(part.model(), part.stepsPerStep());
    }

    /** Of the timed evaluations, by part. */
    long[] nanoseconds() {
        long[] sum = before.clone();
        for (Place place : places) {
            sum[place.part()] += place.program().nanoseconds(place.call());
        }
        return sum;
    }

    /** Estimated for all evaluations. */
    Map<String, Double> seconds(List<Part> parts) {
        long[] nanoseconds = nanoseconds();
        Map<String, Double> seconds = new TreeMap<>();
        for (int i = 0; i < nanoseconds.length; i++) {
            seconds.put(parts.get(i).name(), nanoseconds[i] * (TIMED_EVERY / 1e9));
        }
        return seconds;
    }

    void save(Memory memory) {
        for (long each : nanoseconds()) {
            memory.put(each);
        }
    }

    void load(Memory memory) {
        for (int i = 0; i < before.length; i++) {
            before[i] = memory.nextLong();
        }
    }
}
