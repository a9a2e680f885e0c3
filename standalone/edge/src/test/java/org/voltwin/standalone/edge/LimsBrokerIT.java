package org.voltwin.standalone.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimsBrokerIT {

    private static final int QUEUED = 1500;

    @TempDir
    static Path folder;

    private static Lab lab;

    @BeforeAll
    static void start() throws Exception {
        lab = new Lab(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        lab.close();
    }

    @Test
    void nobodyIsAnonymousAndAWrongPasswordIsRefused() {
        assertThatThrownBy(() -> MqttClient.builder()
                        .useMqttVersion5()
                        .serverHost("localhost")
                        .serverPort(lab.broker)
                        .buildBlocking()
                        .connect())
                .isInstanceOf(Mqtt5ConnAckException.class);
        assertThatThrownBy(
                        () -> plain("x", "lims", "wrong-secret").buildBlocking().connect())
                .isInstanceOf(Mqtt5ConnAckException.class);
    }

    @Test
    void aUserReachesOnlyItsTopics() {
        Mqtt5BlockingClient bench =
                plain("permissions", "bench", "bench-secret").buildBlocking();
        bench.connect();
        assertThatThrownBy(() ->
                        bench.subscribeWith().topicFilter("LIMS/requests/#").send())
                .isInstanceOf(Mqtt5SubAckException.class);
        bench.publishWith()
                .topic("LIMS/metrics/bench-1/simulation_metrics")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        assertThatThrownBy(() -> bench.publishWith()
                        .topic("LIMS/requests/test")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send())
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void tlsWorksWithTheTrustStoreThatTheBrokerMade() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = KeyStore.getInstance("PKCS12");
        Path tls = folder.resolve("edge/lims-broker/tls");
        try (InputStream in = Files.newInputStream(tls.resolve("lims-truststore.p12"))) {
            store.load(in, Lab.TRUST_PASSWORD.toCharArray());
        }
        trust.init(store);
        Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost("localhost")
                .serverPort(lab.brokerTls)
                .sslConfig()
                .trustManagerFactory(trust)
                .applySslConfig()
                .simpleAuth()
                .username("lims")
                .password("lims-secret".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        client.connect();
        client.disconnect();
        assertThat(Files.readString(tls.resolve("lims-ca.pem"))).startsWith("-----BEGIN CERTIFICATE-----");
        assertThatThrownBy(() -> MqttClient.builder()
                        .useMqttVersion5()
                        .serverHost("localhost")
                        .serverPort(lab.brokerTls)
                        .sslWithDefaultConfig()
                        .buildBlocking()
                        .connect())
                .as("an unknown authority")
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void queuedMessagesAndRegistryChangesSurviveKill() throws Exception {
        Mqtt5BlockingClient reader = persistentReader();
        connectPersistently(reader);
        reader.subscribeWith()
                .topicFilter("LIMS/status/#")
                .qos(MqttQos.EXACTLY_ONCE)
                .send();
        reader.disconnect();
        Mqtt5BlockingClient writer = plain("writer", "lims", "lims-secret").buildBlocking();
        writer.connect();
        List<String> sent =
                IntStream.range(0, QUEUED).mapToObj(i -> "status " + i).toList();
        for (String status : sent) {
            writer.publishWith()
                    .topic("LIMS/status/run")
                    .qos(MqttQos.EXACTLY_ONCE)
                    .payload(status.getBytes(StandardCharsets.UTF_8))
                    .send();
        }
        assertThat(lab.manage("POST", "/v1/devices/lab/kept", "{}", lab.token("service"))
                        .statusCode())
                .isEqualTo(201);

        lab.edge.kill();
        lab.edge.restart();

        assertThat(lab.manage("GET", "/v1/devices/lab/kept", "", lab.token("service"))
                        .statusCode())
                .isEqualTo(200);
        List<String> received = new CopyOnWriteArrayList<>();
        Mqtt5BlockingClient again = persistentReader();
        again.toAsync()
                .publishes(
                        MqttGlobalPublishFilter.ALL,
                        publish -> received.add(new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8)));
        connectPersistently(again);
        await().atMost(Duration.ofSeconds(30)).until(() -> received.size() >= QUEUED);
        again.disconnect();
        assertThat(received).containsExactlyElementsOf(sent);
        assertThat(lab.health().statusCode()).isEqualTo(200);

        assertThat(lab.edge.stop()).as("ends on SIGTERM").isTrue();
        lab.edge.restart();
    }

    private static Mqtt5BlockingClient persistentReader() {
        return plain("reader", "lims", "lims-secret").buildBlocking();
    }

    private static void connectPersistently(Mqtt5BlockingClient client) {
        client.connectWith().cleanStart(false).sessionExpiryInterval(3600).send();
    }

    private static Mqtt5ClientBuilder plain(String id, String user, String password) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier(id)
                .serverHost("localhost")
                .serverPort(lab.broker)
                .simpleAuth()
                .username(user)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth();
    }
}
