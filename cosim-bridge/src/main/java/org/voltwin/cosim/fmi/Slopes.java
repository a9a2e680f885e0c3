package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/** First derivatives by time: of outputs in FMI 2.0 and 3.0, of inputs in FMI 2.0 only. */
final class Slopes {
    private static final int FIRST_ORDER = 1;
    private static final int DISCARD = 2;

    private final Instance instance;
    private final boolean third;
    private final Scratch scratch;

    Slopes(Instance instance, boolean third, Scratch scratch) {
        this.instance = instance;
        this.third = third;
        this.scratch = scratch;
    }

    double get(long valueReference) {
        MemorySegment array = arguments(valueReference);
        long at = array.address();
        String function = third ? "GetOutputDerivatives" : "GetRealOutputDerivatives";
        int status = third
                ? instance.status(function, at, 1L, at + 8, at + 16, 1L)
                : instance.status(function, at, 1L, at + 8, at + 16);
        if (status == DISCARD) {
            instance.journal().handOn();
            return Double.NaN;
        }
        instance.check(function, status);
        return array.get(JAVA_DOUBLE, 16);
    }

    void set(long valueReference, double perSecond) {
        MemorySegment array = arguments(valueReference);
        array.set(JAVA_DOUBLE, 16, perSecond);
        long at = array.address();
        instance.call("SetRealInputDerivatives", at, 1L, at + 8, at + 16);
    }

    /** The value reference, the order, and room for the value, each at 8 bytes. */
    private MemorySegment arguments(long valueReference) {
        MemorySegment array = scratch.array(24);
        array.set(JAVA_INT, 0, (int) valueReference);
        array.set(JAVA_INT, 8, FIRST_ORDER);
        return array;
    }
}
