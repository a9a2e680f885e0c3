package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that an instance's calls pass their arguments in, kept over calls. */
final class Scratch {
    /** Place of the value reference. */
    static final long REFERENCE = 0;
    /** Place of the one value. */
    static final long NUMBER = 8;
    /** Places of a step's answers: three flags and the time reached. */
    static final long FLAGS = 16;

    static final long REACHED = 24;
    private static final long FIXED = 32;

    private final MemorySegment memory = Arena.ofAuto().allocate(FIXED, 8);
    private MemorySegment array = Arena.ofAuto().allocate(64, 8);

    /** The fixed part. */
    MemorySegment memory() {
        return memory;
    }

    /** Puts the value reference into its place. */
    void reference(long valueReference) {
        memory.set(JAVA_INT, REFERENCE, (int) valueReference);
    }

    double number() {
        return memory.get(JAVA_DOUBLE, NUMBER);
    }

    /** Room for an array; what was there before is lost. */
    MemorySegment array(long bytes) {
        if (array.byteSize() < bytes) {
            array = Arena.ofAuto().allocate(2 * bytes, 8);
        }
        return array;
    }
}
