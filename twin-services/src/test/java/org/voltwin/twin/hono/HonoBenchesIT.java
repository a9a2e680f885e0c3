package org.voltwin.twin.hono;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.Examples;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.PhysicalBenches;
import org.voltwin.twin.process.KafkaProcess;

/** Commands over the Kafka of one machine; the test answers them as Hono's adapters do. */
final class HonoBenchesIT {
    private static final String COMMANDS = "hono.command.lab";
    private static final String RESPONSES = "hono.command_response.lab";

    @TempDir
    static Path folder;

    private static final Vertx VERTX = Vertx.vertx();
    private static KafkaProcess kafka;
    private static HonoLink link;
    private static HonoBenches benches;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaProcess(folder);
        kafka.start();
        link = new HonoLink(VERTX, kafka.configuration());
        benches = new HonoBenches(link);
        assertThat(benches.start(order("org.voltwin:bench-early")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.failure().retryHelps()).isTrue());
        link.start(
                (device, topic, contentType, payload) -> CompletableFuture.completedFuture(null),
                (device, topic, contentType, payload) -> CompletableFuture.completedFuture(null));
        await().atMost(Duration.ofSeconds(60)).until(link::isUp);
    }

    @AfterAll
    static void stop() throws Exception {
        if (link != null) {
            link.close();
        }
        VERTX.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        if (kafka != null) {
            kafka.close();
        }
    }

    private static BenchOrder order(String bench) {
        return new BenchOrder(
                Examples.RUN,
                TwinId.of(bench),
                Examples.cell(),
                UseCase.AUTOMOTIVE,
                Examples.capacityProcedure(),
                Examples.design().scenarios(),
                "f",
                1);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    /** Answers the commands of one bench until it is closed. */
    private static AutoCloseable answering(String bench, int status, byte[] payload, List<String> subjects) {
        AtomicBoolean closed = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try (KafkaConsumer<String, byte[]> reader = kafka.reader(COMMANDS)) {
                while (!closed.get()) {
                    for (ConsumerRecord<String, byte[]> record : reader.poll(Duration.ofMillis(100))) {
                        if (bench.equals(record.key())) {
                            subjects.add(header(record, "subject"));
                            kafka.send(
                                    RESPONSES,
                                    bench,
                                    "application/json",
                                    payload,
                                    Map.of(
                                            "correlation-id", header(record, "correlation-id"),
                                            "tenant_id", "lab",
                                            "status", String.valueOf(status)));
                        }
                    }
                }
            }
        });
        return () -> {
            closed.set(true);
            thread.join(10_000);
        };
    }

    @Test
    void acceptedAndRefusedOrdersAndCancellation() throws Exception {
        List<String> subjects = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (AutoCloseable willing = answering("org.voltwin:bench-willing", 202, new byte[0], subjects)) {
            assertThat(benches.start(order("org.voltwin:bench-willing"))).isEqualTo(Outcome.ok(true));
            assertThat(benches.cancel(order("org.voltwin:bench-willing"), Examples.RUN))
                    .isEqualTo(Outcome.ok(true));
        }
        assertThat(subjects).containsExactly(PhysicalBenches.START, PhysicalBenches.CANCEL);

        Failure busy = Failure.passing("bench.busy", "It runs another.", "Wait.");
        try (AutoCloseable unwilling = answering("org.voltwin:bench-busy", 409, Json.bytes(busy), subjects)) {
            assertThat(benches.start(order("org.voltwin:bench-busy"))).isEqualTo(Outcome.refused(busy));
        }
        try (AutoCloseable offline = answering("org.voltwin:bench-off", 503, new byte[0], subjects)) {
            assertThat(benches.start(order("org.voltwin:bench-off")))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                        assertThat(refused.failure().code()).isEqualTo("bench.offline");
                        assertThat(refused.failure().retryHelps()).isTrue();
                    });
        }
    }
}
