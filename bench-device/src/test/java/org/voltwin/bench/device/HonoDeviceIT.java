package org.voltwin.bench.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

final class HonoDeviceIT {
    private static final TwinId DEVICE = TwinId.of("org.voltwin:cell-01");
    private static final String USER = "org.voltwin:cell-01@lab";
    private static final DeviceOptions OPTIONS =
            new DeviceOptions(4, Duration.ofMillis(400), Duration.ofMillis(200), Duration.ofSeconds(5));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void nothingIsLostOnABadLine() throws Exception {
        try (AdapterStandIn adapter = new AdapterStandIn(USER, "secret");
                HonoDevice device = device(adapter.address(), "secret", OPTIONS)) {
            adapter.cutAfter(number -> number == 7 || number == 23);
            adapter.acknowledge(number -> number != 40);
            adapter.acknowledgeLate(5);

            assertThat(device.connect(Duration.ofSeconds(10)).orThrow()).isTrue();
            for (int i = 0; i < 60; i++) {
                device.send(DeviceMessage.telemetry("text/plain", ("m" + i).getBytes(UTF_8)));
            }
            assertThat(device.awaitAcknowledged().orThrow()).isTrue();

            List<String> texts = adapter.received().stream()
                    .map(message -> new String(message.payload(), UTF_8))
                    .toList();
            assertThat(new LinkedHashSet<>(texts))
                    .as("each arrives, in the order of sending")
                    .containsExactlyElementsOf(
                            IntStream.range(0, 60).mapToObj(i -> "m" + i).toList());
            assertThat(device.acknowledged()).isEqualTo(60);
            assertThat(device.resent())
                    .as("what came twice was sent twice; what a cut swallowed, too")
                    .isGreaterThanOrEqualTo(texts.size() - 60L)
                    .isPositive();
            assertThat(adapter.connections()).isGreaterThanOrEqualTo(4);
            assertThat(adapter.received().getFirst().topic()).isEqualTo("telemetry/?content-type=text%2Fplain");
        }
    }

    @Test
    void whoeverWaitsForAcknowledgementsFindsThemTold() throws Exception {
        try (AdapterStandIn adapter = new AdapterStandIn(USER, "secret");
                HonoDevice device = device(adapter.address(), "secret", OPTIONS)) {
            device.connect(Duration.ofSeconds(10)).orThrow();
            CountDownLatch telling = new CountDownLatch(1);
            CountDownLatch tell = new CountDownLatch(1);
            CompletableFuture<Boolean> waited = new CompletableFuture<>();
            device.send(DeviceMessage.telemetry("text/plain", new byte[] {1}), () -> {
                telling.countDown();
                try {
                    tell.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(telling.await(10, TimeUnit.SECONDS)).isTrue();
            Thread waiting = Thread.ofVirtual()
                    .start(() -> waited.complete(device.awaitAcknowledged().orThrow()));

            await().atMost(Duration.ofSeconds(10)).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            assertThat(waited).isNotDone();
            tell.countDown();
            assertThat(waited.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void noMoreThanTheWindowIsUnderWay() throws Exception {
        try (AdapterStandIn adapter = new AdapterStandIn(USER, "secret");
                HonoDevice device = device(
                        adapter.address(),
                        "secret",
                        new DeviceOptions(4, Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(1)))) {
            adapter.acknowledge(number -> false);
            device.connect(Duration.ofSeconds(10)).orThrow();
            for (int i = 0; i < 4; i++) {
                device.send(DeviceMessage.telemetry("text/plain", new byte[] {1}));
            }

            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> device.send(DeviceMessage.telemetry("text/plain", new byte[] {1})))
                    .hasMessageContaining("device.unreachable");
            assertThat(adapter.received()).hasSize(4);
        }
    }

    @Test
    void aWrongPasswordIsSaidAtOnce() throws Exception {
        try (AdapterStandIn adapter = new AdapterStandIn(USER, "secret");
                HonoDevice device = device(adapter.address(), "wrong", OPTIONS)) {
            Failure failure = ((Outcome.Refused<Boolean>) device.connect(Duration.ofSeconds(10))).failure();

            assertThat(failure.code()).isEqualTo("device.refused");
            assertThat(failure.cause()).contains("org.voltwin:cell-01").doesNotContain("wrong@");
            assertThat(failure.retryHelps()).isFalse();
            assertThat(adapter.connections()).isEqualTo(1);
        }
    }

    @Test
    void anAdapterThatComesLaterIsWaitedFor() throws Exception {
        HonoAddress address;
        try (AdapterStandIn adapter = new AdapterStandIn(USER, "secret")) {
            address = adapter.address();
        }
        try (HonoDevice device = device(address, "secret", OPTIONS)) {
            Failure failure = ((Outcome.Refused<Boolean>) device.connect(Duration.ofMillis(500))).failure();
            assertThat(failure.code()).isEqualTo("device.unreachable");
            assertThat(failure.retryHelps()).isTrue();

            try (AdapterStandIn adapter = new AdapterStandIn(USER, "secret", address.port())) {
                assertThat(device.connect(Duration.ofSeconds(10)).orThrow()).isTrue();
            }
        }
    }

    @Test
    void commandsAreAnswered() throws Exception {
        try (AdapterStandIn adapter = new AdapterStandIn(USER, "secret");
                HonoDevice device = device(adapter.address(), "secret", OPTIONS)) {
            device.onCommand((subject, payload) ->
                    new CommandHandler.Answer(202, (subject + ":" + new String(payload, UTF_8)).getBytes(UTF_8)));
            device.connect(Duration.ofSeconds(10)).orThrow();

            assertThat(adapter.command("start-run", "{}".getBytes(UTF_8)))
                    .isEqualTo(new AdapterStandIn.Answer(202, "start-run:{}"));
        }
    }

    private HonoDevice device(HonoAddress address, String password, DeviceOptions options) {
        return new HonoDevice(vertx, address, DEVICE, () -> password, options);
    }
}
