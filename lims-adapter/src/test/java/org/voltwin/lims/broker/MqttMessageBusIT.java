package org.voltwin.lims.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.fake.MessageBusContract;
import org.voltwin.model.port.MessageBus;

/** The bus on a real HiveMQ. */
class MqttMessageBusIT extends MessageBusContract {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static RealBroker broker;
    private final List<MessageBus> open = new ArrayList<>();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new RealBroker(folder);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @AfterEach
    void closeBuses() {
        open.forEach(MessageBus::close);
    }

    @Override
    protected MessageBus bus() {
        return bus(broker.plain("contract"));
    }

    private MessageBus bus(BrokerConfiguration configuration) {
        MessageBus bus = new MqttMessageBus(configuration);
        open.add(bus);
        return bus;
    }

    private static void done(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private static MessageBus.Handler into(List<String> got) {
        return (topic, payload) -> {
            got.add(new String(payload, UTF_8));
            return CompletableFuture.completedFuture(null);
        };
    }

    @Test
    void aFailedMessageComesAgainBeforeTheNext() throws Exception {
        MessageBus bus = bus(broker.plain("failing"));
        List<String> got = new CopyOnWriteArrayList<>();
        AtomicBoolean healthy = new AtomicBoolean();
        done(bus.subscribe("worker", "t/failing", (topic, payload) -> {
            got.add(new String(payload, UTF_8));
            return healthy.get()
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(new IllegalStateException("the store is away"));
        }));
        done(bus.publish("t/failing", "1".getBytes(UTF_8), false));
        done(bus.publish("t/failing", "2".getBytes(UTF_8), false));
        await().atMost(LONG).until(() -> got.size() >= 2);

        healthy.set(true);

        await().atMost(LONG).until(() -> got.contains("2"));
        assertThat(got.subList(0, got.size() - 1)).containsOnly("1");
    }

    @Test
    void aSubscriberThatWasAwayGetsWhatItMissedAndWhatItDidNotFinish() throws Exception {
        MessageBus publisher = bus(broker.plain("away-publisher"));
        MessageBus first = bus(broker.plain("away"));
        CompletableFuture<Void> never = new CompletableFuture<>();
        CompletableFuture<String> unfinished = new CompletableFuture<>();
        done(first.subscribe("worker", "t/away", (topic, payload) -> {
            unfinished.complete(new String(payload, UTF_8));
            return never;
        }));
        done(publisher.publish("t/away", "begun".getBytes(UTF_8), false));
        assertThat(unfinished.get(60, TimeUnit.SECONDS)).isEqualTo("begun");
        first.close();
        done(publisher.publish("t/away", "missed".getBytes(UTF_8), false));

        List<String> got = new CopyOnWriteArrayList<>();
        done(bus(broker.plain("away")).subscribe("worker", "t/away", into(got)));

        await().atMost(LONG).untilAsserted(() -> assertThat(got).containsExactly("begun", "missed"));
    }

    @Test
    void nothingIsLostWhenTheBrokerIsRestarted() throws Exception {
        MessageBus bus = bus(broker.plain("restart"));
        List<String> got = new CopyOnWriteArrayList<>();
        AtomicBoolean healthy = new AtomicBoolean();
        done(bus.subscribe("worker", "t/restart", (topic, payload) -> {
            if (!healthy.get()) {
                return CompletableFuture.failedFuture(new IllegalStateException("not yet"));
            }
            got.add(new String(payload, UTF_8));
            return CompletableFuture.completedFuture(null);
        }));
        List<String> sent = new ArrayList<>();
        List<CompletionStage<Void>> publishing = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add("before " + i);
            done(bus.publish("t/restart", sent.getLast().getBytes(UTF_8), false));
        }

        broker.stop();
        for (int i = 0; i < 10; i++) {
            sent.add("while " + i);
            publishing.add(bus.publish("t/restart", sent.getLast().getBytes(UTF_8), false));
        }
        broker.start();
        healthy.set(true);

        for (CompletionStage<Void> one : publishing) {
            done(one);
        }
        await().atMost(LONG).until(() -> got.containsAll(sent));
        assertThat(got.stream().distinct().toList()).containsExactlyElementsOf(sent);
    }

    @Test
    void aBrokerThatIsNotThereYetOnlyDelays() throws Exception {
        MessageBus before = bus(broker.plain("early"));
        done(before.subscribe("worker", "t/early", into(new ArrayList<>())));
        before.close();
        broker.stop();
        MessageBus publisher = bus(broker.plain("early-publisher"));
        List<String> sent = List.of("1", "2", "3", "4", "5");
        List<CompletionStage<Void>> publishing = new ArrayList<>();
        sent.forEach(text -> publishing.add(publisher.publish("t/early", text.getBytes(UTF_8), false)));
        List<String> got = new CopyOnWriteArrayList<>();
        CompletionStage<Void> subscribed = bus(broker.plain("early")).subscribe("worker", "t/early", into(got));

        broker.start();

        done(subscribed);
        for (CompletionStage<Void> one : publishing) {
            done(one);
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(got).containsExactlyElementsOf(sent));
    }

    @Test
    void tlsTrustsOnlyWhatIsInTheTrustStore(@TempDir Path other) throws Exception {
        MessageBus trusting = bus(broker.tls("tls", TestCertificate.trustStore(folder)));
        List<String> got = new CopyOnWriteArrayList<>();
        done(trusting.subscribe("worker", "t/tls", into(got)));
        done(trusting.publish("t/tls", "over TLS".getBytes(UTF_8), false));
        await().atMost(LONG).until(() -> got.contains("over TLS"));

        TestCertificate.create(other);
        MessageBus distrusting = bus(broker.tls("tls-other", TestCertificate.trustStore(other)));

        assertThatThrownBy(() -> distrusting
                        .publish("t/tls", "no".getBytes(UTF_8), false)
                        .toCompletableFuture()
                        .get(3, TimeUnit.SECONDS))
                .isInstanceOf(TimeoutException.class);
        assertThat(got).containsExactly("over TLS");
    }

    @Test
    void aRetainedMessageReachesWhoComesLater() throws Exception {
        MessageBus bus = bus(broker.plain("retained"));
        done(bus.publish("t/retained", "kept".getBytes(UTF_8), true));
        List<String> got = new CopyOnWriteArrayList<>();

        done(bus.subscribe("worker", "t/retained", into(got)));

        await().atMost(LONG).untilAsserted(() -> assertThat(got).containsExactly("kept"));
    }
}
