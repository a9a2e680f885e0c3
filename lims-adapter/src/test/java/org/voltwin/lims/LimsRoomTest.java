package org.voltwin.lims;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.lims.database.DatabaseConfiguration;
import org.voltwin.lims.delivery.SftpConfiguration;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.fake.FakeBenchDirectory;
import org.voltwin.model.fake.FakeBenchScheduler;
import org.voltwin.model.fake.FakeExperimentDesigner;
import org.voltwin.model.fake.FakeMessageBus;
import org.voltwin.model.fake.FakeModelLibrary;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;

/** The room over its endpoints and the bus, as app and the twin see it. */
class LimsRoomTest {
    private static final Instant T0 = Instant.parse("2026-11-23T09:00:00Z");
    private static final Caller ERIN = new Caller("1", "erin", Set.of(Role.TEST_ENGINEER));
    private static final String ONE = "/api/requests/{uuid}";

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock(T0);
    private final FakeMessageBus bus = new FakeMessageBus();
    private LimsRoom room;

    private final FakeModelLibrary library = new FakeModelLibrary();

    @BeforeEach
    void open() throws Exception {
        room = new LimsRoom(
                new LimsConfiguration(
                        DatabaseConfiguration.h2File(folder.resolve("lims"), "sa", "secret"),
                        folder.resolve("storage"),
                        new SftpConfiguration("127.0.0.1", 1, "u", folder, folder, "/pool")),
                new LimsRoom.Ports(
                        bus,
                        library,
                        path -> List.of(),
                        new FakeExperimentDesigner(),
                        new FakeBenchDirectory(List.of(), List.of()),
                        new FakeBenchScheduler()),
                clock);
        room.start().toCompletableFuture().get();
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Reply call(String method, String path, Map<String, String> inPath, Map<String, String> query, byte[] body)
            throws Exception {
        Endpoint endpoint = room.endpoints().stream()
                .filter(e -> e.method().equals(method) && e.path().equals(path) && !e.events())
                .findFirst()
                .orElseThrow();
        Map<String, List<String>> values = new LinkedHashMap<>();
        query.forEach((name, value) -> values.put(name, List.of(value)));
        return endpoint.action().perform(new Request(ERIN, inPath, values, body));
    }

    private JsonNode get(String path, Map<String, String> inPath, Map<String, String> query) throws Exception {
        return ((Reply.Document) call("GET", path, inPath, query, new byte[0])).body();
    }

    private static ObjectNode form() {
        return Json.mapper()
                .createObjectNode()
                .put("uut", "GEN3B-CELL-01")
                .put("useCase", "Automotive")
                .put("standard", "IEC62660")
                .put("testName", "Capacity")
                .put("preferredDate", "2026-11-23T10:00:00Z")
                .put("bench", "virtual");
    }

    private JsonNode file(ObjectNode form) throws Exception {
        Reply.Document reply = (Reply.Document) call("POST", "/api/requests", Map.of(), Map.of(), Json.bytes(form));
        assertThat(reply.status()).isEqualTo(201);
        return reply.body();
    }

    private String refusal(byte[] body) {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> call("POST", "/api/requests", Map.of(), Map.of(), body));
        assertThat(refused).isNotNull();
        return refused.failure().code();
    }

    @ParameterizedTest
    @CsvSource({
        "standard, ISO9001, request.unknown_standard",
        "uut, GEN9-CELL-01, request.unknown_uut",
        "useCase, Naval, request.unknown_use_case",
        "useCase, Stationary, request.test_not_applicable",
        "testName, Crush, request.test_not_applicable",
        "bench, imaginary, request.bad_bench",
        "preferredDate, 2026-11-23T08:58:59Z, request.date_in_past",
        "preferredDate, 2026-11-23T10:00, request.bad_date",
        "preferredDate, 2400-01-01T00:00:00Z, request.bad_date",
        "uut, '', request.missing_field",
    })
    void oneWrongFieldIsAnsweredWithItsOwnCode(String field, String value, String code) {
        assertThat(refusal(Json.bytes(form().put(field, value)))).isEqualTo(code);
    }

    @Test
    void aTestThatCannotBeSimulatedNeedsAPhysicalBench() {
        ObjectNode crush = form().put("standard", "IEC62660-2:2020-07").put("testName", "Crush");

        assertThat(refusal(Json.bytes(crush))).isEqualTo("request.not_simulated");
    }

    @Test
    void whatIsNoFormIsRefused() {
        assertThat(refusal("not json".getBytes(UTF_8))).isEqualTo("message.not_json");
        assertThat(refusal("[]".getBytes(UTF_8))).isEqualTo("request.missing_field");
        assertThat(refusal(Json.bytes(form().put("requesterName", "x".repeat(129)))))
                .isEqualTo("request.too_long");
        assertThat(bus.published()).isEmpty();
    }

    @Test
    void aDateWithinTheClockSkewIsTaken() throws Exception {
        JsonNode filed = file(form().put("preferredDate", "2026-11-23T08:59:00Z"));

        assertThat(filed.path("id").asText()).isEqualTo("TR-2026-000001");
    }

    @Test
    void aRequestGoesToTheTwinAndItsRowFollows() throws Exception {
        CompletableFuture<TestRequest> taken = new CompletableFuture<>();
        bus.subscribe("twin", "LIMS/requests/test", (topic, payload) -> {
            JsonNode message = Json.read(payload, JsonNode.class).orThrow();
            taken.complete(Json.convert(message.path("voltwin_request"), TestRequest.class)
                    .orThrow());
            return CompletableFuture.completedFuture(null);
        });
        JsonNode filed = file(form());
        TestRequest request = taken.get();
        assertThat(request.uuid().toString()).isEqualTo(filed.path("uuid").asText());
        Map<String, String> key = Map.of("uuid", filed.path("uuid").asText());
        assertThat(get(ONE, key, Map.of()).path("status").asText()).isEqualTo("submitted");

        publish("LIMS/requests/ack/" + request.uuid(), "{\"accepted\":true,\"thing\":\"org.voltwin:run-1\"}");
        publish("LIMS/status/" + request.uuid(), status(request, "running", 0.5));

        await().untilAsserted(() -> {
            JsonNode row = get(ONE, key, Map.of());
            assertThat(row.path("status").asText()).isEqualTo("running");
            assertThat(row.path("progress").asDouble()).isEqualTo(0.5);
            assertThat(row.path("thing").asText()).isEqualTo("org.voltwin:run-1");
            assertThat(row.path("runningAt").asText()).isEqualTo("2026-11-23T09:00:30Z");
        });
        assertThat(get(ONE, Map.of("uuid", "TR-2026-000001"), Map.of()).path("uuid"))
                .isEqualTo(filed.path("uuid"));
        assertThat(get("/api/requests", Map.of(), Map.of()).path("total").asInt())
                .isEqualTo(1);
    }

    private static String status(TestRequest request, String stage, double progress) {
        return """
                {"uuid":"%s","stage":"%s","at":"2026-11-23T09:00:30Z","progress":%s,"message":"at work",
                 "bench":"org.voltwin:bench-1","folder":"f"}""".formatted(request.uuid(), stage, progress);
    }

    private void publish(String topic, String payload) {
        bus.publish(topic, payload.getBytes(UTF_8), false);
    }

    private long sent(String topic) {
        return bus.published().stream().filter(m -> m.topic().equals(topic)).count();
    }

    @Test
    void aRequestThatIsNotAnsweredIsSentAgain() throws Exception {
        String uuid = file(form()).path("uuid").asText();
        await().until(() -> sent("LIMS/requests/test") == 1);

        // Whatever wakes the outbox up later finds the unanswered message due.
        await().until(() -> {
            clock.advance(Duration.ofSeconds(6));
            file(form());
            return bus.published().stream()
                            .filter(m -> new String(m.payload(), UTF_8).contains(uuid))
                            .count()
                    >= 2;
        });
    }

    @Test
    void aCancellationIsSentToTheTwin() throws Exception {
        String uuid = file(form()).path("uuid").asText();

        Reply.Document reply = (Reply.Document) call("DELETE", ONE, Map.of("uuid", uuid), Map.of(), new byte[0]);

        assertThat(reply.status()).isEqualTo(202);
        await().until(() -> sent("LIMS/requests/cancel") == 1);
        JsonNode message = bus.published().stream()
                .filter(m -> m.topic().equals("LIMS/requests/cancel"))
                .map(m -> Json.read(m.payload(), JsonNode.class).orThrow())
                .findFirst()
                .orElseThrow();
        assertThat(message.path("uuid").asText()).isEqualTo(uuid);
        assertThat(message.path("by").asText()).isEqualTo("erin");
    }

    @Test
    void whoListensHearsOfEveryRequestAndOfEveryMove() throws Exception {
        String before = file(form()).path("uuid").asText();
        Endpoint endpoint = room.endpoints().stream()
                .filter(e -> e.path().equals("/api/requests") && e.events())
                .findFirst()
                .orElseThrow();
        Reply.Events live =
                (Reply.Events) endpoint.action().perform(new Request(ERIN, Map.of(), Map.of(), new byte[0]));
        Map<String, String> stages = new ConcurrentHashMap<>();
        live.events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Reply.Event event) {
                stages.put(
                        event.data().path("uuid").asText(),
                        event.data().path("stage").asText());
            }

            @Override
            public void onError(Throwable error) {
                stages.put("error", error.toString());
            }

            @Override
            public void onComplete() {}
        });
        await().until(() -> "requested".equals(stages.get(before)));

        String after = file(form()).path("uuid").asText();
        await().until(() -> "requested".equals(stages.get(after)));
        publish(
                "LIMS/status/" + before,
                "{\"uuid\":\"" + before + "\",\"stage\":\"modelled\",\"at\":\"" + T0 + "\",\"progress\":0}");
        await().until(() -> "modelled".equals(stages.get(before)));
    }

    @Test
    void messagesThatMakeNoSenseChangeNothing() throws Exception {
        String uuid = file(form()).path("uuid").asText();

        publish("LIMS/status/" + uuid, "not json");
        publish("LIMS/status/" + uuid, "{\"uuid\":\"" + uuid + "\",\"stage\":\"dreaming\"}");
        publish("LIMS/requests/ack/unknown", "{}");
        publish(
                "LIMS/status/" + uuid,
                "{\"uuid\":\"" + uuid + "\",\"stage\":\"modelled\",\"at\":\"" + T0 + "\",\"progress\":0}");

        await().until(() ->
                get(ONE, Map.of("uuid", uuid), Map.of()).path("stage").asText().equals("modelled"));
    }

    @Test
    void theCatalogueOffersWhatGoesWithTheChoices() throws Exception {
        JsonNode catalogue = get("/api/catalogue", Map.of(), Map.of());
        assertThat(catalogue.path("uuts")).hasSize(6);
        assertThat(catalogue.path("uuts").get(0).path("label").asText()).isEqualTo("Gen3b - Cell");
        assertThat(catalogue.path("standards")).hasSize(10);
        assertThat(catalogue.path("note").asText()).contains("laboratory");

        JsonNode names = testNames();
        assertThat(names).hasSize(8);
        assertThat(names.get(1).path("virtual").asBoolean()).isFalse();
        assertThat(names.get(1).path("reason").asText()).contains("no model").contains("choose a physical bench");
        library.offer(new ModelSelection("m", "1.0.0", List.of()), Map.of());
        names = testNames();
        assertThat(names.get(0).path("name").asText()).isEqualTo("Crush");
        assertThat(names.get(0).path("virtual").asBoolean()).isFalse();
        assertThat(names.get(1).path("name").asText()).isEqualTo("External short circuit");
        assertThat(names.get(1).path("virtual").asBoolean()).isTrue();
        assertThat(names.get(0).path("reason").asText()).contains("physical bench");
    }

    private JsonNode testNames() throws Exception {
        return get(
                        "/api/catalogue/test-names",
                        Map.of(),
                        Map.of(
                                "uut", "GEN3B-CELL-01",
                                "useCase", "Automotive",
                                "standard", "IEC62660-2:2020-07",
                                "date", "2026-11-23T10:00:00Z",
                                "bench", "virtual"))
                .path("testNames");
    }

    @Test
    void theStagesAreTheFourBetweenModelsAndBench() {
        assertThat(room.stages().stream().map(stage -> (Object) stage.from()))
                .containsExactly(
                        RunState.Modelled.class,
                        RunState.Delivered.class,
                        RunState.Validated.class,
                        RunState.Designed.class);
    }

    @Test
    void nobodyButEngineersAndAdministratorsMayFileOrCancel() {
        assertThat(room.endpoints().stream().filter(e -> !e.method().equals("GET")))
                .hasSize(2)
                .allSatisfy(e -> assertThat(e.roles()).containsExactlyInAnyOrder(Role.TEST_ENGINEER, Role.LAB_ADMIN));
    }
}
