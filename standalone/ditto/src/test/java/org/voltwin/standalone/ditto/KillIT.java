package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.eclipse.ditto.json.JsonFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as it runs in production, killed without warning while many write. */
class KillIT {
    private static final int WRITERS = 16;
    private static final int ENOUGH_WRITES = 400;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private Process start(Path config) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("process.log").toFile()))
                .start();
    }

    private int send(String method, int port, String path, String body, String token)
            throws IOException, InterruptedException {
        return http.send(request(method, port, path, body, token), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest request(String method, int port, String path, String body, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void awaitHealthy(int port) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> send("GET", port, "/health", "", "none") == 200);
    }

    private static int freePort() throws IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void everyAcknowledgedWriteSurvivesAKill() throws Exception {
        int port = freePort();
        try (var issuer = new TestIssuer()) {
            Path config = RunningDitto.writeConfig(folder, issuer, port);
            // Often enough that the kill may fall into the writing of a snapshot.
            Files.writeString(
                    config, "ditto.standalone.changes-per-snapshot = 60\n", java.nio.file.StandardOpenOption.APPEND);
            String token = issuer.token("alice");
            Process first = start(config);
            Map<Integer, Integer> acknowledged = new ConcurrentHashMap<>();
            try {
                awaitHealthy(port);
                writeUntilKilled(port, token, first, acknowledged);
            } finally {
                first.destroyForcibly().waitFor();
            }

            Process second = start(config);
            try {
                awaitHealthy(port);
                for (var entry : acknowledged.entrySet()) {
                    String answer = http.send(
                                    request(
                                            "GET",
                                            port,
                                            "/api/2/things/org.test:w" + entry.getKey() + "/attributes/n",
                                            "",
                                            token),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
                    int kept = JsonFactory.readFrom(answer).asInt();
                    assertThat(kept)
                            .as("writer %d: acknowledged %d", entry.getKey(), entry.getValue())
                            .isBetween(entry.getValue(), entry.getValue() + 1);
                }
            } finally {
                second.destroy();
                assertThat(second.waitFor(10, TimeUnit.SECONDS))
                        .as("stops on SIGTERM")
                        .isTrue();
            }
            assertThat(acknowledged).hasSize(WRITERS);
            assertThat(Files.readString(folder.resolve("process.log"))).contains("journal.snapshot", "server.down");
        }
    }

    /** Each writer counts up in a thing of its own and remembers the last number that was acknowledged. */
    private void writeUntilKilled(int port, String token, Process victim, Map<Integer, Integer> acknowledged)
            throws Exception {
        var killed = new AtomicBoolean();
        var writes = new AtomicInteger();
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int id = writer;
                assertThat(send("PUT", port, "/api/2/things/org.test:w" + id, "{\"attributes\":{\"n\":0}}", token))
                        .isEqualTo(201);
                acknowledged.put(id, 0);
                writers.submit(() -> {
                    for (int n = 1; !killed.get(); n++) {
                        int status =
                                send("PUT", port, "/api/2/things/org.test:w" + id + "/attributes/n", "" + n, token);
                        if (status == 204) {
                            acknowledged.put(id, n);
                            writes.incrementAndGet();
                        }
                    }
                    return id;
                });
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> writes.get() > ENOUGH_WRITES);
            victim.destroyForcibly();
            victim.waitFor();
            killed.set(true);
        }
    }
}
