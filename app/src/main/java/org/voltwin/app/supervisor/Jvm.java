package org.voltwin.app.supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.voltwin.app.config.DataFolder;

/**
 * Command lines of small Java processes: serial collector, first compiler only and an archive of loaded classes, which
 * is what keeps ten JVMs on one laptop below 3 GB and quick to start.
 */
public final class Jvm {
    private Jvm() {}

    /** Java and its options up to, and without, the class path. */
    public static List<String> command(DataFolder data, String name, int heapMiB) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xms16m");
        command.add("-Xmx" + heapMiB + "m");
        command.add("-Xss512k");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:ReservedCodeCacheSize=64m");
        command.add("-XX:MinHeapFreeRatio=10");
        command.add("-XX:MaxHeapFreeRatio=30");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:+AutoCreateSharedArchive");
        command.add("-XX:SharedArchiveFile=" + data.of("cache").resolve(name + ".jsa"));
        command.add("-Xlog:disable");
        command.add("-Xlog:all=error:stderr");
        command.add("-Xlog:cds=off:stderr");
        command.add("-Xlog:aot=off:stderr");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dfile.encoding=UTF-8");
        command.add(Processes.marker(data));
        return command;
    }

    /** The class path of a module that the build packaged. */
    public static String classPath(Path home, String module) {
        Path target = home.resolve(module).resolve("target");
        String artifact = "voltwin-" + module.replace('/', '-');
        return target.resolve(artifact + "-0.1.0-SNAPSHOT.jar") + ":" + target.resolve("lib") + "/*";
    }
}
