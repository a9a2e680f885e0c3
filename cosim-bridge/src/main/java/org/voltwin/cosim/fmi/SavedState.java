package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The state of an instance that is kept, and states as bytes. */
final class SavedState {
    /** The names of the functions, which FMI 2.0 and 3.0 spell differently. */
    enum Names {
        V2(
                "GetFMUstate",
                "SetFMUstate",
                "FreeFMUstate",
                "SerializedFMUstateSize",
                "SerializeFMUstate",
                "DeSerializeFMUstate"),
        V3(
                "GetFMUState",
                "SetFMUState",
                "FreeFMUState",
                "SerializedFMUStateSize",
                "SerializeFMUState",
                "DeserializeFMUState");

        private final String get;
        private final String set;
        private final String free;
        private final String size;
        private final String serialise;
        private final String deserialise;

        Names(String get, String set, String free, String size, String serialise, String deserialise) {
            this.get = get;
            this.set = set;
            this.free = free;
            this.size = size;
            this.serialise = serialise;
            this.deserialise = deserialise;
        }
    }

    private final Instance instance;
    private final Names names;
    /** Two pointers: the state that is kept, and one for passing use. */
    private final MemorySegment slots = Arena.ofAuto().allocate(JAVA_LONG, 2);

    private @Nullable MemorySegment get;
    private @Nullable MemorySegment set;

    SavedState(Instance instance, Names names) {
        this.instance = instance;
        this.names = names;
    }

    /** The function that keeps the present state, or that goes back to it. */
    MemorySegment function(boolean back) {
        return instance.function(back ? names.set : names.get);
    }

    /** Looks at what one of them answered. */
    void after(boolean back, int status) {
        instance.check(back ? names.set : names.get, status);
    }

    /** Where the pointer to the state that is kept stands. */
    long slot() {
        return slots.address();
    }

    void save() {
        MemorySegment function = get;
        if (function == null) {
            function = get = instance.function(names.get);
        }
        call(names.get, function, slots.address());
    }

    void restore() {
        MemorySegment function = set;
        if (function == null) {
            function = set = instance.function(names.set);
        }
        call(names.set, function, slots.get(JAVA_LONG, 0));
    }

    private void call(String name, MemorySegment function, long argument) {
        int status;
        try {
            status = (int) Downcalls.STATE.invokeExact(function, instance.address(), argument);
        } catch (Throwable e) {
            throw instance.broken(name, e);
        }
        instance.check(name, status);
    }

    byte[] serialised() {
        long slot = slots.address() + 8;
        slots.setAtIndex(JAVA_LONG, 1, 0);
        instance.call(names.get, slot);
        try (Arena passing = Arena.ofConfined()) {
            long state = slots.getAtIndex(JAVA_LONG, 1);
            MemorySegment size = passing.allocate(JAVA_LONG);
            instance.call(names.size, state, size.address());
            MemorySegment bytes = passing.allocate(size.get(JAVA_LONG, 0), 8);
            instance.call(names.serialise, state, bytes.address(), bytes.byteSize());
            return bytes.toArray(JAVA_BYTE);
        } finally {
            free(slot);
        }
    }

    /** Takes bytes from {@code from} on. */
    void restore(byte[] state, int from) {
        long slot = slots.address() + 8;
        slots.setAtIndex(JAVA_LONG, 1, 0);
        try (Arena passing = Arena.ofConfined()) {
            int size = state.length - from;
            MemorySegment bytes = passing.allocate(size, 8);
            MemorySegment.copy(state, from, bytes, JAVA_BYTE, 0, size);
            instance.call(names.deserialise, bytes.address(), (long) size, slot);
            instance.call(names.set, slots.getAtIndex(JAVA_LONG, 1));
        } finally {
            free(slot);
        }
    }

    /** Not checked: a state that cannot be freed changes nothing. */
    private void free(long slot) {
        boolean holds = slots.get(JAVA_LONG, slot - slots.address()) != 0;
        if (holds && instance.phase() != Phase.FATAL) {
            instance.status(names.free, slot);
        }
    }

    /** Frees the kept state. */
    void free() {
        free(slots.address());
    }
}
