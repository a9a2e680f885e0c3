package org.voltwin.twin.process;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of standalone/, as the supervisor starts it. Tests that need one are skipped when it was not built. The
 * environment variable VOLTWIN_STANDALONE names another folder that holds them.
 */
public final class ForkedProcess implements AutoCloseable {
    private final List<String> command;
    private final Path log;
    private Process process;

    /**
     * @param module folder below standalone/
     * @param main its main class
     */
    public ForkedProcess(String module, String main, Path config, Path log, String... options) {
        String elsewhere = System.getenv("VOLTWIN_STANDALONE");
        Path standalone =
                elsewhere == null ? Path.of("").toAbsolutePath().resolveSibling("standalone") : Path.of(elsewhere);
        Path target = standalone.resolve(module).resolve("target");
        Path jar = target.resolve("voltwin-standalone-" + module + "-0.1.0-SNAPSHOT.jar");
        assumeThat(Files.exists(jar) && Files.isDirectory(target.resolve("lib")))
                .as("standalone/%s is not built: run mvn -pl standalone/%s package", module, module)
                .isTrue();
        command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", jar + ":" + target.resolve("lib") + "/*", main, config.toString()));
        this.log = log;
    }

    public void start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Like {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    /** What it has printed. */
    public String output() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** A port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
