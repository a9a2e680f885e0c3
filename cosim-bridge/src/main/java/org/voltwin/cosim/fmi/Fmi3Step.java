package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.voltwin.cosim.fmi.Scratch.MEMORY;

import java.lang.foreign.MemorySegment;

/** One call of fmi3DoStep and what it answered. */
final class Fmi3Step {
    private static final int DISCARD = 2;
    private static final int EVENT = 0;
    private static final int TERMINATE = 1;
    private static final int EARLY = 2;

    private final Instance instance;
    private final long address;
    private final long function;
    private final long flags;
    private final long last;
    private boolean discarded;

    Fmi3Step(Instance instance, Scratch scratch) {
        this.instance = instance;
        address = instance.address();
        function = instance.function("DoStep").address();
        flags = scratch.answers();
        last = flags + 8;
    }

    void run(double nowSeconds, double stepSeconds) {
        MEMORY.set(JAVA_LONG, flags, 0);
        MEMORY.set(JAVA_DOUBLE, last, nowSeconds + stepSeconds);
        int status;
        try {
            status = (int) Downcalls.STEP_3.invokeExact(
                    MemorySegment.ofAddress(function),
                    address,
                    nowSeconds,
                    stepSeconds,
                    false,
                    flags,
                    flags + 1,
                    flags + 2,
                    last);
        } catch (Throwable e) {
            throw instance.broken("DoStep", e);
        }
        after(status, nowSeconds, stepSeconds);
    }

    /** Looks at what a call has answered, which may have been made by a {@link CallProgram}. */
    void after(int status, double nowSeconds, double stepSeconds) {
        double target = nowSeconds + stepSeconds;
        discarded = status == DISCARD;
        if (!discarded) {
            instance.check("DoStep", status);
            return;
        }
        instance.journal().handOn();
        double reached = reached();
        if (!(reached >= nowSeconds && reached < target)) {
            MEMORY.set(JAVA_DOUBLE, last, nowSeconds); // it did not say how far it came
        }
    }

    double reached() {
        return MEMORY.get(JAVA_DOUBLE, last);
    }

    /** Whether the FMU did not go to the time asked for. */
    boolean early() {
        return discarded || flag(EARLY);
    }

    boolean terminate() {
        return flag(TERMINATE);
    }

    boolean eventNeeded() {
        return flag(EVENT);
    }

    private boolean flag(int place) {
        return MEMORY.get(JAVA_BYTE, flags + place) != 0;
    }
}
