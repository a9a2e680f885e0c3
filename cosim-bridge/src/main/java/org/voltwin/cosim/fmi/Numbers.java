package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import org.voltwin.cosim.fmu.ModelVariable.Type;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** Numbers of FMI 3.0's types in C arrays. */
final class Numbers {
    private Numbers() {}

    static long bytes(Type type) {
        return switch (type) {
            case INT8, UINT8, BOOLEAN, CLOCK -> 1;
            case INT16, UINT16 -> 2;
            case FLOAT32, INT32, UINT32 -> 4;
            case FLOAT64, INT64, UINT64, ENUMERATION -> 8;
            case STRING, BINARY -> throw new IllegalArgumentException(type + " is not a number");
        };
    }

    static double read(Type type, MemorySegment memory, int index) {
        return switch (type) {
            case FLOAT32 -> memory.getAtIndex(JAVA_FLOAT, index);
            case FLOAT64 -> memory.getAtIndex(JAVA_DOUBLE, index);
            case UINT64 -> unsigned(memory.getAtIndex(JAVA_LONG, index));
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, BOOLEAN, ENUMERATION, CLOCK, STRING, BINARY ->
                readInteger(type, memory, index);
        };
    }

    /** The nearest double, which needs 2^64 added where the first bit is set. */
    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1) * 2.0;
    }

    static long readInteger(Type type, MemorySegment memory, int index) {
        return switch (type) {
            case INT8 -> memory.getAtIndex(JAVA_BYTE, index);
            case UINT8 -> Byte.toUnsignedLong(memory.getAtIndex(JAVA_BYTE, index));
            case BOOLEAN, CLOCK -> memory.getAtIndex(JAVA_BYTE, index) == 0 ? 0 : 1;
            case INT16 -> memory.getAtIndex(JAVA_SHORT, index);
            case UINT16 -> Short.toUnsignedLong(memory.getAtIndex(JAVA_SHORT, index));
            case INT32 -> memory.getAtIndex(JAVA_INT, index);
            case UINT32 -> Integer.toUnsignedLong(memory.getAtIndex(JAVA_INT, index));
            case INT64, UINT64, ENUMERATION -> memory.getAtIndex(JAVA_LONG, index);
            case FLOAT32, FLOAT64, STRING, BINARY ->
                throw new IllegalArgumentException(type + " is not a whole number");
        };
    }

    static void write(Type type, MemorySegment memory, int index, double value) {
        switch (type) {
            case FLOAT32 -> memory.setAtIndex(JAVA_FLOAT, index, (float) value);
            case FLOAT64 -> memory.setAtIndex(JAVA_DOUBLE, index, value);
            case UINT64 -> memory.setAtIndex(JAVA_LONG, index, unsigned(value));
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, BOOLEAN, ENUMERATION, CLOCK, STRING, BINARY -> {
                if (value != Math.rint(value) || value < -0x1p63 || value >= 0x1p63) {
                    throw doesNotFit(type, String.valueOf(value));
                }
                writeInteger(type, memory, index, (long) value);
            }
        }
    }

    private static long unsigned(double value) {
        if (value != Math.rint(value) || value < 0 || value >= 0x1p64) {
            throw doesNotFit(Type.UINT64, String.valueOf(value));
        }
        return value < 0x1p63 ? (long) value : (long) (value - 0x1p63) + Long.MIN_VALUE;
    }

    static void writeInteger(Type type, MemorySegment memory, int index, long value) {
        switch (type) {
            case INT8 -> memory.setAtIndex(JAVA_BYTE, index, (byte) within(type, value, Byte.MIN_VALUE, 0x7F));
            case UINT8 -> memory.setAtIndex(JAVA_BYTE, index, (byte) within(type, value, 0, 0xFF));
            case BOOLEAN, CLOCK -> memory.setAtIndex(JAVA_BYTE, index, (byte) within(type, value, 0, 1));
            case INT16 -> memory.setAtIndex(JAVA_SHORT, index, (short) within(type, value, Short.MIN_VALUE, 0x7FFF));
            case UINT16 -> memory.setAtIndex(JAVA_SHORT, index, (short) within(type, value, 0, 0xFFFF));
            case INT32 -> memory.setAtIndex(JAVA_INT, index, (int) within(type, value, Integer.MIN_VALUE, 0x7FFF_FFFF));
            case UINT32 -> memory.setAtIndex(JAVA_INT, index, (int) within(type, value, 0, 0xFFFF_FFFFL));
            case INT64, UINT64, ENUMERATION -> memory.setAtIndex(JAVA_LONG, index, value);
            case FLOAT32 -> memory.setAtIndex(JAVA_FLOAT, index, value);
            case FLOAT64 -> memory.setAtIndex(JAVA_DOUBLE, index, value);
            case STRING, BINARY -> throw new IllegalArgumentException(type + " is not a number");
        }
    }

    private static long within(Type type, long value, long least, long most) {
        if (value < least || value > most) {
            throw doesNotFit(type, String.valueOf(value));
        }
        return value;
    }

    private static RefusedException doesNotFit(Type type, String value) {
        return new RefusedException(Failure.permanent(
                "value.does_not_fit",
                "A variable of the type " + type + " cannot hold " + value + ".",
                "Give a whole number in the range of the type, or 0 or 1 for a Boolean."));
    }
}
