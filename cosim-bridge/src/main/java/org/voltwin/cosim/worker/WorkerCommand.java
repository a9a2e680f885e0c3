package org.voltwin.cosim.worker;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How a worker is started: a small JVM of this one's class path, behind the walls that this machine offers. */
final class WorkerCommand {
    private WorkerCommand() {}

    /**
     * The first compiler tier only: what is stepped is native code, and the full compiler costs a run of ten years more
     * processor time than it saves, and every run 16 to 20 MiB (docs/adr/0024).
     *
     * @param folder the worker's own
     * @param memoryBytes what models may use
     */
    static ProcessBuilder of(Path plan, Path folder, Path checkpoint, long memoryBytes) {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=16m",
                "-XX:CompressedClassSpaceSize=32m",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + folder.resolve("crash.txt"), // its beginning goes to the log anyway
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                absoluteClassPath(),
                WorkerMain.class.getName(),
                plan.toString(),
                folder.toString(),
                checkpoint.toString());
        List<Path> readable = new ArrayList<>(Sandbox.ofThisClassPath());
        readable.add(plan.resolveSibling("").toAbsolutePath().normalize());
        List<Path> writable = List.of(
                folder.toAbsolutePath(), checkpoint.toAbsolutePath().normalize().resolveSibling(""));
        ProcessBuilder builder = new ProcessBuilder(Sandbox.here().around(java, memoryBytes, writable, readable))
                .directory(folder.toFile());
        Sandbox.cleanEnvironment(builder.environment(), folder);
        return builder;
    }

    /** The worker has another working folder than this process, so relative entries would lead nowhere. */
    private static String absoluteClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
