package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.fmu.FmiVersion;
import org.voltwin.cosim.fmu.ModelVariable.Type;

/** Gets and sets of FMI 2.0, whose variables are scalars. */
final class Fmi2Access {
    private final Instance instance;
    private final long address;
    private final Scratch scratch;
    private final MemorySegment memory;
    private final long references;
    private final long value;
    private final Map<String, MemorySegment> functions = new HashMap<>();
    private @Nullable MemorySegment getReal;
    private @Nullable MemorySegment setReal;

    Fmi2Access(Instance instance, Scratch scratch) {
        this.instance = instance;
        this.scratch = scratch;
        address = instance.address();
        memory = scratch.memory();
        references = memory.address() + Scratch.REFERENCE;
        value = memory.address() + Scratch.NUMBER;
    }

    double get(long valueReference) {
        MemorySegment function = getReal;
        if (function == null) {
            function = getReal = instance.function("GetReal");
        }
        call("GetReal", function, valueReference);
        return scratch.number();
    }

    void set(long valueReference, double number) {
        MemorySegment function = setReal;
        if (function == null) {
            function = setReal = instance.function("SetReal");
        }
        memory.set(JAVA_DOUBLE, Scratch.NUMBER, number);
        call("SetReal", function, valueReference);
    }

    private void call(String name, MemorySegment function, long valueReference) {
        scratch.reference(valueReference);
        int status;
        try {
            status = (int) Downcalls.ACCESS_2.invokeExact(function, address, references, 1L, value);
        } catch (Throwable e) {
            throw instance.broken(name, e);
        }
        if (status != 0) {
            instance.check(name, status);
        }
    }

    private void access(String verb, Type type, long valueReference) {
        String name = verb + type.functionSuffix(FmiVersion.V2);
        call(name, functions.computeIfAbsent(name, instance::function), valueReference);
    }

    /** How C holds it: everything that is not Real is an int. */
    private static Type stored(Type type) {
        return type.isReal() ? Type.FLOAT64 : Type.INT32;
    }

    private MemorySegment place() {
        return memory.asSlice(Scratch.NUMBER, Double.BYTES);
    }

    double readNumber(Type type, long valueReference) {
        access("Get", type, valueReference);
        double number = Numbers.read(stored(type), place(), 0);
        return type == Type.BOOLEAN && number != 0 ? 1 : number;
    }

    void writeNumber(Type type, long valueReference, double number) {
        if (type == Type.BOOLEAN) {
            Numbers.write(Type.BOOLEAN, place(), 0, number); // for its look at the range
        }
        Numbers.write(stored(type), place(), 0, number);
        access("Set", type, valueReference);
    }

    String readString(long valueReference) {
        access("Get", Type.STRING, valueReference);
        return Text.at(memory.get(JAVA_LONG, Scratch.NUMBER));
    }

    void writeString(long valueReference, String text) {
        try (Arena arena = Arena.ofConfined()) {
            memory.set(ADDRESS, Scratch.NUMBER, arena.allocateFrom(text, StandardCharsets.UTF_8));
            access("Set", Type.STRING, valueReference);
        }
    }
}
