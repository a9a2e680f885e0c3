package org.voltwin.cosim.fmi;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Ends the process by the C library. {@link Runtime#halt} waits for all threads, but a model that hangs while a value
 * is read never lets its thread come to a stop. To be made before it is needed: making it takes memory.
 */
public final class NativeExit {
    private final MethodHandle exit = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("_exit"), FunctionDescriptor.ofVoid(JAVA_INT));

    /** Ends this process at once, without shutdown hooks. */
    public void now(int status) {
        try {
            exit.invokeExact(status);
        } catch (Throwable e) {
            throw new IllegalStateException("The process cannot be ended", e);
        }
    }
}
