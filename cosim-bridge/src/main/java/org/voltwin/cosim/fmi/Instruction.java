package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** One call as src/main/c/importer/program.c reads it: members by their places in its struct. */
final class Instruction {
    /** Size of one. */
    static final long BYTES = 96;

    /** What is called; the order is that of the C source. */
    enum Kind {
        JAVA,
        GET3_FLOAT64,
        GET3_INT32,
        GET3_BOOLEAN,
        SET3_FLOAT64,
        GET2_REAL,
        GET2_INTEGER,
        GET2_BOOLEAN,
        SET2_REAL,
        STEP3,
        STEP2,
        SAVE,
        RESTORE
    }

    private static final long STATUS = 4;
    private static final long OWN_STEPS = 56;
    private static final long NANOSECONDS = 80;
    private static final long SHORTEST = 88;

    private final MemorySegment memory;

    Instruction(MemorySegment memory) {
        this.memory = memory;
    }

    /** A call of a function of this model. */
    void call(Kind kind, DirectCalls model, MemorySegment function) {
        memory.set(JAVA_INT, 0, kind.ordinal());
        memory.set(JAVA_LONG, 16, function.address());
        memory.set(JAVA_LONG, 24, model.instance().address());
        memory.set(JAVA_LONG, 72, model.instance().journal().pendingAddress());
    }

    /** A call that only Java can make. */
    void inJava() {
        memory.set(JAVA_INT, 0, Kind.JAVA.ordinal());
    }

    void variable(long valueReference, int count, long values) {
        memory.set(JAVA_INT, 8, (int) valueReference);
        memory.set(JAVA_INT, 12, count);
        memory.set(JAVA_LONG, 32, values);
    }

    void transformation(double factor, double offset) {
        memory.set(JAVA_DOUBLE, 40, factor);
        memory.set(JAVA_DOUBLE, 48, offset);
    }

    /** How often it steps, and where answers besides the status go. */
    void steps(int count, long answers) {
        memory.set(JAVA_INT, 12, count);
        memory.set(JAVA_LONG, 64, answers);
    }

    void state(long slot) {
        memory.set(JAVA_LONG, 32, slot);
    }

    int status() {
        return memory.get(JAVA_INT, STATUS);
    }

    /** The own step at which a step that was not finished came back. */
    int ownStep() {
        return (int) memory.get(JAVA_LONG, OWN_STEPS);
    }

    void goOnWith(int ownStep) {
        memory.set(JAVA_LONG, OWN_STEPS, ownStep);
    }

    /** Time spent in steps that were timed. */
    long nanoseconds() {
        return memory.get(JAVA_LONG, NANOSECONDS);
    }

    /** The shortest of them; 0 before the first. */
    long shortestNanoseconds() {
        return memory.get(JAVA_LONG, SHORTEST);
    }
}
