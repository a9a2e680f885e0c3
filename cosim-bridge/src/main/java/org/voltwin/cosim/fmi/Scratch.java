package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that an instance's calls pass their arguments in, kept over calls. Hot code reads and writes it by address
 * through {@link #MEMORY}: what is constant is not loaded again after each native call.
 */
final class Scratch {
    /** All memory of the process. */
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final long FIXED_BYTES = 32;

    private final MemorySegment fixed = Arena.ofAuto().allocate(FIXED_BYTES, 8);
    private MemorySegment array = Arena.ofAuto().allocate(64, 8);

    /** Address of the value reference. */
    long reference() {
        return fixed.address();
    }

    /** Address of the one value. */
    long number() {
        return fixed.address() + 8;
    }

    /** Address of a step's answers: 8 bytes of flags, then the time reached. */
    long answers() {
        return fixed.address() + 16;
    }

    /** Puts the value reference into its place. */
    void reference(long valueReference) {
        MEMORY.set(JAVA_INT, reference(), (int) valueReference);
    }

    /** Room for an array; what was there before is lost. */
    MemorySegment array(long bytes) {
        if (array.byteSize() < bytes) {
            array = Arena.ofAuto().allocate(2 * bytes, 8);
        }
        return array;
    }
}
