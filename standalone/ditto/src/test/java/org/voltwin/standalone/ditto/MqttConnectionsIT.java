package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.standalone.ditto.RunningDitto.Answer;

/** Connections of type mqtt and mqtt-5 through a real broker. */
class MqttConnectionsIT {
    private static final String DEVOPS =
            "Basic " + Base64.getEncoder().encodeToString("devops:devops-word".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    static Path folder;

    private static MqttBroker broker;
    private static RunningDitto ditto;
    private static RunningDitto.Client alice;
    private static Mqtt5AsyncClient device;
    private static final BlockingQueue<Mqtt5Publish> received = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() throws Exception {
        broker = new MqttBroker(Files.createDirectories(folder.resolve("broker")));
        ditto = new RunningDitto(Files.createDirectories(folder.resolve("ditto")), """
                ditto.connectivity.client { min-backoff = 200ms, max-backoff = 1s, testing-timeout = 40s }
                """);
        alice = ditto.as("alice");
        device = connected("device");
    }

    @AfterAll
    static void stop() throws Exception {
        device.disconnect();
        ditto.close();
        broker.close();
    }

    private static Mqtt5AsyncClient connected(String name) {
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier(name)
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .automaticReconnectWithDefaultConfig()
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, received::add);
        client.connect().join();
        return client;
    }

    private static Answer devops(String method, String path, String body) {
        return ditto.send(method, "/api/2/connections" + path, body, null, "Authorization", DEVOPS);
    }

    private static String definition(String type, String rest) {
        return """
                {"name":"test","connectionType":"%s","connectionStatus":"open","failoverEnabled":true,
                 "uri":"tcp://somebody:hidden@127.0.0.1:%d",%s}""".formatted(type, broker.port(), rest);
    }

    private static void publish(String topic, String payload, String... properties) {
        var publish = Mqtt5Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8));
        var user = com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties.builder();
        for (int i = 0; i < properties.length; i += 2) {
            user = user.add(properties[i], properties[i + 1]);
        }
        device.publish(publish.userProperties(user.build()).build()).join();
    }

    private static void subscribe(String filter) {
        device.subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .join();
    }

    /** The next one below a topic; what others are told is passed over. */
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

    private static String modify(String thing, String path, String value) {
        return """
                {"topic":"org.test/%s/things/twin/commands/modify","headers":{"correlation-id":"c-%s"},
                 "path":"%s","value":%s}""".formatted(thing, thing, path, value);
    }

    private static JsonValue count(String id, String pointer) {
        return devops("GET", "/" + id + "/metrics", null)
                .object()
                .getValue(pointer)
                .orElse(JsonValue.of(0));
    }

    @Test
    void commandsComeInAndEventsGoOut() throws Exception {
        alice.put("/api/2/things/org.test:mq", "{\"attributes\":{\"n\":0,\"kind\":\"cell\"}}");
        subscribe("out/#");
        Answer created = devops("PUT", "/five", definition("mqtt-5", """
                "sources":[{"addresses":["in/#"],"qos":1,"authorizationContext":["test:alice"],
                   "enforcement":{"input":"{{ source:address }}","filters":["in/{{ thing:name }}"]},
                   "headerMapping":{"correlation-id":"{{ header:correlation-id }}"},
                   "replyTarget":{"enabled":true,"address":"out/replies/{{ thing:name }}",
                      "headerMapping":{"correlation-id":"{{ header:correlation-id }}"},
                      "expectedResponseTypes":["response","error"]}}],
                "targets":[{"address":"out/events/{{ thing:namespace }}/{{ thing:name | fn:upper() }}","qos":1,
                   "topics":["_/_/things/twin/events?namespaces=org.test&extraFields=attributes/kind&filter=gt(attributes/n,1)"],
                   "authorizationContext":["test:alice"],"payloadMapping":["Normalized"],
                   "headerMapping":{"action":"{{ topic:action }}","path":"{{ resource:path }}"}}]"""));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.object().getValue("uri").orElseThrow().asString())
                .isEqualTo("tcp://somebody:*****@127.0.0.1:" + broker.port());

        publish("in/mq", modify("mq", "/attributes/n", "1"));

        Mqtt5Publish reply = next("out/");
        assertThat(reply.getTopic().toString()).isEqualTo("out/replies/mq");
        assertThat(content(reply).getValue("status").orElseThrow().asInt()).isEqualTo(204);
        assertThat(alice.get("/api/2/things/org.test:mq/attributes/n").body()).isEqualTo("1");

        alice.put("/api/2/things/org.test:mq/attributes/n", "2");

        Mqtt5Publish event = next("out/");
        assertThat(event.getTopic().toString()).isEqualTo("out/events/org.test/MQ");
        assertThat(content(event).getValue("attributes").orElseThrow().toString())
                .contains("\"n\":2", "\"kind\":\"cell\"");
        assertThat(event.getUserProperties().asList().toString()).contains("modified", "/attributes/n");

        publish("in/other", modify("mq", "/attributes/n", "9"));
        Mqtt5Publish error = next("out/");
        assertThat(content(error).getValue("value/error").orElseThrow().asString())
                .isEqualTo("connectivity:connection.id.enforcement.failed");
        publish("in/mq", "no envelope");
        assertThat(content(next("out/")).getValue("status").orElseThrow().asInt())
                .isEqualTo(400);
        assertThat(alice.get("/api/2/things/org.test:mq/attributes/n").body()).isEqualTo("2");

        assertThat(count("five", "connectionMetrics/inbound/consumed/success/PT1M")
                        .asInt())
                .isEqualTo(3);
        assertThat(count("five", "connectionMetrics/inbound/enforced/failure/PT1M")
                        .asInt())
                .isOne();
        assertThat(count("five", "connectionMetrics/inbound/mapped/failure/PT1H")
                        .asInt())
                .isOne();
        // What went out is counted when the broker has confirmed it.
        Awaitility.await()
                .untilAsserted(() -> assertThat(count("five", "connectionMetrics/outbound/published/success/PT24H")
                                .asInt())
                        .isGreaterThanOrEqualTo(4));
        JsonObject logs = devops("GET", "/five/logs", null).object();
        assertThat(logs.getValue("connectionLogs").orElseThrow().toString())
                .contains("\"failure\"", "Failed to parse", "in/#", "org.test:mq")
                .doesNotContain("hidden");
        assertThat(devops("DELETE", "/five/metrics", null).status()).isEqualTo(204);
        assertThat(count("five", "connectionMetrics/inbound/consumed/success/PT1M")
                        .asInt())
                .isZero();
        JsonObject status = devops("GET", "/five/status", null).object();
        assertThat(status.getValue("liveStatus").orElseThrow().asString()).isEqualTo("open");
        assertThat(devops("DELETE", "/five", null).status()).isEqualTo(204);
    }

    private static String liveStatus(String id) {
        return devops("GET", "/" + id + "/status", null)
                .object()
                .getValue("liveStatus")
                .orElseThrow()
                .asString();
    }

    @Test
    void aKilledBrokerIsComeBackToAndMessagesSentMeanwhileArrive() throws Exception {
        alice.put("/api/2/things/org.test:over", "{\"attributes\":{\"n\":0}}");
        String sources = """
                "sources":[{"addresses":["three/#"],"qos":1,"authorizationContext":["test:alice"],"replyTarget":{"enabled":false}}],
                "targets":[{"address":"announced","topics":["_/_/connections/announcements"],"authorizationContext":["test:alice"]}]""";
        subscribe("announced");
        assertThat(devops("PUT", "/three", definition("mqtt", sources)).status())
                .isEqualTo(201);
        assertThat(content(next("announced")).getValue("topic").orElseThrow().asString())
                .isEqualTo("_/three/connections/announcements/opened");
        publish("three/x", modify("over", "/attributes/n", "1"));
        awaitNumber("1");

        broker.kill();
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> liveStatus("three").equals("failed"));
        assertThat(devops("GET", "/three/logs", null).body()).contains("was lost", "CONNECTED");
        broker.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> liveStatus("three").equals("open"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> device.getState().isConnected());
        publish("three/x", modify("over", "/attributes/n", "2"));
        awaitNumber("2");

        // The broker keeps what comes while the connection is closed: its session goes on.
        devops("POST", "/three/command", "connectivity.commands:closeConnection");
        publish("three/x", modify("over", "/attributes/n", "3"));
        assertThat(alice.get("/api/2/things/org.test:over/attributes/n").body()).isEqualTo("2");
        ditto.restart();
        assertThat(liveStatus("three")).isEqualTo("closed");
        devops("POST", "/three/command", "connectivity.commands:openConnection");
        awaitNumber("3");
        devops("DELETE", "/three", null);
    }

    private static void awaitNumber(String number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(alice.get("/api/2/things/org.test:over/attributes/n")
                                .body())
                        .isEqualTo(number));
    }

    @Test
    void aDryRunConnectsAndKeepsNothing() {
        String definition = definition("mqtt-5", """
                "sources":[{"addresses":["dry"],"authorizationContext":["test:alice"]}]""");
        Answer tried = devops("POST", "?dry-run=true", definition);
        assertThat(tried.status()).as(tried.body()).isEqualTo(200);
        assertThat(tried.body()).contains("successfully connected");
        assertThat(devops("GET", "?ids-only=true", null).body()).doesNotContain("dry-run");
    }

    @Test
    void bothSidesShowCertificatesOverTls() throws Exception {
        JsonObject plain =
                JsonObject.of(definition("mqtt-5", """
                "sources":[{"addresses":["tls"],"authorizationContext":["test:alice"]}]""")).setValue("uri", "ssl://127.0.0.1:" + broker.tlsPort());
        JsonObject trusting = plain.setValue("ca", broker.keys().certificatePem());
        JsonObject client = JsonObject.newBuilder()
                .set("type", "client-cert")
                .set("cert", broker.client().certificatePem())
                .set("key", broker.client().keyPem())
                .build();
        assertThat(dryRun(plain.setValue("credentials", client))).isEqualTo(504);
        assertThat(dryRun(trusting)).isEqualTo(504);
        assertThat(dryRun(trusting.setValue("credentials", client))).isEqualTo(200);
        assertThat(dryRun(plain.setValue("credentials", client).setValue("validateCertificates", false)))
                .isEqualTo(200);
        assertThat(dryRun(trusting.setValue("credentials", client.setValue("key", "no key"))))
                .isEqualTo(400);
    }

    private static int dryRun(JsonObject definition) {
        return devops("POST", "?dry-run=true", definition.toString()).status();
    }
}
