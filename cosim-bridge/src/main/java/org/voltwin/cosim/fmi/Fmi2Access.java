package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.voltwin.cosim.fmi.Scratch.MEMORY;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.voltwin.cosim.fmu.FmiVersion;
import org.voltwin.cosim.fmu.ModelVariable.Type;

/** Gets and sets of FMI 2.0, whose variables are scalars. */
final class Fmi2Access {
    private final Instance instance;
    private final long address;
    private final long references;
    private final long value;
    private final Map<String, MemorySegment> functions = new HashMap<>();
    private long getReal;
    private long setReal;

    Fmi2Access(Instance instance, Scratch scratch) {
        this.instance = instance;
        address = instance.address();
        references = scratch.reference();
        value = scratch.number();
    }

    double get(long valueReference) {
        long function = getReal;
        if (function == 0) {
            function = instance.function("GetReal").address();
            getReal = function;
        }
        call("GetReal", function, valueReference);
        return MEMORY.get(JAVA_DOUBLE, value);
    }

    void set(long valueReference, double number) {
        long function = setReal;
        if (function == 0) {
            function = instance.function("SetReal").address();
            setReal = function;
        }
        MEMORY.set(JAVA_DOUBLE, value, number);
        call("SetReal", function, valueReference);
    }

    private void call(String name, long function, long valueReference) {
        MEMORY.set(JAVA_INT, references, (int) valueReference);
        int status;
        try {
            status = (int)
                    Downcalls.ACCESS_2.invokeExact(MemorySegment.ofAddress(function), address, references, 1L, value);
        } catch (Throwable e) {
            throw instance.broken(name, e);
        }
        if (status != 0) {
            instance.check(name, status);
        }
    }

    private void access(String verb, Type type, long valueReference) {
        String name = verb + type.functionSuffix(FmiVersion.V2);
        call(name, functions.computeIfAbsent(name, instance::function).address(), valueReference);
    }

    /** How C holds it: everything that is not Real is an int. */
    private static Type stored(Type type) {
        return type.isReal() ? Type.FLOAT64 : Type.INT32;
    }

    private MemorySegment place() {
        return MEMORY.asSlice(value, Double.BYTES);
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
        return Text.at(MEMORY.get(JAVA_LONG, value));
    }

    void writeString(long valueReference, String text) {
        try (Arena arena = Arena.ofConfined()) {
            MEMORY.set(ADDRESS, value, arena.allocateFrom(text, StandardCharsets.UTF_8));
            access("Set", Type.STRING, valueReference);
        }
    }
}
