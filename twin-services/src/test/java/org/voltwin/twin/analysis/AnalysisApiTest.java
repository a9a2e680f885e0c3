package org.voltwin.twin.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voltwin.model.Examples;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.fake.FakeMessageBus;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.run.RunCodec;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.ditto.FakeTwins;
import org.voltwin.twin.ditto.TwinMirror;
import org.voltwin.twin.runs.RunBoard;
import org.voltwin.twin.runs.RunMoves;
import org.voltwin.twin.runs.StatusMessages;
import org.voltwin.twin.runs.TwinBenchDirectory;
import org.voltwin.twin.store.InsideRows;
import org.voltwin.twin.store.MemorySampleStore;
import org.voltwin.twin.store.StreamKey;

final class AnalysisApiTest {
    private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000002");

    private final FakeTwins twins = new FakeTwins();
    private final MemorySampleStore store = new MemorySampleStore();
    private final TwinMirror mirror = new TwinMirror(twins, twins);
    private final RunBoard board = new RunBoard(mirror);
    private final RunMoves moves =
            new RunMoves(twins, mirror, new StatusMessages(new FakeMessageBus()), Clock.systemUTC());
    private final AnalysisApi api = new AnalysisApi(store, board, mirror, new TwinBenchDirectory(mirror, board, moves));

    @BeforeEach
    void twoRuns() {
        add(Examples.completed());
        TestRequest first = Examples.request();
        TestRequest later = new TestRequest(
                OTHER,
                "TR-2026-000002",
                first.unit(),
                first.useCase(),
                "IEC62619",
                "Overcharge",
                first.benchKind(),
                first.preferredDate().plus(Duration.ofDays(2)),
                "erin",
                "Erin Engineer",
                first.submittedAt().plusSeconds(60),
                first.procedure(),
                List.of());
        add(new RunState.Requested(later, Examples.T0)
                .failed(Failure.permanent("model.missing", "No model.", "Upload one."), Examples.T0));
        mirror.start();
        await().atMost(Duration.ofSeconds(5)).until(() -> board.all().size() == 2);
    }

    @AfterEach
    void close() {
        mirror.close();
    }

    private void add(RunState state) {
        ObjectNode thing = Json.mapper().createObjectNode();
        thing.set("attributes", RunCodec.toAttributes(state));
        twins.createIfAbsent(TwinId.ofRun(state.request().uuid()), thing);
    }

    private JsonNode get(String path, Map<String, String> parameters, String... query) throws Exception {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < query.length; i += 2) {
            values.put(query[i], List.of(query[i + 1]));
        }
        Endpoint endpoint = api.endpoints().stream()
                .filter(e -> e.path().equals(path) && !e.events())
                .findFirst()
                .orElseThrow();
        Request request = new Request(new Caller("s", "erin", Set.of(Role.VIEWER)), parameters, values, new byte[0]);
        return ((Reply.Document) endpoint.action().perform(request)).body();
    }

    private List<String> ids(String... query) throws Exception {
        return get("/api/tests", Map.of(), query).path("items").findValuesAsText("id");
    }

    @Test
    void listIsNewestFirstWithFiltersAndPages() throws Exception {
        assertThat(ids()).containsExactly("TR-2026-000002", "TR-2026-000001");
        assertThat(ids("status", "completed")).containsExactly("TR-2026-000001");
        assertThat(ids("status", "in progress")).isEmpty();
        assertThat(ids("stage", "failed")).containsExactly("TR-2026-000002");
        assertThat(ids("type", "module")).isEmpty();
        assertThat(ids("type", "Cell-level")).hasSize(2);
        assertThat(ids("text", "overch")).containsExactly("TR-2026-000002");
        assertThat(ids("bench", "bench-virtual-01")).containsExactly("TR-2026-000001");
        assertThat(ids("from", "2026-11-25")).containsExactly("TR-2026-000002");
        assertThat(ids("to", "2026-11-23")).containsExactly("TR-2026-000001");
        assertThat(ids("page", "1", "size", "1")).containsExactly("TR-2026-000001");
        assertThatThrownBy(() -> ids("from", "yesterday")).isInstanceOf(RefusedException.class);
    }

    @Test
    void detailsHaveEverythingOfTheSummaryPage() throws Exception {
        store.append(
                        new InsideRows(
                                new StreamKey(Examples.cell().twin(), Examples.RUN.toString()),
                                Examples.RUN,
                                "bench",
                                List.of(
                                        new Column(Variables.TIME, Unit.SECOND, Direction.INPUT),
                                        new Column(Variables.SOC, Unit.PERCENT, Direction.OUTPUT)),
                                0,
                                List.of(new double[] {0, 0.5}, new double[] {60, 0.4}),
                                List.of(),
                                2L),
                        Examples.T0)
                .orThrow();

        JsonNode details = get("/api/tests/{id}", Map.of("id", "TR-2026-000001"));

        assertThat(details.path("name").asText()).isEqualTo("Capacity");
        assertThat(details.path("type").asText()).isEqualTo("Cell-level");
        assertThat(details.path("uutLabel").asText()).isEqualTo("Gen3b - Cell");
        assertThat(details.path("status").asText()).isEqualTo("completed");
        assertThat(details.path("progress").asDouble()).isEqualTo(1);
        assertThat(details.path("transitions").size()).isEqualTo(8);
        assertThat(details.path("variables").toString())
                .isEqualTo("[{\"name\":\"SoC\",\"type\":\"output\",\"unit\":\"1\"}]");
        assertThat(details.at("/result/summary/dischargedAmpereHours").asDouble())
                .isEqualTo(4.9);
        JsonNode results = get("/api/tests/{id}/results", Map.of("id", Examples.RUN.toString()));
        assertThat(results.at("/series/0/points").toString()).isEqualTo("[[0.0,0.5],[60.0,0.4]]");
        assertThat(results.path("live").asBoolean()).isFalse();
        JsonNode series = get(
                "/api/2/timeseries/things/{id}/features/{path*}",
                Map.of("id", Examples.cell().twin().value(), "path", "state/properties/stateOfChargeFraction"),
                "step",
                "100",
                "agg",
                "min");
        assertThat(series.path("values").toString()).isEqualTo("[{\"t\":0.0,\"v\":0.4}]");
        assertThat(get("/api/designs/{uuid}", Map.of("uuid", Examples.RUN.toString()))
                        .path("scenarios")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void failureIsShownWithStageAndRemedy() throws Exception {
        JsonNode details = get("/api/tests/{id}", Map.of("id", OTHER.toString()));

        assertThat(details.at("/failure/stage").asText()).isEqualTo("requested");
        assertThat(details.at("/failure/remedy").asText()).isEqualTo("Upload one.");
        assertThat(get("/api/tests/{id}/results", Map.of("id", OTHER.toString()))
                        .path("rows")
                        .asInt())
                .isZero();
        assertThatThrownBy(() -> get("/api/tests/{id}", Map.of("id", "TR-1")))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.failure().code()).isEqualTo("test.not_found"));
    }

    @Test
    void analyticsCountPerLevelAndStatus() throws Exception {
        JsonNode analytics = get("/api/tests/analytics", Map.of());

        assertThat(analytics.path("total").asInt()).isEqualTo(2);
        assertThat(analytics.at("/byLevel/cell").asInt()).isEqualTo(2);
        assertThat(analytics.at("/byStatus/completed").asInt()).isEqualTo(1);
        assertThat(analytics.at("/byStatus/in progress").asInt()).isZero();
        assertThat(analytics.at("/byStage/failed").asInt()).isEqualTo(1);
    }

    @Test
    void planShowsWhereAndWhy() throws Exception {
        JsonNode plan = get("/api/schedule", Map.of());

        assertThat(plan.path("assignments").size()).isEqualTo(1);
        assertThat(plan.at("/assignments/0/bench").asText()).isEqualTo("org.voltwin:bench-virtual-01");
        assertThat(plan.at("/assignments/0/why").asText()).isEqualTo("free then");
        // The run is over: its bar is as long as it took, not as long as it was booked.
        assertThat(plan.at("/assignments/0/end").asText())
                .isEqualTo(Examples.completed().since().toString());
        assertThat(get("/api/schedule", Map.of(), "from", "2026-11-24")
                        .path("assignments")
                        .size())
                .isZero();
    }
}
