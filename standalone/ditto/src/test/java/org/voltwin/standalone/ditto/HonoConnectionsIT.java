package org.voltwin.standalone.ditto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.standalone.ditto.RunningDitto.Answer;

/** A connection of type hono through a real Kafka, which this test uses as Hono's adapters do. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HonoConnectionsIT {
    private static final String DEVOPS =
            "Basic " + Base64.getEncoder().encodeToString("devops:devops-word".getBytes(StandardCharsets.US_ASCII));
    private static final String BENCH = "org.test:bench";
    private static final String DEFINITION = """
            {"name":"Hono","connectionType":"hono","connectionStatus":"open","failoverEnabled":true,
             "specificConfig":{"honoTenantId":"lab"},
             "sources":[
               {"addresses":["telemetry"],"qos":1,"authorizationContext":["test:alice"],
                "enforcement":{"input":"{{ header:device_id }}","filters":["{{ entity:id }}"]},
                "payloadMapping":["samples"],"replyTarget":{"enabled":false}},
               {"addresses":["event"],"qos":1,"authorizationContext":["test:alice"],
                "payloadMapping":["status"],"replyTarget":{"enabled":false}},
               {"addresses":["command_response"],"qos":1,"authorizationContext":["test:alice"],
                "payloadMapping":["raw"],"replyTarget":{"enabled":false}}],
             "targets":[{"address":"command","topics":["_/_/things/live/messages"],
                "authorizationContext":["test:alice"],"payloadMapping":["raw"]}],
             "mappingDefinitions":{
               "status":{"mappingEngine":"ConnectionStatus",
                 "options":{"thingId":"{{ header:device_id }}","featureId":"connection"}},
               "raw":{"mappingEngine":"RawMessage","options":{"incomingMessageHeaders":{
                 "ditto-message-thing-id":"{{ header:device_id }}",
                 "ditto-message-subject":"{{ header:subject | fn:default('response') }}",
                 "status":"{{ header:status }}"}}},
               "samples":{"mappingEngine":"JavaScript","options":{"incomingScript":
                 "function mapToDittoProtocolMsg(headers, text) { var id = headers['device_id'].split(':'); var s = JSON.parse(text); while (s.loop) {} return Ditto.buildDittoProtocolMsg(id[0], s.other || id[1], 'things', 'twin', 'commands', 'merge', '/features/channel/properties', {'response-required': false, 'content-type': 'application/merge-patch+json'}, s); }"}}}}""";

    @TempDir
    static Path folder;

    private static KafkaNode kafka;
    private static RunningDitto ditto;
    private static RunningDitto.Client alice;
    private static KafkaProducer<String, byte[]> adapter;
    private static KafkaConsumer<String, byte[]> commands;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(KafkaNode.isBuilt(), "standalone/kafka is not built: mvn -pl standalone/kafka package");
        kafka = new KafkaNode(Files.createDirectories(folder.resolve("kafka")));
        ditto = new RunningDitto(Files.createDirectories(folder.resolve("ditto")), """
                ditto.connectivity {
                  hono { base-uri = "tcp://%1$s", bootstrap-servers = "%1$s", username = "%2$s", password = "%3$s" }
                  client { min-backoff = 200ms, max-backoff = 1s }
                }
                """.formatted(
                        kafka.bootstrap(), KafkaNode.USER, KafkaNode.PASSWORD.replace("\"", "\\\"")));
        alice = ditto.as("alice");
        alice.put("/api/2/things/" + BENCH, "{\"features\":{\"channel\":{\"properties\":{\"u\":0}}}}");
        adapter = new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer());
        Map<String, Object> consumer = client();
        consumer.put("group.id", "bench");
        consumer.put("auto.offset.reset", "earliest");
        commands = new KafkaConsumer<>(consumer, new StringDeserializer(), new ByteArrayDeserializer());
        commands.subscribe(List.of("hono.command.lab"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (kafka == null) {
            return;
        }
        adapter.close(Duration.ofSeconds(1));
        commands.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
        ditto.close();
        kafka.close();
    }

    private static Map<String, Object> client() {
        var options = new HashMap<String, Object>();
        options.put("bootstrap.servers", kafka.bootstrap());
        options.put("security.protocol", "SASL_PLAINTEXT");
        options.put("sasl.mechanism", "PLAIN");
        options.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + KafkaNode.USER
                        + "\" password=\"" + KafkaNode.PASSWORD.replace("\"", "\\\"") + "\";");
        return options;
    }

    private static Answer devops(String method, String path, String body) {
        return ditto.send(method, "/api/2/connections" + path, body, null, "Authorization", DEVOPS);
    }

    private static String liveStatus() {
        return devops("GET", "/hono/status", null)
                .object()
                .getValue("liveStatus")
                .orElseThrow()
                .asString();
    }

    private static void send(String topic, String payload, String... headers) throws Exception {
        var record = new ProducerRecord<>(topic, BENCH, payload.getBytes(UTF_8));
        for (int i = 0; i < headers.length; i += 2) {
            record.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
        adapter.send(record).get(20, TimeUnit.SECONDS);
    }

    private static void telemetry(String payload) throws Exception {
        send("hono.telemetry.lab", payload, "device_id", BENCH, "content-type", "application/json");
    }

    private static void awaitVoltage(String volts) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(alice.get("/api/2/things/" + BENCH + "/features/channel/properties/u")
                                .body())
                        .isEqualTo(volts));
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        var headers = new HashMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    @Test
    @Order(1)
    void samplesUpdateTheTwinAndWhatDoesNotFitIsReported() throws Exception {
        Answer created = devops("PUT", "/hono", DEFINITION);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(liveStatus()).as(devops("GET", "/hono/status", null).body()).isEqualTo("open");

        telemetry("{\"u\":3.7}");
        awaitVoltage("3.7");
        telemetry("{\"u\":9,\"other\":\"neighbour\"}");
        telemetry("{\"loop\":true}");
        telemetry("nonsense");
        telemetry("{\"u\":3.8}");
        awaitVoltage("3.8");
        send(
                "hono.event.lab",
                "",
                "device_id",
                BENCH,
                "ttd",
                "-1",
                "creation-time",
                "1700000000000",
                "content-type",
                "application/vnd.eclipse-hono-empty-notification");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(alice.get(
                                        "/api/2/things/" + BENCH + "/features/connection/properties/status/readySince")
                                .body())
                        .as(() -> devops("GET", "/hono/logs", null).body())
                        .isEqualTo("\"2023-11-14T22:13:20Z\""));

        JsonObject metrics = devops("GET", "/hono/metrics", null).object();
        String source = "sourceMetrics/addressMetrics/hono.telemetry.lab/";
        assertThat(metrics.getValue(source + "consumed/success/PT1M")
                        .orElseThrow()
                        .asInt())
                .isEqualTo(5);
        assertThat(metrics.getValue(source + "enforced/failure/PT1M")
                        .orElseThrow()
                        .asInt())
                .isOne();
        assertThat(metrics.getValue(source + "mapped/failure/PT1M")
                        .orElseThrow()
                        .asInt())
                .isEqualTo(2);
        assertThat(devops("GET", "/hono/logs", null).body()).contains("longer than 500 ms", "at line 1");
    }

    @Test
    @Order(2)
    void aMessageBecomesACommandAndTheResponseItsAnswer() throws Exception {
        var answer = CompletableFuture.supplyAsync(() -> alice.post(
                "/api/2/things/" + BENCH + "/inbox/messages/start?timeout=20",
                "{\"step\":1}",
                "Content-Type",
                "application/json"));
        var received = new ArrayList<ConsumerRecord<String, byte[]>>();
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> {
            commands.poll(Duration.ofMillis(200)).forEach(received::add);
            return !received.isEmpty();
        });
        ConsumerRecord<String, byte[]> command = received.getFirst();
        assertThat(command.key()).isEqualTo(BENCH);
        assertThat(new String(command.value(), UTF_8)).isEqualTo("{\"step\":1}");
        Map<String, String> headers = headers(command);
        assertThat(headers)
                .containsEntry("device_id", BENCH)
                .containsEntry("subject", "start")
                .containsEntry("response-required", "true")
                .containsEntry("content-type", "application/json");

        send(
                "hono.command_response.lab",
                "{\"ok\":true}",
                "device_id",
                BENCH,
                "status",
                "202",
                "correlation-id",
                headers.get("correlation-id"),
                "content-type",
                "application/json");

        Answer http = answer.get(20, TimeUnit.SECONDS);
        assertThat(http.status()).as(http.body()).isEqualTo(202);
        assertThat(http.body()).isEqualTo("{\"ok\":true}");
    }

    @Test
    @Order(3)
    void nothingIsLostWhileDittoOrKafkaIsAway() throws Exception {
        devops("POST", "/hono/command", "connectivity.commands:closeConnection");
        telemetry("{\"u\":3.9}");
        devops("POST", "/hono/command", "connectivity.commands:openConnection");
        awaitVoltage("3.9");
        ditto.restart();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> liveStatus().equals("open"));
        telemetry("{\"u\":4.5}");
        awaitVoltage("4.5");

        kafka.kill();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> liveStatus().equals("failed"));
        assertThat(devops("GET", "/hono/logs", null).body()).contains("was lost");
        kafka.start();
        telemetry("{\"u\":4.1}");
        awaitVoltage("4.1");
        assertThat(liveStatus()).isEqualTo("open");
    }
}
