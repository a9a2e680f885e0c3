package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.voltwin.cosim.fmi.Scratch.MEMORY;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.fmu.FmiVersion;
import org.voltwin.cosim.fmu.ModelVariable.Type;

/** Gets and sets of FMI 3.0, which give and take the values of one variable at a time. */
final class Fmi3Access {
    private final Instance instance;
    private final long address;
    private final Scratch scratch;
    private final long references;
    private final long values;
    private final @Nullable MemorySegment[] getters = new MemorySegment[Type.values().length];
    private final @Nullable MemorySegment[] setters = new MemorySegment[Type.values().length];
    private long getFloat64;
    private long setFloat64;

    Fmi3Access(Instance instance, Scratch scratch) {
        this.instance = instance;
        this.scratch = scratch;
        address = instance.address();
        references = scratch.reference();
        values = scratch.number();
    }

    double get(long valueReference) {
        long function = getFloat64;
        if (function == 0) {
            function = getter(Type.FLOAT64).address();
            getFloat64 = function;
        }
        MEMORY.set(JAVA_INT, references, (int) valueReference);
        int status;
        try {
            status = (int) Downcalls.ACCESS_3.invokeExact(
                    MemorySegment.ofAddress(function), address, references, 1L, values, 1L);
        } catch (Throwable e) {
            throw instance.broken("GetFloat64", e);
        }
        if (status != 0) {
            instance.check("GetFloat64", status);
        }
        return MEMORY.get(JAVA_DOUBLE, values);
    }

    void set(long valueReference, double value) {
        long function = setFloat64;
        if (function == 0) {
            function = setter(Type.FLOAT64).address();
            setFloat64 = function;
        }
        MEMORY.set(JAVA_INT, references, (int) valueReference);
        MEMORY.set(JAVA_DOUBLE, values, value);
        int status;
        try {
            status = (int) Downcalls.ACCESS_3.invokeExact(
                    MemorySegment.ofAddress(function), address, references, 1L, values, 1L);
        } catch (Throwable e) {
            throw instance.broken("SetFloat64", e);
        }
        if (status != 0) {
            instance.check("SetFloat64", status);
        }
    }

    private MemorySegment getter(Type type) {
        return function("Get", type, getters);
    }

    private MemorySegment setter(Type type) {
        return function("Set", type, setters);
    }

    private MemorySegment function(String verb, Type type, @Nullable MemorySegment[] known) {
        MemorySegment function = known[type.ordinal()];
        if (function == null) {
            function = instance.function(verb + type.functionSuffix(FmiVersion.V3));
            known[type.ordinal()] = function;
        }
        return function;
    }

    /** The array that the model filled. */
    private MemorySegment got(Type type, long valueReference, int count) {
        MemorySegment array = scratch.array(count * Numbers.bytes(type));
        call("Get", type, getter(type), valueReference, array, count);
        return array;
    }

    private void put(Type type, long valueReference, MemorySegment array, int count) {
        call("Set", type, setter(type), valueReference, array, count);
    }

    private void call(
            String verb, Type type, MemorySegment function, long valueReference, MemorySegment array, int count) {
        scratch.reference(valueReference);
        int status;
        try {
            status = (int)
                    Downcalls.ACCESS_3.invokeExact(function, address, references, 1L, array.address(), (long) count);
        } catch (Throwable e) {
            throw instance.broken(verb + type.functionSuffix(FmiVersion.V3), e);
        }
        if (status != 0) {
            instance.check(verb + type.functionSuffix(FmiVersion.V3), status);
        }
    }

    void readNumbers(Type type, long valueReference, double[] numbers) {
        MemorySegment array = got(type, valueReference, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Numbers.read(type, array, i);
        }
    }

    void writeNumbers(Type type, long valueReference, double[] numbers) {
        MemorySegment array = scratch.array(numbers.length * Numbers.bytes(type));
        for (int i = 0; i < numbers.length; i++) {
            Numbers.write(type, array, i, numbers[i]);
        }
        put(type, valueReference, array, numbers.length);
    }

    void readIntegers(Type type, long valueReference, long[] numbers) {
        MemorySegment array = got(type, valueReference, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Numbers.readInteger(type, array, i);
        }
    }

    void writeIntegers(Type type, long valueReference, long[] numbers) {
        MemorySegment array = scratch.array(numbers.length * Numbers.bytes(type));
        for (int i = 0; i < numbers.length; i++) {
            Numbers.writeInteger(type, array, i, numbers[i]);
        }
        put(type, valueReference, array, numbers.length);
    }

    String[] readStrings(long valueReference, int count) {
        MemorySegment pointers = scratch.array(count * 8L);
        scratch.reference(valueReference);
        instance.call("GetString", references, 1L, pointers.address(), (long) count);
        String[] strings = new String[count];
        for (int i = 0; i < count; i++) {
            strings[i] = Text.at(pointers.getAtIndex(JAVA_LONG, i));
        }
        return strings;
    }

    void writeStrings(long valueReference, String[] strings) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointers = arena.allocate(ADDRESS, Math.max(1, strings.length));
            for (int i = 0; i < strings.length; i++) {
                pointers.setAtIndex(ADDRESS, i, arena.allocateFrom(strings[i], StandardCharsets.UTF_8));
            }
            scratch.reference(valueReference);
            instance.call("SetString", references, 1L, pointers.address(), (long) strings.length);
        }
    }

    byte[][] readBinaries(long valueReference, int count) {
        MemorySegment memoryOfAll = scratch.array(count * 16L); // sizes, then pointers
        scratch.reference(valueReference);
        long pointers = memoryOfAll.address() + count * 8L;
        instance.call("GetBinary", references, 1L, memoryOfAll.address(), pointers, (long) count);
        byte[][] binaries = new byte[count][];
        for (int i = 0; i < count; i++) {
            long size = memoryOfAll.getAtIndex(JAVA_LONG, i);
            long at = memoryOfAll.getAtIndex(JAVA_LONG, (long) count + i);
            binaries[i] = MemorySegment.ofAddress(at).reinterpret(size).toArray(JAVA_BYTE);
        }
        return binaries;
    }

    void writeBinaries(long valueReference, byte[][] binaries) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sizes = arena.allocate(JAVA_LONG, Math.max(1, binaries.length));
            MemorySegment pointers = arena.allocate(ADDRESS, Math.max(1, binaries.length));
            for (int i = 0; i < binaries.length; i++) {
                sizes.setAtIndex(JAVA_LONG, i, binaries[i].length);
                pointers.setAtIndex(ADDRESS, i, arena.allocateFrom(JAVA_BYTE, binaries[i]));
            }
            scratch.reference(valueReference);
            instance.call("SetBinary", references, 1L, sizes.address(), pointers.address(), (long) binaries.length);
        }
    }
}
