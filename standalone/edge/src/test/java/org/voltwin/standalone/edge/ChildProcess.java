package org.voltwin.standalone.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A packaged process as a child, as the supervisor starts it. */
final class ChildProcess implements AutoCloseable {

    private final List<String> command;
    private final Path log;
    private final String readyLine;
    private Process process;

    private ChildProcess(List<String> command, Path log, String readyLine) throws IOException {
        this.command = command;
        this.log = log;
        this.readyLine = readyLine;
        this.process = spawn();
    }

    static ChildProcess start(String heap, String classPath, String main, Path config, Path log, String readyLine)
            throws IOException {
        return new ChildProcess(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath,
                        main,
                        config.toString()),
                log,
                readyLine);
    }

    private Process spawn() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    assertThat(process.isAlive()).as(() -> text()).isTrue();
                    assertThat(text()).contains(readyLine);
                });
    }

    String text() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    void restart() throws IOException {
        begin();
        awaitReady();
    }

    void begin() throws IOException {
        process = spawn();
    }

    /** SIGTERM; returns whether the process ended by itself in time. */
    boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            kill();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
