package org.voltwin.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.bench.device.AdapterStandIn;
import org.voltwin.bench.device.DeviceOptions;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.schema.MessageSchema;
import org.voltwin.model.schema.Schemas;
import org.voltwin.model.telemetry.SampleBatch;

final class ReplayIT {
    private static final TwinId CELL = TwinId.of("org.voltwin:cell-SLPBA-01");
    private static final int ROWS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void everyRowArrivesWithItsNumberWhateverTheLineDoes() throws Exception {
        Path file = file(ROWS, 10);
        AtomicReference<ReplayProgress> progress = new AtomicReference<>();
        try (AdapterStandIn adapter = new AdapterStandIn(CELL + "@lab", "secret")) {
            adapter.cutAfter(number -> number == 3 || number == 8);
            adapter.acknowledge(number -> number != 6);
            adapter.acknowledgeLate(10);

            ReplaySummary summary = Replay.run(options(file, 0, adapter, "secret"), progress::set)
                    .orThrow();

            assertThat(summary.rows()).isEqualTo(ROWS);
            assertThat(summary.batches()).isEqualTo(ROWS / 200);
            assertThat(summary.resent()).isPositive();
            assertThat(progress.get().rowsAcknowledged()).isEqualTo(ROWS);
            Schemas schemas = new Schemas();
            for (SampleBatch batch : adapter.batches()) {
                assertThat(schemas.check(MessageSchema.SAMPLE_BATCH, Json.tree(batch)))
                        .isInstanceOf(Outcome.Ok.class);
                assertThat(batch.rows()).hasSizeLessThanOrEqualTo(200);
                assertThat(batch.stream()).isEqualTo(summary.stream()).matches("replay-[0-9a-f]{16}");
            }
            assertThat(bySequence(adapter.batches())).containsExactlyElementsOf(expected(ROWS, 10));
            assertThat(adapter.batches().getLast().totalRows()).isEqualTo(ROWS);
        }
    }

    @Test
    void theSameFileAgainIsTheSameStreamAndTheSameNumbers() throws Exception {
        Path file = file(450, 10);
        try (AdapterStandIn adapter = new AdapterStandIn(CELL + "@lab", "secret")) {
            String first = Replay.run(options(file, 0, adapter, "secret"), progress -> {}).orThrow().stream();
            String second = Replay.run(options(file, 0, adapter, "secret"), progress -> {}).orThrow().stream();

            assertThat(second).isEqualTo(first);
            assertThat(bySequence(adapter.batches())).containsExactlyElementsOf(expected(450, 10));
        }
    }

    @Test
    void aPacedReplayTakesItsTimeAndSendsEverySecond() throws Exception {
        Path file = file(300, 10);
        try (AdapterStandIn adapter = new AdapterStandIn(CELL + "@lab", "secret")) {
            ReplaySummary summary = Replay.run(options(file, 1000, adapter, "secret"), progress -> {})
                    .orThrow();

            // The clock jumps back once, which takes no time: 298 steps of 10 ms.
            assertThat(summary.seconds()).isBetween(2.9, 6.0);
            assertThat(adapter.batches().getFirst().rows())
                    .as("a batch does not wait until it is full")
                    .hasSizeLessThan(200);
            assertThat(bySequence(adapter.batches())).containsExactlyElementsOf(expected(300, 10));
        }
    }

    @Test
    void aWrongPasswordAndABrokenFileAreTold() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.csv"), "test_time_second,voltage_volt\n1,2\n2,x\n");
        try (AdapterStandIn adapter = new AdapterStandIn(CELL + "@lab", "secret")) {
            assertThat(code(Replay.run(options(file(10, 1), 0, adapter, "wrong"), progress -> {})))
                    .isEqualTo("device.refused");
            assertThat(code(Replay.run(options(broken, 0, adapter, "secret"), progress -> {})))
                    .isEqualTo("measurement.bad_value");
        }
    }

    private static String code(Outcome<ReplaySummary> outcome) {
        return ((Outcome.Refused<ReplaySummary>) outcome).failure().code();
    }

    private static ReplayOptions options(Path file, double speed, AdapterStandIn adapter, String password) {
        return new ReplayOptions(
                file,
                CELL,
                speed,
                Optional.empty(),
                Optional.empty(),
                adapter.address(),
                () -> password,
                new DeviceOptions(4, Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofSeconds(10)));
    }

    /** Rows whose values follow from their number; the clock starts again in the middle. */
    private Path file(int rows, int secondsApart) throws IOException {
        StringBuilder text = new StringBuilder("test_time_second,voltage_volt,current_ampere\n");
        expected(rows, secondsApart)
                .forEach(row -> text.append(row.get(0))
                        .append(',')
                        .append(row.get(1))
                        .append(',')
                        .append(row.get(2))
                        .append('\n'));
        return Files.writeString(folder.resolve("test.bdf.csv"), text);
    }

    private static List<List<Double>> expected(int rows, int secondsApart) {
        return java.util.stream.IntStream.range(0, rows)
                .mapToObj(i -> List.of((i % (rows / 2)) * (double) secondsApart, 3 + i / 10_000.0, i / 100.0))
                .toList();
    }

    /** What a store keeps: one row per sequence number. */
    private static java.util.Collection<List<Double>> bySequence(List<SampleBatch> batches) {
        TreeMap<Long, List<Double>> rows = new TreeMap<>();
        for (SampleBatch batch : batches) {
            for (int i = 0; i < batch.rows().size(); i++) {
                List<Double> before = rows.put(batch.first() + i, batch.rows().get(i));
                assertThat(before == null || before.equals(batch.rows().get(i))).isTrue();
            }
        }
        assertThat(rows.firstKey()).isZero();
        assertThat(rows.lastKey()).isEqualTo(rows.size() - 1L);
        return rows.values();
    }
}
