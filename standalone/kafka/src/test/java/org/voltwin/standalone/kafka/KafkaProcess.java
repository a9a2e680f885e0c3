package org.voltwin.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The packaged node as a child process, as the supervisor starts it. */
final class KafkaProcess implements AutoCloseable {

    final int port;
    private final Path folder;
    private final Path log;
    private Process process;

    KafkaProcess(Path folder, String user, String password) throws IOException {
        this.folder = folder;
        this.port = freePort();
        this.log = folder.resolve("kafka.out");
        Properties config = new Properties();
        config.put("port", Integer.toString(port));
        config.put("controllerPort", Integer.toString(freePort()));
        config.put("dataDir", folder.resolve("data").toString());
        config.put("user", user);
        config.put("password", password);
        try (Writer writer = Files.newBufferedWriter(folder.resolve("kafka.properties"))) {
            config.store(writer, null);
        }
        process = start();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        "target/classes:target/lib/*",
                        Main.class.getName(),
                        folder.resolve("kafka.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(Files.readString(log)).contains("kafka ready on localhost:" + port));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** SIGTERM; returns whether the node ended by itself in time. */
    boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(20, TimeUnit.SECONDS);
    }

    void restart() throws IOException {
        process = start();
        awaitReady();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            kill();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
