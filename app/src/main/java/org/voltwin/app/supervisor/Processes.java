package org.voltwin.app.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.voltwin.app.config.DataFolder;

/** What the operating system knows about processes. Linux: /proc. */
public final class Processes {
    private Processes() {}

    /** Marks a process as one of this data folder, so that only our own are ever ended. */
    public static String marker(DataFolder data) {
        return "-Dvoltwin.data=" + data.root();
    }

    /** Whether the process lives and carries the data folder's mark. */
    public static boolean isOurs(long pid, DataFolder data) {
        try {
            String command = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
            return command.contains(marker(data) + "\0");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Resident memory of the process and its descendants, MiB; 0 when it is gone. */
    public static long residentMiB(long pid) {
        if (pid <= 0) {
            return 0;
        }
        long own = ownResidentKiB(pid);
        long children = ProcessHandle.of(pid)
                .map(handle -> handle.descendants()
                        .mapToLong(child -> ownResidentKiB(child.pid()))
                        .sum())
                .orElse(0L);
        return (own + children) / 1024;
    }

    /** Resident memory of the process alone, MiB. */
    public static long ownResidentMiB(long pid) {
        return ownResidentKiB(pid) / 1024;
    }

    private static long ownResidentKiB(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException gone) {
            return 0;
        }
        return 0;
    }
}
