package org.voltwin.twin.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voltwin.model.Examples;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.fake.FakeMessageBus;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.port.MessageBus;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.RunState;
import org.voltwin.model.schema.MessageSchema;
import org.voltwin.model.schema.Schemas;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.SampleBatch;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.store.MemorySampleStore;
import org.voltwin.twin.store.StreamKey;

final class LiveResultsTest {
    private static final TwinId BENCH = TwinId.of("org.voltwin:bench-07");
    private static final String TOPIC = "LIMS/metrics/bench-07/physical_metrics";

    private final FakeMessageBus bus = new FakeMessageBus();
    private final MemorySampleStore store = new MemorySampleStore();
    private final Map<UUID, RunState> runs = new java.util.HashMap<>();
    private final Bookings bookings = uuid -> Optional.ofNullable(runs.get(uuid));
    private final Collector collector = new Collector(store, bookings, Clock.fixed(Examples.T0, ZoneOffset.UTC));

    @BeforeEach
    void book() {
        runs.put(Examples.RUN, bookedOn(BenchKind.PHYSICAL));
    }

    private static RunState bookedOn(BenchKind kind) {
        RunState.Scheduled other = Examples.scheduled();
        return other.before()
                .scheduled(
                        new Booking(
                                BENCH,
                                kind,
                                1,
                                Examples.T0,
                                Examples.T0,
                                Examples.T0.plusSeconds(60),
                                Examples.T0.plusSeconds(60),
                                "free then",
                                "f/schedule.json"),
                        Examples.T0);
    }

    private static SampleBatch batch(UUID run, long first) {
        return new SampleBatch(
                run == null ? BENCH : Examples.cell().twin(),
                Examples.RUN.toString(),
                run,
                "bench",
                first,
                List.of(
                        new Column(Variables.TIME, Unit.HOUR, Direction.INPUT),
                        new Column(Variables.CURRENT, Unit.MILLIAMPERE, Direction.INPUT),
                        new Column(Variables.VOLTAGE, Unit.VOLT, Direction.OUTPUT),
                        new Column(Variables.SOC, Unit.FRACTION, Direction.OUTPUT)),
                List.of(Arrays.asList(0.5, -2500.0, 3.7, 0.5), Arrays.asList(1.0, -2500.0, null, 7.0)),
                first + 2);
    }

    private void take(SampleBatch batch) {
        collector.takeTelemetry(BENCH.value(), "t", SampleBatch.CONTENT_TYPE, Json.bytes(batch));
    }

    @Test
    void whatAPhysicalBenchMeasuredIsSaidInTheUnitsOfTheDocuments() {
        collector.addListener(new LiveResults(bus, bookings));

        take(batch(Examples.RUN, 40));

        FakeMessageBus.Message said = bus.published().getFirst();
        assertThat(bus.published()).hasSize(1);
        assertThat(said.topic()).isEqualTo(TOPIC);
        JsonNode message = Json.read(said.payload(), JsonNode.class).orThrow();
        assertThat(new Schemas().check(MessageSchema.RESULT_MESSAGE, message)).isInstanceOf(Outcome.Ok.class);
        assertThat(message.path("test_bench").asText()).isEqualTo("Physical");
        assertThat(message.path("test_UUID").asText()).isEqualTo(Examples.RUN.toString());
        assertThat(message.path("sequence").asLong()).isEqualTo(40);
        assertThat(message.path("total_rows").asLong()).isEqualTo(42);
        assertThat(message.path("variables")).hasSize(3);
        assertThat(value(message, 0, 0)).containsExactly(1800.0, -2.5);
        assertThat(value(message, 1, 0)).containsExactly(1800.0, 3.7);
        assertThat(value(message, 1, 1)).as("not measured").containsExactly(3600.0, -1e9);
        assertThat(value(message, 2, 0)).containsExactly(1800.0, 50.0);
        assertThat(value(message, 2, 1))
                .as("700 % cannot be and was kept aside")
                .containsExactly(3600.0, -1e9);
        assertThat(message.at("/variables/2/unit").asText()).isEqualTo("%");
    }

    private static List<Double> value(JsonNode message, int variable, int row) {
        JsonNode value = message.at("/variables/" + variable + "/values/" + row);
        return List.of(value.path("timestamp").asDouble(), value.path("value").asDouble());
    }

    @Test
    void whoeverTakesTheMessageHasTheSameRows() {
        collector.addListener(new LiveResults(bus, bookings));
        take(batch(Examples.RUN, 0));
        MemorySampleStore copies = new MemorySampleStore();

        new Collector(copies, bookings, Clock.fixed(Examples.T0, ZoneOffset.UTC))
                .takeResult(TOPIC, bus.published().getFirst().payload());

        StreamKey key = new StreamKey(Examples.cell().twin(), Examples.RUN.toString());
        assertThat(rows(copies, key).length).isEqualTo(2);
        assertThat(Arrays.deepEquals(rows(copies, key), rows(store, key))).isTrue();
    }

    private static double[][] rows(MemorySampleStore from, StreamKey key) {
        List<double[]> rows = new ArrayList<>();
        from.read(key, 0, 100, (sequence, values) -> rows.add(values));
        return rows.toArray(double[][]::new);
    }

    @Test
    void virtualBenchesSayTheirOwnAndOutsideOfRunsNothingIsSaid() {
        collector.addListener(new LiveResults(bus, bookings));

        take(batch(null, 0));
        runs.put(Examples.RUN, bookedOn(BenchKind.VIRTUAL));
        take(batch(Examples.RUN, 0));

        assertThat(store.rejected(10)).isEmpty();
        assertThat(bus.published()).isEmpty();
    }

    @Test
    void aBrokerThatTakesNothingStopsNothingAndTheFeedGoesOnAfterwards() {
        List<CompletableFuture<Void>> underway = new ArrayList<>();
        MessageBus stuck = new MessageBus() {
            @Override
            public CompletionStage<Void> publish(String topic, byte[] payload, boolean retain) {
                underway.add(new CompletableFuture<>());
                return underway.getLast();
            }

            @Override
            public CompletionStage<Void> subscribe(String name, String topicFilter, Handler handler) {
                throw new AssertionError("nothing to subscribe");
            }

            @Override
            public void close() {}
        };
        collector.addListener(new LiveResults(stuck, bookings));
        int batches = LiveResults.MOST_UNDERWAY + 10;
        for (int i = 0; i < batches; i++) {
            take(batch(Examples.RUN, 2L * i));
        }

        assertThat(underway).hasSize(LiveResults.MOST_UNDERWAY);
        StreamKey key = new StreamKey(Examples.cell().twin(), Examples.RUN.toString());
        assertThat(store.stream(key).orElseThrow().rows()).isEqualTo(2L * batches);

        underway.getFirst().complete(null);
        underway.get(1).completeExceptionally(new IllegalStateException("refused"));
        take(batch(Examples.RUN, 2L * batches));
        take(batch(Examples.RUN, 2L * batches + 2));
        take(batch(Examples.RUN, 2L * batches + 4));
        assertThat(underway).hasSize(LiveResults.MOST_UNDERWAY + 2);
    }
}
