package org.voltwin.twin.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.voltwin.model.Examples;
import org.voltwin.model.TwinId;
import org.voltwin.model.json.Json;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.run.RunState;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.ResultMessage;
import org.voltwin.model.telemetry.SampleBatch;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.store.MemorySampleStore;
import org.voltwin.twin.store.StreamInfo;
import org.voltwin.twin.store.StreamKey;

final class CollectorTest {
    private static final TwinId CELL = TwinId.of("org.voltwin:cell-1");
    private static final String METRICS = "LIMS/metrics/virtual-01/simulation_metrics";

    private final MemorySampleStore store = new MemorySampleStore();
    private final Map<UUID, RunState> runs = new java.util.HashMap<>();
    private final Collector collector =
            new Collector(store, uuid -> Optional.ofNullable(runs.get(uuid)), Clock.fixed(Examples.T0, ZoneOffset.UTC));

    private static Column column(String name, Unit unit) {
        return new Column(name, unit, Direction.OUTPUT);
    }

    private void take(TwinId device, SampleBatch batch) {
        collector.takeTelemetry(device.value(), "t", SampleBatch.CONTENT_TYPE, Json.bytes(batch));
    }

    private List<double[]> rows(TwinId thing, String stream) {
        List<double[]> rows = new ArrayList<>();
        store.read(new StreamKey(thing, stream), 0, 1_000_000, (sequence, values) -> rows.add(values));
        return rows;
    }

    private String rejection() {
        return store.rejected(1).getFirst().failure().code();
    }

    @Test
    void convertsToInsideUnitsAndKeepsAsideWhatCannotBeTrue() {
        List<Column> columns = List.of(
                column(Variables.TIME, Unit.HOUR),
                column(Variables.VOLTAGE, Unit.MILLIVOLT),
                column(Variables.TEMPERATURE, Unit.KELVIN),
                column(Variables.SOC, Unit.PERCENT),
                column(Variables.CURRENT, Unit.AMPERE));
        take(
                CELL,
                new SampleBatch(
                        CELL,
                        "s",
                        null,
                        "x",
                        0,
                        columns,
                        List.of(
                                List.of(0.5, 3700.0, 298.15, 50.0, -2.0),
                                Arrays.asList(1.0, null, -1.0, 105.1, 10_000.1),
                                List.of(1.0, 2_000_001.0, 1773.2, 105.0, Variables.INVALID),
                                List.of(1.0, 2_000_000.0, 1773.15, -5.0, -10_000.0),
                                List.of(1.0, -2_000_001.0, 0.0, -5.1, 10_000.0)),
                        5L));

        List<double[]> rows = rows(CELL, "s");
        assertThat(rows.get(0)).containsExactly(1800, 3.7, 25, 0.5, -2);
        assertThat(rows.get(1)).containsExactly(3600, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        assertThat(rows.get(2)).containsExactly(3600, Double.NaN, Double.NaN, 1.05, Double.NaN);
        assertThat(rows.get(3)).containsExactly(3600, 2000, 1500, -0.05, -10_000);
        assertThat(rows.get(4)).containsExactly(3600, Double.NaN, -273.15, Double.NaN, 10_000);
        StreamInfo stream = store.stream(new StreamKey(CELL, "s")).orElseThrow();
        assertThat(stream.keptAside())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "colder than absolute zero", 1L,
                        "hotter than 1500 degC", 1L,
                        "beyond 2000 V", 2L,
                        "beyond 10000 A", 1L,
                        "state of charge outside of -5 % to 105 %", 2L));
        assertThat(stream.isComplete()).isTrue();
    }

    @Test
    void aDeviceReportsOnItselfOrOnTheUnitOfARunBookedOnIt() {
        RunState.Scheduled run = Examples.scheduled();
        runs.put(Examples.RUN, run);
        TwinId bench = run.booking().bench();
        SampleBatch batch = new SampleBatch(
                Examples.cell().twin(),
                Examples.RUN.toString(),
                Examples.RUN,
                "bench",
                0,
                List.of(column(Variables.VOLTAGE, Unit.VOLT)),
                List.of(List.of(3.7)),
                null);

        take(TwinId.of("org.voltwin:bench-other"), batch);
        assertThat(rejection()).isEqualTo("samples.not_allowed");
        assertThat(rows(Examples.cell().twin(), Examples.RUN.toString())).isEmpty();

        take(bench, batch);
        assertThat(rows(Examples.cell().twin(), Examples.RUN.toString())).hasSize(1);
    }

    @Test
    void voltageInDegreesIsRefused() {
        take(
                CELL,
                new SampleBatch(
                        CELL,
                        "s",
                        null,
                        "x",
                        0,
                        List.of(column(Variables.VOLTAGE, Unit.CELSIUS)),
                        List.of(List.of(3.7)),
                        null));

        assertThat(rejection()).isEqualTo("samples.wrong_unit");
    }

    @Test
    void nothingIsAcknowledgedBeforeTheStoreHasIt() {
        store.setDown(true);

        assertThatThrownBy(() -> collector.takeTelemetry(
                        CELL.value(), "t", SampleBatch.CONTENT_TYPE, "not json".getBytes(UTF_8)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static ResultMessage message(Long sequence, double from, double value) {
        return new ResultMessage(
                "Capacity",
                "Cell-level",
                Examples.RUN,
                "GEN3B-CELL-01",
                "Virtual",
                "Automotive",
                sequence,
                null,
                List.of(
                        new ResultMessage.Variable(
                                Variables.VOLTAGE,
                                "Output",
                                "V",
                                List.of(
                                        new ResultMessage.TimedValue(from, value),
                                        new ResultMessage.TimedValue(from + 1, value + 0.1))),
                        new ResultMessage.Variable(
                                Variables.SOC,
                                "Output",
                                "%",
                                List.of(
                                        new ResultMessage.TimedValue(from, 50),
                                        new ResultMessage.TimedValue(from + 1, Variables.INVALID)))));
    }

    @Test
    void resultMessageBecomesRowsWithTime() {
        runs.put(Examples.RUN, Examples.requested());
        collector.takeResult(METRICS, Json.bytes(message(4L, 10, 3.5)));

        List<double[]> rows = rows(Examples.cell().twin(), Examples.RUN.toString());
        assertThat(rows.get(0)).containsExactly(10, 3.5, 0.5);
        assertThat(rows.get(1)).containsExactly(11, 3.6, Double.NaN);
    }

    @Test
    void resultsOfOthersGetNumbersInTheOrderTheyCameAndDoublesTheSame() {
        byte[] first = Json.bytes(message(null, 0, 3.5));
        byte[] second = Json.bytes(message(null, 2, 3.6));
        collector.takeResult("/test-results", first);
        collector.takeResult("/test-results", second);
        collector.takeResult("/test-results", first);

        List<double[]> rows = rows(TwinId.of("org.voltwin:cell-GEN3B-CELL-01"), Examples.RUN.toString());
        assertThat(rows).extracting(row -> row[0]).containsExactly(0.0, 1.0, 2.0, 3.0);
    }

    @Test
    void badResultMessagesAreKeptWithTheReason() throws Exception {
        ObjectNode message = (ObjectNode) Json.mapper().readTree(Json.bytes(message(0L, 0, 3)));
        ((ObjectNode) message.at("/variables/0")).put("unit", "furlong");
        collector.takeResult(METRICS, Json.bytes(message));
        assertThat(rejection()).isEqualTo("samples.unknown_unit");

        message = (ObjectNode) Json.mapper().readTree(Json.bytes(message(0L, 0, 3)));
        ((ObjectNode) message.at("/variables/0")).put("type", "sideways");
        collector.takeResult(METRICS, Json.bytes(message));
        assertThat(rejection()).isEqualTo("samples.unknown_type");

        message = (ObjectNode) Json.mapper().readTree(Json.bytes(message(0L, 0, 3)));
        ((ObjectNode) message.at("/variables/1/values/1")).put("timestamp", 77);
        collector.takeResult(METRICS, Json.bytes(message));
        assertThat(rejection()).isEqualTo("samples.uneven");

        message = (ObjectNode) Json.mapper().readTree(Json.bytes(message(0L, 0, 3)));
        ((ObjectNode) message.at("/variables/1")).remove("values");
        collector.takeResult(METRICS, Json.bytes(message));
        assertThat(rejection()).isEqualTo("message.wrong_shape");

        message = (ObjectNode) Json.mapper().readTree(Json.bytes(message(0L, 0, 3)));
        message.remove("test_UUT");
        collector.takeResult(METRICS, Json.bytes(message));
        assertThat(rejection()).isEqualTo("message.wrong_shape");

        collector.takeResult(METRICS, "[1,".getBytes(UTF_8));
        assertThat(rejection()).isEqualTo("message.not_json");
        assertThat(store.rejected(10)).hasSize(6);
    }
}
