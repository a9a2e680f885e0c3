package org.voltwin.twin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.bwaldvogel.mongo.MongoServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.TwinId;
import org.voltwin.model.fake.FakeMessageBus;
import org.voltwin.model.fake.FakeModelLibrary;
import org.voltwin.model.fake.FakeVirtualBenches;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.SampleBatch;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.process.DittoProcess;
import org.voltwin.twin.process.KafkaProcess;
import org.voltwin.twin.process.Tokens;
import org.voltwin.twin.store.MongoServers;

/** The whole room against the Ditto, the Kafka and the document server that one machine runs. */
final class TwinRoomIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TELEMETRY = "hono.telemetry.lab";
    private static final List<Column> COLUMNS = List.of(
            new Column(Variables.TIME, Unit.SECOND, Direction.INPUT),
            new Column(Variables.CURRENT, Unit.MILLIAMPERE, Direction.INPUT),
            new Column(Variables.VOLTAGE, Unit.VOLT, Direction.OUTPUT),
            new Column("Aux_1", Unit.CELSIUS, Direction.OUTPUT));

    @TempDir
    static Path folder;

    private static final Vertx VERTX = Vertx.vertx();
    private static Tokens tokens;
    private static DittoProcess ditto;
    private static KafkaProcess kafka;
    private static MongoServer mongo;

    private TwinRoom room;

    @BeforeAll
    static void startProcesses() throws Exception {
        tokens = new Tokens();
        ditto = new DittoProcess(folder, tokens);
        kafka = new KafkaProcess(folder);
        mongo = MongoServers.start();
        ditto.start();
        ditto.createPolicy();
        kafka.start();
    }

    @AfterAll
    static void stopProcesses() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        for (AutoCloseable process : new AutoCloseable[] {kafka, ditto, tokens}) {
            if (process != null) {
                process.close();
            }
        }
        if (mongo != null) {
            mongo.shutdown();
        }
    }

    @AfterEach
    void closeRoom() {
        if (room != null) {
            room.close();
        }
    }

    private TwinRoom room() {
        TwinRoom started = new TwinRoom(
                VERTX,
                new TwinConfig(
                        ditto.url(),
                        ditto.webSocketUrl(),
                        tokens,
                        kafka.configuration(),
                        MongoServers.uri(mongo),
                        "voltwin",
                        TwinConfig.RESULT_TOPICS),
                new TwinPorts(
                        new FakeMessageBus(), new FakeModelLibrary(), new FakeVirtualBenches(), Clock.systemUTC()));
        started.start(List.of());
        return started;
    }

    /** 1 A for ten hours in steps of 36 s; the auxiliary sensor is not connected. */
    private static byte[] batch(TwinId thing, long first, int count) {
        List<List<Double>> rows = new ArrayList<>();
        for (long n = first; n < first + count; n++) {
            rows.add(List.of(n * 36.0, 1000.0, 3 + n * 0.001, -2501.7));
        }
        return Json.bytes(new SampleBatch(
                thing, "s", null, "file.csv", first, COLUMNS, List.copyOf(rows), first + count == 1001 ? 1001L : null));
    }

    private static void send(TwinId device, byte[] payload) throws Exception {
        kafka.send(TELEMETRY, device.value(), SampleBatch.CONTENT_TYPE, payload).get(20, TimeUnit.SECONDS);
    }

    private Reply call(String path, boolean events, Map<String, String> parameters, Map<String, List<String>> query)
            throws Exception {
        Endpoint endpoint = room.endpoints().stream()
                .filter(e -> e.path().equals(path) && e.events() == events)
                .findFirst()
                .orElseThrow();
        return endpoint.action()
                .perform(new Request(new Caller("s", "erin", Set.of(Role.VIEWER)), parameters, query, new byte[0]));
    }

    private JsonNode get(String path, Map<String, String> parameters, Map<String, List<String>> query)
            throws Exception {
        return ((Reply.Document) call(path, false, parameters, query)).body();
    }

    private Optional<JsonNode> measurement(TwinId thing) throws Exception {
        JsonNode items = get("/api/measurements", Map.of(), Map.of("thing", List.of(thing.value())))
                .path("items");
        return items.isEmpty() ? Optional.empty() : Optional.of(items.get(0));
    }

    private JsonNode thing(TwinId id) throws Exception {
        for (JsonNode item :
                get("/api/things", Map.of(), Map.of("kind", List.of("cell"))).path("items")) {
            if (item.path("thing").asText().equals(id.value())) {
                return item;
            }
        }
        return Json.mapper().missingNode();
    }

    @Test
    void telemetryOfAnUnknownCellIsStoredOnceShownAndSurvivesDittosDeath() throws Exception {
        TwinId cell = TwinId.of("org.voltwin:cell-" + UUID.randomUUID());
        room = room();
        for (int first = 0; first < 600; first += 200) {
            send(cell, batch(cell, first, 200));
            send(cell, batch(cell, first, 200));
        }
        await().atMost(PATIENCE)
                .until(() -> measurement(cell)
                        .map(m -> m.path("rows").asLong() == 600)
                        .orElse(false));
        await().atMost(PATIENCE)
                .until(() ->
                        thing(cell).at("/features/telemetry/properties/rows").asLong() == 600);

        ditto.kill();
        send(cell, batch(cell, 600, 200));
        send(cell, batch(cell, 800, 201));
        await().atMost(PATIENCE)
                .until(() -> measurement(cell).orElseThrow().path("rows").asLong() == 1001);
        ditto.start();

        await().atMost(PATIENCE)
                .until(() ->
                        thing(cell).at("/features/telemetry/properties/rows").asLong() == 1001);
        JsonNode features = thing(cell).path("features");
        assertThat(features.at("/electrical/properties/voltageVolts").asDouble())
                .isEqualTo(4.0);
        assertThat(features.at("/electrical/properties/currentAmperes").asDouble())
                .isEqualTo(1.0);
        // 1 A for 1000 x 36 s
        assertThat(features.at("/state/properties/chargeThroughputAmpereHours").asDouble())
                .isCloseTo(10.0, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(features.at("/quality/properties/keptAsideValues").asLong()).isEqualTo(1001);
        assertThat(features.at("/thermal/properties/temperaturesCelsius/Aux_1").isMissingNode())
                .isTrue();
        assertThat(thing(cell).at("/attributes/serialNumber").asText())
                .isEqualTo(cell.name().substring(5));
        JsonNode results = get(
                "/api/measurements/{thing}/{stream}/results",
                Map.of("thing", cell.value(), "stream", "s"),
                Map.of("variables", List.of(Variables.VOLTAGE), "points", List.of("100")));
        JsonNode points = results.at("/series/0/points");
        assertThat(points.size()).isLessThanOrEqualTo(100);
        assertThat(points.get(0).get(1).asDouble()).isEqualTo(3.0);
        assertThat(points.get(points.size() - 1).get(1).asDouble()).isEqualTo(4.0);
        assertThat(results.at("/keptAside/values").asLong()).isEqualTo(1001);
        assertThat(results.path("live").asBoolean()).isFalse();
    }

    @Test
    void anotherRoomGoesOnWithWhatWasNotHandled() throws Exception {
        TwinId cell = TwinId.of("org.voltwin:cell-" + UUID.randomUUID());
        room = room();
        send(cell, batch(cell, 0, 200));
        await().atMost(PATIENCE).until(() -> measurement(cell).isPresent());
        room.close();
        send(cell, batch(cell, 200, 200));

        room = room();

        await().atMost(PATIENCE)
                .until(() -> measurement(cell).orElseThrow().path("rows").asLong() == 400);
        await().atMost(PATIENCE)
                .until(() ->
                        thing(cell).at("/features/telemetry/properties/rows").asLong() == 400);
        assertThat(thing(cell)
                        .at("/features/state/properties/chargeThroughputAmpereHours")
                        .asDouble())
                .isCloseTo(3.99, org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void kafkasDeathOnlyDelays() throws Exception {
        TwinId cell = TwinId.of("org.voltwin:cell-" + UUID.randomUUID());
        room = room();
        send(cell, batch(cell, 0, 200));
        await().atMost(PATIENCE).until(() -> measurement(cell).isPresent());

        kafka.kill();
        kafka.start();
        send(cell, batch(cell, 200, 200));
        send(cell, batch(cell, 100, 200));

        await().atMost(PATIENCE)
                .until(() -> measurement(cell).orElseThrow().path("rows").asLong() == 400);
    }

    @Test
    void badMessagesAreKeptAndTheRestGoesOn() throws Exception {
        TwinId cell = TwinId.of("org.voltwin:cell-" + UUID.randomUUID());
        TwinId other = TwinId.of("org.voltwin:cell-" + UUID.randomUUID());
        room = room();
        send(cell, "not json".getBytes(UTF_8));
        send(cell, batch(other, 0, 1));
        ObjectNode furlong = (ObjectNode) Json.mapper().readTree(batch(cell, 0, 1));
        ((ObjectNode) furlong.at("/columns/0")).put("unit", "furlong");
        send(cell, Json.bytes(furlong));
        kafka.send(TELEMETRY, cell.value(), "text/plain", new byte[] {1}).get(20, TimeUnit.SECONDS);
        send(cell, batch(cell, 0, 1));

        await().atMost(PATIENCE).until(() -> measurement(cell).isPresent());

        List<String> codes = new ArrayList<>();
        for (JsonNode item : get("/api/rejected", Map.of(), Map.of()).path("items")) {
            if (item.path("source").asText().contains(cell.value())) {
                codes.add(item.at("/failure/code").asText());
            }
        }
        assertThat(codes)
                .containsExactlyInAnyOrder(
                        "message.not_json", "samples.not_allowed", "message.wrong_shape", "samples.wrong_content_type");
    }

    @Test
    void liveResultsComeWithTheRowsSinceTheLastEvent() throws Exception {
        TwinId cell = TwinId.of("org.voltwin:cell-" + UUID.randomUUID());
        room = room();
        send(cell, batch(cell, 0, 100));
        await().atMost(PATIENCE).until(() -> measurement(cell).isPresent());
        ConcurrentLinkedQueue<JsonNode> events = new ConcurrentLinkedQueue<>();
        Reply.Events live = (Reply.Events) call(
                "/api/measurements/{thing}/{stream}/results",
                true,
                Map.of("thing", cell.value(), "stream", "s"),
                Map.of("variables", List.of(Variables.VOLTAGE)));
        live.events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1000);
            }

            @Override
            public void onNext(Reply.Event event) {
                events.add(event.data());
            }

            @Override
            public void onError(Throwable error) {
                events.add(Json.mapper().missingNode());
            }

            @Override
            public void onComplete() {}
        });
        await().atMost(PATIENCE).until(() -> points(events) == 100);
        send(cell, batch(cell, 100, 50));
        await().atMost(PATIENCE).until(() -> points(events) == 150);
        send(cell, batch(cell, 100, 50));
        send(cell, batch(cell, 150, 50));
        await().atMost(PATIENCE).until(() -> points(events) == 200);
        assertThat(room.health()).containsEntry("hono", true).containsEntry("store", true);
    }

    private static int points(Iterable<JsonNode> events) {
        int points = 0;
        for (JsonNode event : events) {
            points += event.at("/series/0/points").size();
        }
        return points;
    }
}
