package org.voltwin.cosim.fmu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.voltwin.cosim.fmu.SharedObject.WrongBinaryException;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/** Whether a shared library is for this machine and exports what the importer calls, without loading it. */
final class ElfFile {
    private ElfFile() {}

    /**
     * Checks against the functions that the importer will call.
     *
     * <p>Maps the file instead of reading it: libraries may be larger than a worker's heap.
     */
    static Outcome<Boolean> check(String path, Path file, Set<String> called) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return check(path, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), called);
        }
    }

    static Outcome<Boolean> check(String path, ByteBuffer bytes, Set<String> called) {
        SharedObject library;
        try {
            library = SharedObject.read(bytes);
        } catch (WrongBinaryException e) {
            return Outcome.refused(Failure.permanent(
                    "fmu.wrong_binary",
                    path + " " + e.getMessage() + ".",
                    "Build the library as a shared object for 64-bit Linux on x86-64."));
        }
        String missing = called.stream()
                .filter(name -> !library.defined().contains(name))
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Outcome.ok(true)
                : Outcome.refused(Failure.permanent(
                        "fmu.missing_symbols",
                        path + " does not export " + missing + ".",
                        "Build the library with the functions of its FMI version exported under their own names."));
    }
}
