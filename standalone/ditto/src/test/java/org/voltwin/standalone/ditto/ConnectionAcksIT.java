package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections promise: acknowledgements, and that they are there after a kill; through a real broker. */
class ConnectionAcksIT {
    private static final String DEVOPS =
            "Basic " + Base64.getEncoder().encodeToString("devops:devops-word".getBytes(StandardCharsets.US_ASCII));
    private static final int WRITERS = 6;

    @TempDir
    static Path folder;

    private static MqttBroker broker;
    private static Mqtt5AsyncClient device;
    private static final BlockingQueue<Mqtt5Publish> received = new LinkedBlockingQueue<>();
    private static final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        broker = new MqttBroker(Files.createDirectories(folder.resolve("broker")));
        device = Mqtt5Client.builder()
                .identifier("device")
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildAsync();
        device.publishes(MqttGlobalPublishFilter.ALL, received::add);
        device.connect().join();
        device.subscribeWith()
                .topicFilter("out/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .join();
    }

    @AfterAll
    static void stop() throws Exception {
        device.disconnect();
        broker.close();
        http.close();
    }

    private static HttpResponse<String> send(int port, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(60))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .headers(headers)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> devops(int port, String method, String path, String body)
            throws IOException, InterruptedException {
        return send(port, method, "/api/2/connections/" + path, body, "Authorization", DEVOPS);
    }

    private static String definition(String status, String rest) {
        return """
                {"name":"test","connectionType":"mqtt-5","connectionStatus":"%s","failoverEnabled":true,
                 "uri":"tcp://127.0.0.1:%d","sources":[],%s}""".formatted(status, broker.port(), rest);
    }

    private static Mqtt5Publish next(String topic) throws InterruptedException {
        while (true) {
            Mqtt5Publish publish = received.poll(30, TimeUnit.SECONDS);
            assertThat(publish).as("a message within 30 s").isNotNull();
            if (publish.getTopic().toString().startsWith(topic)) {
                return publish;
            }
        }
    }

    private static JsonObject content(Mqtt5Publish publish) {
        return JsonObject.of(new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8));
    }

    private static int statusOf(RunningDitto.Answer answer, String label) {
        return answer.object()
                .getValue("/" + label + "/status")
                .orElseThrow(() -> new AssertionError(answer.body()))
                .asInt();
    }

    @Test
    void targetsIssueAndSourcesDeclareAcknowledgements() throws Exception {
        try (var ditto = new RunningDitto(Files.createDirectories(folder.resolve("ditto")))) {
            var alice = ditto.as("alice");
            alice.put("/api/2/things/org.test:ack", "{\"attributes\":{\"n\":0}}");
            var created = devops(ditto.port(), "PUT", "acks", """
                    {"name":"test","connectionType":"mqtt-5","connectionStatus":"open","failoverEnabled":true,
                     "uri":"tcp://127.0.0.1:%d",
                     "sources":[{"addresses":["in/#"],"qos":1,"authorizationContext":["test:alice"],
                        "declaredAcks":["{{connection:id}}:device"],
                        "acknowledgementRequests":{"includes":["acks:sent"]},
                        "replyTarget":{"enabled":true,"address":"out/replies","expectedResponseTypes":["response","error"]}}],
                     "targets":[
                       {"address":"out/all","qos":1,"topics":["_/_/things/twin/events"],
                        "authorizationContext":["test:alice"],"issuedAcknowledgementLabel":"{{connection:id}}:sent"},
                       {"address":"out/few","qos":1,"topics":["_/_/things/twin/events?filter=gt(attributes/n,1000)"],
                        "authorizationContext":["test:alice"],"issuedAcknowledgementLabel":"acks:few"}]}""".formatted(broker.port()));
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);

            var sent = alice.put(
                    "/api/2/things/org.test:ack/attributes/n",
                    "1",
                    "requested-acks",
                    "[\"twin-persisted\",\"acks:sent\",\"acks:few\"]");
            assertThat(sent.status()).as(sent.body()).isEqualTo(200);
            assertThat(statusOf(sent, "acks:sent")).isEqualTo(200);
            assertThat(sent.object()
                            .getValue("/acks:few/headers/ditto-weak-ack")
                            .orElseThrow()
                            .formatAsString())
                    .isEqualTo("true");
            next("out/all");

            var asked = CompletableFuture.supplyAsync(() -> alice.put(
                    "/api/2/things/org.test:ack/attributes/n",
                    "2",
                    "requested-acks",
                    "[\"acks:device\"]",
                    "timeout",
                    "20s"));
            JsonObject event = content(next("out/all"));
            String acknowledgement = """
                    {"topic":"org.test/ack/things/twin/acks/acks:device","path":"/","status":409,"value":"no",
                     "headers":{"content-type":"application/json","correlation-id":"%s"}}""".formatted(
                    event.getValue("headers/correlation-id").orElseThrow().asString());
            device.publishWith()
                    .topic("in/device")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(acknowledgement.getBytes(StandardCharsets.UTF_8))
                    .send()
                    .join();
            var answered = asked.get(25, TimeUnit.SECONDS);
            assertThat(answered.status()).as(answered.body()).isEqualTo(409);

            // Its own target does not get what the connection does itself, so that label is given weakly.
            device.publishWith()
                    .topic("in/device")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("""
                            {"topic":"org.test/ack/things/twin/commands/modify","path":"/attributes/n","value":3,
                             "headers":{"correlation-id":"from-device"}}""".getBytes(StandardCharsets.UTF_8))
                    .send()
                    .join();
            JsonObject reply = content(next("out/replies"));
            assertThat(reply.toString()).contains("from-device");
            assertThat(alice.get("/api/2/things/org.test:ack/attributes/n").body())
                    .isEqualTo("3");

            assertThat(devops(ditto.port(), "DELETE", "acks", "").statusCode()).isEqualTo(204);
            var nobody = alice.put(
                    "/api/2/things/org.test:ack/attributes/n",
                    "4",
                    "requested-acks",
                    "[\"acks:sent\"]",
                    "timeout",
                    "1s");
            assertThat(nobody.status()).isEqualTo(408);
        }
    }

    private static Process process(Path config, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static void awaitHealthy(int port) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> send(port, "GET", "/health", "", "Accept", "*/*").statusCode() == 200);
    }

    private static String target(int number) {
        return "\"targets\":[{\"address\":\"out/%d\",\"topics\":[\"_/_/things/twin/events\"],\"authorizationContext\":[\"test:alice\"]}]"
                .formatted(number);
    }

    @Test
    void connectionsSurviveAKillAsTheyWereAcknowledged() throws Exception {
        Path place = Files.createDirectories(folder.resolve("killed"));
        int port = MqttBroker.freePort();
        try (var issuer = new TestIssuer("realms/test")) {
            Path config = RunningDitto.writeConfig(place, issuer, port);
            Files.writeString(
                    config, "ditto.standalone.changes-per-snapshot = 40\n", java.nio.file.StandardOpenOption.APPEND);
            Path log = place.resolve("process.log");
            Map<Integer, Integer> acknowledged = new ConcurrentHashMap<>();
            Process first = process(config, log);
            try {
                awaitHealthy(port);
                assertThat(devops(port, "PUT", "open", definition("open", target(1000)))
                                .statusCode())
                        .isEqualTo(201);
                changeUntilKilled(port, first, acknowledged);
            } finally {
                first.destroyForcibly().waitFor();
            }

            Process second = process(config, log);
            try {
                awaitHealthy(port);
                for (var entry : acknowledged.entrySet()) {
                    JsonObject kept = JsonObject.of(
                            devops(port, "GET", "c" + entry.getKey(), "").body());
                    String address = kept.getValue("targets")
                            .orElseThrow()
                            .asArray()
                            .get(0)
                            .orElseThrow()
                            .asObject()
                            .getValue("address")
                            .orElseThrow()
                            .asString();
                    assertThat(Integer.parseInt(address.substring("out/".length())))
                            .as("acknowledged %d", entry.getValue())
                            .isBetween(entry.getValue(), entry.getValue() + 1);
                    assertThat(kept.getValue("connectionStatus").orElseThrow().asString())
                            .isEqualTo("closed");
                }
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() ->
                                devops(port, "GET", "open/status", "").body().contains("\"liveStatus\":\"open\""));
                received.clear();
                String bearer = "Bearer " + issuer.token("alice");
                send(port, "PUT", "/api/2/things/org.test:after", "{}", "Authorization", bearer);
                assertThat(content(next("out/1000"))
                                .getValue("topic")
                                .orElseThrow()
                                .asString())
                        .isEqualTo("org.test/after/things/twin/events/created");
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    /** Each writer changes a connection of its own and remembers the last change that was acknowledged. */
    private static void changeUntilKilled(int port, Process victim, Map<Integer, Integer> acknowledged)
            throws InterruptedException {
        var killed = new AtomicBoolean();
        var changes = new AtomicInteger();
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int id = writer;
                writers.submit(() -> {
                    for (int n = 1; !killed.get(); n++) {
                        int status = devops(port, "PUT", "c" + id, definition("closed", target(n)))
                                .statusCode();
                        if (status == 201 || status == 204) {
                            acknowledged.put(id, n);
                            changes.incrementAndGet();
                        }
                    }
                    return id;
                });
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> changes.get() > 100 && acknowledged.size() == WRITERS);
            victim.destroyForcibly();
            victim.waitFor();
            killed.set(true);
        }
    }
}
