package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real MQTT broker (HiveMQ CE) as a process of its own, so it can be killed. Keeps its sessions over that. */
final class MqttBroker implements AutoCloseable {
    private static final String READY = "broker ready";

    private final Path folder;
    private final Path log;
    private final int port;
    private final int tlsPort;
    private final TestKeys own;
    private final TestKeys client;
    private Process process;

    MqttBroker(Path folder) throws Exception {
        this.folder = folder;
        this.log = folder.resolve("broker.log");
        this.port = freePort();
        this.tlsPort = freePort();
        this.own = new TestKeys(folder, "broker");
        this.client = new TestKeys(folder, "client");
        for (String name : new String[] {"conf", "data", "extensions"}) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.writeString(folder.resolve("conf/config.xml"), """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener><port>%1$d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                    <tls-tcp-listener><port>%2$d</port><bind-address>127.0.0.1</bind-address>
                      <tls>
                        <keystore><path>%3$s</path><password>%5$s</password>
                          <private-key-password>%5$s</private-key-password></keystore>
                        <truststore><path>%4$s</path><password>%5$s</password></truststore>
                        <client-authentication-mode>REQUIRED</client-authentication-mode>
                      </tls>
                    </tls-tcp-listener>
                  </listeners>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(
                        port, tlsPort, own.store(), client.trust(), TestKeys.PASSWORD));
        start();
    }

    /** The broker's process. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folder.resolve("conf"))
                .withDataFolder(folder.resolve("data"))
                .withExtensionsFolder(folder.resolve("extensions"))
                .withoutLoggingBootstrap()
                .build();
        broker.start().get(60, TimeUnit.SECONDS);
        System.out.println(READY);
        // Ends with its parent.
        while (System.in.read() >= 0) {
            System.out.flush();
        }
        System.exit(0);
    }

    void start() throws IOException {
        Files.deleteIfExists(log);
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MqttBroker.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(Files.readString(log)).contains(READY));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    /** Wants a certificate of {@link #client()}. */
    int tlsPort() {
        return tlsPort;
    }

    TestKeys keys() {
        return own;
    }

    TestKeys client() {
        return client;
    }

    int port() {
        return port;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
