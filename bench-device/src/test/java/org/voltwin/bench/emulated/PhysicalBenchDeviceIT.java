package org.voltwin.bench.emulated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.bench.device.AdapterStandIn;
import org.voltwin.bench.device.DeviceOptions;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Generation;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.SafetyLimits;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.procedure.TestProcedure;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.schema.MessageSchema;
import org.voltwin.model.schema.Schemas;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.SampleBatch;

final class PhysicalBenchDeviceIT {
    private static final TwinId BENCH = TwinId.of("org.voltwin:bench-physical-01");
    private static final TwinId CELL = TwinId.of("org.voltwin:cell-GEN3B-01");
    private static final int ROWS = 500;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Schemas schemas = new Schemas();
    private AdapterStandIn adapter;

    @BeforeEach
    void start() throws Exception {
        adapter = new AdapterStandIn(BENCH + "@lab", "secret");
    }

    @AfterEach
    void stop() throws Exception {
        adapter.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void anOrderBecomesSamplesAndEvents() throws Exception {
        BenchOrder order = order(UUID.randomUUID(), 1e6);
        try (PhysicalBenchDevice bench = bench(new Ramp())) {
            assertThat(startRun(order).status()).isEqualTo(202);
            await().until(() -> adapter.events().contains("finished"));

            assertThat(adapter.events()).containsExactly("started", "finished");
            JsonNode finished = eventJson("finished");
            assertThat(schemas.check(MessageSchema.BENCH_EVENT, finished)).isInstanceOf(Outcome.Ok.class);
            assertThat(finished.path("rows").asLong()).isEqualTo(ROWS);
            assertThat(finished.path("summary").path("capacityAmpereHours").asDouble())
                    .isEqualTo(1.5);
            assertThat(rowsBySequence()).hasSize(ROWS);
            SampleBatch last = adapter.batches().getLast();
            assertThat(last.totalRows()).isEqualTo(ROWS);
            assertThat(last.thing()).isEqualTo(CELL);
            assertThat(last.run()).isEqualTo(order.run());
            assertThat(last.stream()).isEqualTo(order.run().toString());

            // The same order again is done already.
            assertThat(startRun(order).status()).isEqualTo(202);
            await().until(() -> adapter.events().equals(List.of("started", "finished", "finished")));
        }
    }

    @Test
    void aSecondOrderIsToldThatTheBenchIsBusyUntilTheFirstIsCancelled() throws Exception {
        BenchOrder slow = order(UUID.randomUUID(), 0.1);
        BenchOrder other = order(UUID.randomUUID(), 1e6);
        try (PhysicalBenchDevice bench = bench(new Ramp())) {
            assertThat(startRun(slow).status()).isEqualTo(202);
            assertThat(startRun(slow).status()).as("the same again").isEqualTo(202);
            AdapterStandIn.Answer busy = startRun(other);
            assertThat(busy.status()).isEqualTo(409);
            assertThat(busy.payload()).contains("bench.busy").contains("\"retryHelps\":true");

            byte[] cancel = "{\"run\":\"%s\"}".formatted(slow.run()).getBytes(UTF_8);
            assertThat(adapter.command("cancel-run", cancel).status()).isEqualTo(200);
            assertThat(adapter.command("cancel-run", cancel).status()).isEqualTo(200);
            await().until(() -> adapter.events().contains("cancelled"));
            assertThat(startRun(other).status()).isEqualTo(202);
            await().until(() -> adapter.events().contains("finished"));
        }
    }

    @Test
    void aBadOrderIsRefusedWithItsReason() throws Exception {
        try (PhysicalBenchDevice bench = bench(new Ramp())) {
            AdapterStandIn.Answer noJson = adapter.command("start-run", "start!".getBytes(UTF_8));
            assertThat(noJson.status()).isEqualTo(400);
            assertThat(noJson.payload()).contains("message.not_json");
            assertThat(adapter.command("start-run", "{\"run\":1}".getBytes(UTF_8))
                            .payload())
                    .contains("message.wrong_shape");
            assertThat(adapter.command("dance", "{}".getBytes(UTF_8)).status()).isEqualTo(400);
            assertThat(bench.running()).isEmpty();
        }
    }

    @Test
    void aSourceThatFailsBecomesAFailedEvent() throws Exception {
        CellSource broken = order -> {
            throw new RefusedException(Failure.permanent("cosim.no_model", "There is no model.", "Deliver one."));
        };
        try (PhysicalBenchDevice bench = bench(broken)) {
            assertThat(startRun(order(UUID.randomUUID(), 1)).status()).isEqualTo(202);
            await().until(() -> adapter.events().contains("failed"));

            JsonNode failed = eventJson("failed");
            assertThat(schemas.check(MessageSchema.BENCH_EVENT, failed)).isInstanceOf(Outcome.Ok.class);
            assertThat(failed.path("failure").path("code").asText()).isEqualTo("cosim.no_model");
        }
    }

    @Test
    void aRestartedBenchGoesOnAndGivesEveryRowItsNumberAgain() throws Exception {
        BenchOrder order = order(UUID.randomUUID(), 100);
        try (PhysicalBenchDevice bench = bench(new Ramp())) {
            assertThat(startRun(order).status()).isEqualTo(202);
            await().until(() -> !adapter.batches().isEmpty());
        }
        long before = rowsBySequence().size();
        assertThat(before).isLessThan(ROWS);
        // A crash amid a line of the journal.
        Files.writeString(folder.resolve("orders.jsonl"), "{\"order\":{\"run\"", StandardOpenOption.APPEND);

        try (PhysicalBenchDevice bench = bench(new Ramp())) {
            assertThat(bench.running()).contains(order.run());
            adapter.cut();
            await().atMost(Duration.ofSeconds(20)).until(() -> adapter.events().contains("finished"));
        }

        assertThat(rowsBySequence()).hasSize(ROWS);
        assertThat(adapter.batches().getLast().totalRows()).isEqualTo(ROWS);
        try (PhysicalBenchDevice bench = bench(new Ramp())) {
            assertThat(bench.running()).isEmpty();
            int told = adapter.events().size();
            assertThat(startRun(order).status()).as("still known").isEqualTo(202);
            await().until(() -> adapter.events().size() > told);
            assertThat(adapter.events().getLast()).isEqualTo("finished");
        }
    }

    private AdapterStandIn.Answer startRun(BenchOrder order) throws Exception {
        return adapter.command("start-run", Json.bytes(order));
    }

    private JsonNode eventJson(String kind) {
        return adapter.received().stream()
                .filter(message ->
                        message.topic().equals("event/?content-type=application%2Fvnd.voltwin.bench-event%2Bjson"))
                .map(message -> Json.read(message.payload(), JsonNode.class).orThrow())
                .filter(event -> event.path("event").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private PhysicalBenchDevice bench(CellSource source) throws IOException {
        PhysicalBenchDevice bench = new PhysicalBenchDevice(
                vertx,
                new PhysicalBenchConfig(
                        adapter.address(),
                        BENCH,
                        () -> "secret",
                        folder,
                        new DeviceOptions(4, Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofMinutes(1))),
                source,
                schemas,
                Clock.systemUTC());
        assertThat(bench.start(Duration.ofSeconds(10)).orThrow()).isTrue();
        return bench;
    }

    /** One row per sequence number; a row that comes again must be the same. */
    private Map<Long, List<Double>> rowsBySequence() {
        Map<Long, List<Double>> rows = new TreeMap<>();
        for (SampleBatch batch : adapter.batches()) {
            for (int i = 0; i < batch.rows().size(); i++) {
                List<Double> before = rows.put(batch.first() + i, batch.rows().get(i));
                assertThat(before == null || before.equals(batch.rows().get(i))).isTrue();
            }
        }
        return rows;
    }

    private static BenchOrder order(UUID run, double speed) {
        return new BenchOrder(
                run,
                BENCH,
                new UnitUnderTest("GEN3B-CELL-01", Generation.GEN3B, Level.CELL, CELL),
                UseCase.AUTOMOTIVE,
                new TestProcedure(
                        "Capacity",
                        5,
                        new SafetyLimits(2.5, 4.2, 60, 10),
                        List.of(ProcedureStep.discharge(1, 2.5, 3600)),
                        1),
                List.of(new Scenario(1, Map.of())),
                "fastest_simulation_" + run,
                speed);
    }

    /** A row a second; its values follow from its number. */
    private static final class Ramp implements CellSource {
        @Override
        public Rows open(BenchOrder order) {
            return new Rows() {
                private int next;

                @Override
                public List<Column> columns() {
                    return List.of(
                            new Column("Time", Unit.SECOND, Direction.OUTPUT),
                            new Column("Cell_Voltage_01", Unit.VOLT, Direction.OUTPUT));
                }

                @Override
                public List<Double> next() {
                    int number = next++;
                    return number < ROWS ? List.of((double) number, 4.2 - number / 1000.0) : null;
                }

                @Override
                public Map<String, Double> summary() {
                    return Map.of("capacityAmpereHours", 1.5);
                }

                @Override
                public void close() {
                    next = ROWS;
                }
            };
        }
    }
}
