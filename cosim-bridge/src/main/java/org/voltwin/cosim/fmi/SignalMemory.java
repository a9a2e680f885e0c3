package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Numbers that a {@link CallProgram} gets and sets, where native code can reach them. */
public final class SignalMemory {
    private final MemorySegment numbers;

    /** Zeros. */
    public SignalMemory(int size) {
        numbers = Arena.ofAuto().allocate(JAVA_DOUBLE, Math.max(1, size));
    }

    long address(int at) {
        return numbers.address() + (long) at * Double.BYTES;
    }

    public double get(int at) {
        return numbers.getAtIndex(JAVA_DOUBLE, at);
    }

    public void set(int at, double value) {
        numbers.setAtIndex(JAVA_DOUBLE, at, value);
    }

    /** Copies the numbers from {@code at} on. */
    public void read(int at, double[] into) {
        MemorySegment.copy(numbers, JAVA_DOUBLE, (long) at * Double.BYTES, into, 0, into.length);
    }

    /** Puts numbers from {@code at} on. */
    public void write(int at, double[] from) {
        MemorySegment.copy(from, 0, numbers, JAVA_DOUBLE, (long) at * Double.BYTES, from.length);
    }
}
