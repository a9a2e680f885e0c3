package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Directional derivatives, which FMI 2.0 and 3.0 give by functions of nearly the same form. */
final class Derivatives {
    private Derivatives() {}

    static double[] of(Instance instance, boolean third, long[] unknowns, long[] knowns, double[] seed) {
        try (Arena arena = Arena.ofConfined()) {
            long of = references(unknowns, arena);
            long by = references(knowns, arena);
            long given = arena.allocateFrom(JAVA_DOUBLE, seed).address();
            MemorySegment answer = arena.allocate(JAVA_DOUBLE, unknowns.length);
            long manyOf = unknowns.length;
            long manyBy = knowns.length;
            if (third) {
                instance.call(
                        "GetDirectionalDerivative",
                        of,
                        manyOf,
                        by,
                        manyBy,
                        given,
                        (long) seed.length,
                        answer.address(),
                        manyOf);
            } else {
                instance.call("GetDirectionalDerivative", of, manyOf, by, manyBy, given, answer.address());
            }
            return answer.toArray(JAVA_DOUBLE);
        }
    }

    /** Value references as a C array. */
    static long references(long[] references, Arena arena) {
        return arena.allocateFrom(
                        JAVA_INT,
                        Arrays.stream(references)
                                .mapToInt(reference -> (int) reference)
                                .toArray())
                .address();
    }
}
