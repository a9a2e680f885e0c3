package org.voltwin.standalone.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.hono.application.client.kafka.impl.KafkaApplicationClientImpl;
import org.eclipse.hono.client.ServiceInvocationException;
import org.eclipse.hono.client.kafka.CommonKafkaClientConfigProperties;
import org.eclipse.hono.client.kafka.consumer.MessagingKafkaConsumerConfigProperties;
import org.eclipse.hono.client.kafka.producer.CachingKafkaProducerFactory;
import org.eclipse.hono.client.kafka.producer.MessagingKafkaProducerConfigProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HonoIT {

    @TempDir
    static Path folder;

    private static Lab lab;
    private static Vertx vertx;

    @BeforeAll
    static void start() throws Exception {
        lab = new Lab(folder);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        lab.close();
    }

    @Test
    void aDeviceSignsInWithItsPasswordOnly() throws Exception {
        Mqtt3BlockingClient good =
                device(Lab.BENCH + "@lab", Lab.BENCH_PASSWORD).toBlocking();
        good.connect();
        good.disconnect();

        assertRefused(Lab.BENCH + "@lab", "wrong password");
        assertRefused("org.voltwin:bench-unknown@lab", Lab.BENCH_PASSWORD);
        assertRefused(Lab.BENCH + "@elsewhere", Lab.BENCH_PASSWORD);

        assertThat(lab.post("/telemetry", Lab.BENCH + "@lab", "wrong", "{}").statusCode())
                .isEqualTo(401);
        assertThat(lab.post("/telemetry", Lab.BENCH + "@lab", Lab.BENCH_PASSWORD, "{}")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void messagesReachKafkaWithHonosHeaders() throws Exception {
        try (Records events = new Records(lab, "hono.event.lab")) {
            Mqtt3BlockingClient device =
                    device(Lab.BENCH + "@lab", Lab.BENCH_PASSWORD).toBlocking();
            device.connect();
            device.publishWith()
                    .topic("event/?content-type=application%2Fvnd.voltwin.bench-event%2Bjson")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("{\"n\":1}".getBytes(StandardCharsets.UTF_8))
                    .send();
            device.disconnect();
            assertThat(lab.post("/event", Lab.BENCH + "@lab", Lab.BENCH_PASSWORD, "{\"n\":2}")
                            .statusCode())
                    .isEqualTo(202);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> events.values().containsAll(List.of("{\"n\":1}", "{\"n\":2}")));
            var record = events.records().stream()
                    .filter(r -> r.value().equals("{\"n\":1}"))
                    .findFirst()
                    .orElseThrow();
            assertThat(record.key()).isEqualTo(Lab.BENCH);
            assertThat(Records.header(record, "content-type")).isEqualTo("application/vnd.voltwin.bench-event+json");
            assertThat(Records.header(record, "orig_adapter")).isEqualTo("hono-mqtt");
            assertThat(Records.header(record, "device_id")).contains(Lab.BENCH);
            assertThat(Records.header(record, "qos")).isEqualTo("1");
        }
    }

    @Test
    void theRegistryTakesDevicesOnlyFromAllowedRolesAndNeverShowsHashes() throws Exception {
        String path = "/v1/devices/lab/org.voltwin:cell-SLPBA-01";
        assertThat(lab.manage("POST", path, "{}", "no.token.atall").statusCode())
                .isEqualTo(401);
        var forbidden = lab.manage("POST", path, "{}", lab.token("viewer"));
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(forbidden.body()).contains("role-missing").contains("remedy");

        String token = lab.token("lab-admin");
        assertThat(lab.manage("POST", path, "{}", token).statusCode()).isEqualTo(201);
        assertThat(lab.manage("POST", path, "{}", token).statusCode()).isEqualTo(409);
        String credentials = "/v1/credentials/lab/org.voltwin:cell-SLPBA-01";
        String wanted = """
                [{"type":"hashed-password","auth-id":"org.voltwin:cell-SLPBA-01","secrets":[{"pwd-plain":"cell secret"}]}]
                """;
        assertThat(lab.manage("PUT", credentials, wanted, token).statusCode()).isEqualTo(204);
        assertThat(lab.manage("GET", credentials, "", token).body())
                .contains("\"id\"")
                .doesNotContain("pwd-hash")
                .doesNotContain("$2a$");
        assertThat(lab.post("/telemetry", "org.voltwin:cell-SLPBA-01@lab", "cell secret", "{}")
                        .statusCode())
                .isEqualTo(202);

        assertThat(lab.manage("DELETE", path, "", token).statusCode()).isEqualTo(204);
        assertThat(lab.post("/telemetry", "org.voltwin:cell-SLPBA-01@lab", "cell secret", "{}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void commandsGoToTheDeviceAndBackThroughHonosOwnApplicationClient() throws Exception {
        KafkaApplicationClientImpl application = application();
        Mqtt3AsyncClient device = device(Lab.BENCH + "@lab", Lab.BENCH_PASSWORD);
        device.connect().get(10, TimeUnit.SECONDS);
        CompletableFuture<String> oneWay = new CompletableFuture<>();
        device.subscribeWith()
                .topicFilter("command///req/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(command -> answer(device, command, oneWay))
                .send()
                .get(20, TimeUnit.SECONDS);
        try {
            var answer = application
                    .sendCommand("lab", Lab.BENCH, "start-run", Buffer.buffer("{\"run\":1}"), "application/json")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(40, TimeUnit.SECONDS);
            assertThat(answer.getPayload().toString()).isEqualTo("echo {\"run\":1}");
            assertThat(answer.getMessageContext()).isNotNull();

            application
                    .sendOneWayCommand("lab", Lab.BENCH, "blink", Buffer.buffer("now"))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            assertThat(oneWay.get(20, TimeUnit.SECONDS)).isEqualTo("command///req//blink now");

            device.disconnect().get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> application
                            .sendCommand("lab", Lab.BENCH, "start-run", Buffer.buffer("{}"), "application/json")
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(40, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            ServiceInvocationException.class,
                            failure -> assertThat(failure.getErrorCode()).isEqualTo(503));
        } finally {
            application.stop().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenKafkaIsKilled() throws Exception {
        Mqtt3AsyncClient device = MqttClient.builder()
                .useMqttVersion3()
                .identifier("resender")
                .serverHost("localhost")
                .serverPort(lab.mqtt)
                .automaticReconnect()
                .initialDelay(200, TimeUnit.MILLISECONDS)
                .maxDelay(1, TimeUnit.SECONDS)
                .applyAutomaticReconnect()
                .simpleAuth()
                .username(Lab.BENCH + "@lab")
                .password(Lab.BENCH_PASSWORD.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildAsync();
        device.connectWith().cleanSession(false).send().get(10, TimeUnit.SECONDS);
        List<String> sent = new ArrayList<>();
        List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (i == 100) {
                lab.kafka.kill();
            }
            if (i == 200) {
                assertThat(acknowledgements.getLast()).isNotDone();
                lab.kafka.restart();
            }
            String row = "resent " + i;
            sent.add(row);
            acknowledgements.add(untilAcknowledged(device, row));
        }
        CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new))
                .get(90, TimeUnit.SECONDS);
        device.disconnect().get(10, TimeUnit.SECONDS);

        try (Records telemetry = new Records(lab, "hono.telemetry.lab")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> new HashSet<>(telemetry.values()).containsAll(sent));
        }
    }

    /**
     * Sends again what was not acknowledged before the connection ended, as a device has to: the adapter keeps no
     * sessions, and it ends the connection when Kafka does not take a message in time.
     */
    private static CompletableFuture<Void> untilAcknowledged(Mqtt3AsyncClient device, String row) {
        return device.publishWith()
                .topic("telemetry")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(row.getBytes(StandardCharsets.UTF_8))
                .send()
                .<CompletableFuture<Void>>handle((acknowledged, failure) -> failure == null
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.runAsync(
                                        () -> {}, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS))
                                .thenCompose(waited -> untilAcknowledged(device, row)))
                .thenCompose(next -> next);
    }

    /** More than the socket takes at once, so that messages span reads and the adapter has to pause reading. */
    @Test
    void aFastDeviceIsSlowedDownAndEveryMessageIsTaken() throws Exception {
        Mqtt3AsyncClient device = device(Lab.BENCH + "@lab", Lab.BENCH_PASSWORD);
        device.connect().get(10, TimeUnit.SECONDS);
        List<CompletableFuture<Mqtt3Publish>> acknowledgements = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            acknowledgements.add(device.publishWith()
                    .topic("t/?content-type=text%2Fplain")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(("fast " + i + " ".repeat(200)).getBytes(StandardCharsets.UTF_8))
                    .send());
        }
        CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new))
                .get(60, TimeUnit.SECONDS);
        device.disconnect().get(10, TimeUnit.SECONDS);
        try (Records telemetry = new Records(lab, "hono.telemetry.lab")) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> telemetry.values().stream()
                                    .filter(value -> value.startsWith("fast "))
                                    .distinct()
                                    .count()
                            == 30_000);
            List<Integer> order = telemetry.records().stream()
                    .filter(record -> record.value().startsWith("fast "))
                    .map(record -> Integer.valueOf(record.value().strip().substring(5)))
                    .toList();
            assertThat(order).isSorted();
        }
    }

    private static void answer(Mqtt3AsyncClient device, Mqtt3Publish command, CompletableFuture<String> oneWay) {
        String topic = command.getTopic().toString();
        String payload = new String(command.getPayloadAsBytes(), StandardCharsets.UTF_8);
        String request = command.getTopic().getLevels().get(4);
        if (request.isEmpty()) {
            oneWay.complete(topic + " " + payload);
            return;
        }
        device.publishWith()
                .topic("command///res/" + request + "/200")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(("echo " + payload).getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private static KafkaApplicationClientImpl application() throws Exception {
        CommonKafkaClientConfigProperties common = new CommonKafkaClientConfigProperties();
        common.setCommonClientConfig(lab.kafkaClient());
        MessagingKafkaConsumerConfigProperties consumer = new MessagingKafkaConsumerConfigProperties();
        consumer.setCommonClientConfig(common);
        MessagingKafkaProducerConfigProperties producer = new MessagingKafkaProducerConfigProperties();
        producer.setCommonClientConfig(common);
        CompletableFuture<KafkaApplicationClientImpl> started = new CompletableFuture<>();
        vertx.runOnContext(nothing -> {
            KafkaApplicationClientImpl client = new KafkaApplicationClientImpl(
                    vertx, consumer, CachingKafkaProducerFactory.nonSharedFactory(vertx), producer);
            client.start().onComplete(done -> {
                if (done.succeeded()) {
                    started.complete(client);
                } else {
                    started.completeExceptionally(done.cause());
                }
            });
        });
        return started.get(20, TimeUnit.SECONDS);
    }

    private static void assertRefused(String user, String password) {
        assertThatThrownBy(() -> device(user, password).toBlocking().connect())
                .isInstanceOfSatisfying(
                        Mqtt3ConnAckException.class,
                        refusal -> assertThat(refusal.getMqttMessage().getReturnCode())
                                .isEqualTo(Mqtt3ConnAckReturnCode.BAD_USER_NAME_OR_PASSWORD));
    }

    private static Mqtt3AsyncClient device(String user, String password) {
        return MqttClient.builder()
                .useMqttVersion3()
                .serverHost("localhost")
                .serverPort(lab.mqtt)
                .simpleAuth()
                .username(user)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildAsync();
    }
}
