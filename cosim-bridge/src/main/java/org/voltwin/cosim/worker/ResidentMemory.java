package org.voltwin.cosim.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The resident memory of a worker and of what stands between it and this process. */
final class ResidentMemory {
    private final Process process;
    private volatile List<Long> family = List.of();

    ResidentMemory(Process process) {
        this.process = process;
    }

    long bytes() {
        if (!Sandbox.here().hasWalls()) {
            return bytes(process.pid());
        }
        List<Long> pids = family;
        if (pids.size() < Sandbox.FAMILY) {
            pids = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .map(ProcessHandle::pid)
                    .toList();
            family = pids; // walls let no process come later
        }
        return pids.stream().mapToLong(ResidentMemory::bytes).sum();
    }

    private static long bytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has just ended
        }
    }
}
