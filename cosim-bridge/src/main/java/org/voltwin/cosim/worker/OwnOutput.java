package org.voltwin.cosim.worker;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** Keeps the process's standard output for rows: native code that prints writes to standard error from then on. */
final class OwnOutput {
    private static final int BUFFER = 1 << 13;

    private OwnOutput() {}

    static PrintStream takeStandardOutput() throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle dup = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dup"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        MethodHandle dup2 = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dup2"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        int kept;
        int moved;
        try {
            kept = (int) dup.invokeExact(1);
            moved = (int) dup2.invokeExact(2, 1);
        } catch (Throwable e) {
            throw new IOException("Standard output cannot be kept apart", e);
        }
        if (kept < 0 || moved < 0) {
            throw new IOException("Standard output cannot be kept apart: dup failed");
        }
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream("/proc/self/fd/" + kept), BUFFER),
                false,
                StandardCharsets.UTF_8);
    }
}
