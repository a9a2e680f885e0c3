package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged standalone/kafka as a child process: a real Kafka that can be killed. */
final class KafkaNode implements AutoCloseable {
    static final String USER = "hono";
    static final String PASSWORD = "a \"quoted\" word";

    private static final Path BUILT = Path.of("../kafka/target");
    private static final String JAR = "voltwin-standalone-kafka-0.1.0-SNAPSHOT.jar";

    private final Path folder;
    private final Path log;
    private final int port = MqttBroker.freePort();
    private Process process;

    KafkaNode(Path folder) throws IOException {
        this.folder = folder;
        this.log = folder.resolve("kafka.out");
        var config = new Properties();
        config.put("port", Integer.toString(port));
        config.put("controllerPort", Integer.toString(MqttBroker.freePort()));
        config.put("dataDir", folder.resolve("data").toString());
        config.put("user", USER);
        config.put("password", PASSWORD);
        config.put("partitions", "1");
        try (Writer writer = Files.newBufferedWriter(folder.resolve("kafka.properties"))) {
            config.store(writer, null);
        }
        start();
    }

    static boolean isBuilt() {
        return Files.exists(BUILT.resolve(JAR));
    }

    void start() throws IOException {
        Files.deleteIfExists(log);
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        BUILT.resolve(JAR) + ":" + BUILT.resolve("lib") + "/*",
                        "org.voltwin.standalone.kafka.Main",
                        folder.resolve("kafka.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(Files.readString(log)).contains("kafka ready on localhost:" + port));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    String bootstrap() {
        return "localhost:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
