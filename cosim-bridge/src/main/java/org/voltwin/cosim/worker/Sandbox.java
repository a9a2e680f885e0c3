package org.voltwin.cosim.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walls around a worker that the operating system builds (docs/adr/0015): resource limits by prlimit, and by
 * bubblewrap an own view of files, processes and network. What this machine does not have is left out and said.
 */
final class Sandbox {
    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
    /** What a worker's JVM reserves of address space beside what its models may use. */
    private static final long JVM_ADDRESS_SPACE = 1L << 30;

    /** Processes behind walls: bubblewrap outside and inside, and the JVM. */
    static final int FAMILY = 3;

    private static final long LARGEST_FILE = 512L << 20;
    private static final int MOST_FILES = 256;
    private static final long PROCESSOR_SECONDS = 24 * 3600;
    private static final int PROBE_SECONDS = 10;
    private static final List<String> SYSTEM = List.of(
            "/usr",
            "/lib",
            "/lib64",
            "/bin",
            "/opt",
            "/etc/ld.so.cache",
            "/etc/ld.so.conf",
            "/etc/ld.so.conf.d",
            "/etc/alternatives",
            "/etc/localtime");

    private static volatile @org.jspecify.annotations.Nullable Sandbox here;

    private final boolean limits;
    private final boolean walls;

    private Sandbox(boolean limits, boolean walls) {
        this.limits = limits;
        this.walls = walls;
    }

    /** What this machine offers; looked for once, and logged where something is missing. */
    static Sandbox here() {
        Sandbox known = here;
        if (known == null) {
            synchronized (Sandbox.class) {
                known = here == null ? probe() : here;
                here = known;
            }
        }
        return known;
    }

    private static Sandbox probe() {
        boolean limits = works(List.of("prlimit", "--core=0", "true"));
        List<String> wrapped = new ArrayList<>(wall(List.of(), List.of()));
        wrapped.add("true");
        boolean walls = works(wrapped);
        if (!limits) {
            LOG.warn("prlimit (util-linux) does not work here: FMUs run without limits on memory and file sizes."
                    + " Install util-linux.");
        }
        if (!walls) {
            LOG.warn("bubblewrap does not work here: FMUs can read and write what this user can. Install bubblewrap"
                    + " (apt-get install bubblewrap) and allow user namespaces.");
        }
        return new Sandbox(limits, walls);
    }

    private static boolean works(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.outputWriter().close();
            boolean ended = process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // the program is not installed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether a worker sees only its own files, no other process and no network. */
    boolean hasWalls() {
        return walls;
    }

    /**
     * The command with everything that this machine offers before it.
     *
     * @param memoryBytes what models may use
     * @param writable folders that the worker may write; the first is where it starts
     * @param readable files and folders that it needs besides the system's
     */
    List<String> around(List<String> command, long memoryBytes, List<Path> writable, List<Path> readable) {
        List<String> all = new ArrayList<>();
        if (walls) {
            all.addAll(wall(writable, readable));
        }
        if (limits) {
            all.addAll(List.of(
                    "prlimit",
                    "--as=" + (memoryBytes + JVM_ADDRESS_SPACE),
                    "--fsize=" + LARGEST_FILE,
                    "--nofile=" + MOST_FILES,
                    "--cpu=" + PROCESSOR_SECONDS,
                    "--core=0"));
        }
        all.addAll(command);
        return all;
    }

    private static List<String> wall(List<Path> writable, List<Path> readable) {
        List<String> options = new ArrayList<>(List.of(
                "bwrap",
                "--unshare-user",
                "--unshare-net",
                "--unshare-pid",
                "--unshare-ipc",
                "--unshare-uts",
                "--die-with-parent"));
        for (String place : SYSTEM) {
            options.addAll(List.of("--ro-bind-try", place, place));
        }
        options.addAll(List.of("--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"));
        for (Path place : readable) {
            options.addAll(List.of("--ro-bind-try", place.toString(), place.toString()));
        }
        for (Path place : writable) {
            options.addAll(List.of("--bind", place.toString(), place.toString()));
        }
        if (!writable.isEmpty()) {
            options.addAll(List.of("--chdir", writable.getFirst().toString()));
        }
        options.add("--");
        return options;
    }

    /** Nothing of this process's environment, which may hold secrets, is handed on. */
    static void cleanEnvironment(Map<String, String> environment, Path folder) {
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", folder.toString());
        environment.put("TMPDIR", folder.toString());
        environment.put("MALLOC_ARENA_MAX", "2"); // else every thread reserves 64 MiB of address space
    }

    /** What a JVM of this class path needs to read: the JDK and the entries. */
    static List<Path> ofThisClassPath() {
        TreeSet<Path> places = new TreeSet<>();
        places.add(Path.of(System.getProperty("java.home")).toAbsolutePath());
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .filter(Files::exists)
                .forEach(places::add);
        return List.copyOf(places);
    }
}
