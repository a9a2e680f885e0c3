package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.voltwin.cosim.fmi.Scratch.MEMORY;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What one instance logs, and its intermediate updates: the native side is src/main/c/importer/callbacks.c. Messages are handed on
 * when {@link #handOn} is called, which is after each function that may take long, and written at once besides when a
 * file descriptor is given.
 */
final class Journal implements AutoCloseable {
    private static final long PENDING = 0;
    private static final long LOST = 8;
    private static final long RETURN_AFTER = 16;
    private static final long UPDATES = 24;
    private static final SharedLibrary NATIVE = ImporterLibrary.LOADED;

    private final String name;
    private final Consumer<String> log;
    private final long address;
    private String last = "";

    /**
     * An empty journal.
     *
     * @param descriptor messages are written to it at once; -1 for none
     * @param log told each message, with the instance's name before it
     */
    Journal(String name, int descriptor, Consumer<String> log) {
        this.name = name;
        this.log = log;
        try (Arena arena = Arena.ofConfined()) {
            address = Downcalls.pointer(
                    NATIVE.function("voltwin_journal_open"),
                    arena.allocateFrom(name).address(),
                    descriptor);
            if (address == 0) {
                throw new FmiException(name, name + ": there is no memory for its log.");
            }
        } catch (Throwable e) {
            throw Instance.broken(name, "voltwin_journal_open", e);
        }
    }

    /** The environment that callbacks get. */
    long address() {
        return address;
    }

    /** Where the number of bytes stands that have come and were not handed on. */
    long pendingAddress() {
        return address + PENDING;
    }

    static long loggerOfFmi2() {
        return NATIVE.function("voltwin_log2").address();
    }

    static long loggerOfFmi3() {
        return NATIVE.function("voltwin_log3").address();
    }

    static long intermediateUpdate() {
        return NATIVE.function("voltwin_intermediate_update").address();
    }

    /** Asks for an early return from the first intermediate update at or after this time; infinity for never. */
    void returnAfter(double seconds) {
        MEMORY.set(JAVA_DOUBLE, address + RETURN_AFTER, seconds);
    }

    /** Intermediate updates so far. */
    long updates() {
        return MEMORY.get(JAVA_LONG, address + UPDATES);
    }

    /** Hands on what has come since the last time. */
    void handOn() {
        if (MEMORY.get(JAVA_LONG, address + PENDING) != 0) {
            take();
        }
    }

    /** The last message, or nothing. */
    String last() {
        handOn();
        return last;
    }

    /** Puts in a message of the importer. */
    void say(String message) {
        last = message;
        log.accept(name + ": " + message);
    }

    private void take() {
        byte[] taken = bytes();
        int from = 0;
        for (int to = 0; to < taken.length; to++) {
            if (taken[to] == 0) {
                say(new String(taken, from, to - from, StandardCharsets.UTF_8));
                from = to + 1;
            }
        }
        long lost = MEMORY.get(JAVA_LONG, address + LOST);
        if (lost > 0) {
            MEMORY.set(JAVA_LONG, address + LOST, 0);
            log.accept(name + ": " + lost + " more messages were too many to keep");
        }
    }

    private byte[] bytes() {
        long size = MEMORY.get(JAVA_LONG, address + PENDING);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(size);
            long all = Downcalls.pointer(NATIVE.function("voltwin_journal_take"), address(), text.address(), size);
            return text.asSlice(0, Math.min(all, size)).toArray(ValueLayout.JAVA_BYTE);
        } catch (Throwable e) {
            throw Instance.broken(name, "voltwin_journal_take", e);
        }
    }

    @Override
    public void close() {
        handOn();
        try {
            Downcalls.run(NATIVE.function("voltwin_journal_close"), address());
        } catch (Throwable e) {
            throw Instance.broken(name, "voltwin_journal_close", e);
        }
    }
}
