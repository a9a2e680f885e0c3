package org.voltwin.lims;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.lims.broker.MqttMessageBus;
import org.voltwin.lims.broker.RealBroker;
import org.voltwin.lims.database.DatabaseConfiguration;
import org.voltwin.lims.delivery.RealSftpServer;
import org.voltwin.model.TwinId;
import org.voltwin.model.fake.FakeBenchDirectory;
import org.voltwin.model.fake.FakeBenchScheduler;
import org.voltwin.model.fake.FakeExperimentDesigner;
import org.voltwin.model.fake.FakeModelLibrary;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.WorkingHours;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.run.ModelFile;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.RunStage;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;

/** A request through the whole room, with a real broker, SFTP server and database; the twin is played by the test. */
class LimsRoomIT {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path folder;

    @Test
    void aRequestBecomesABooking() throws Exception {
        Path storage = Files.createDirectories(folder.resolve("storage"));
        Path keys = Files.createDirectories(folder.resolve("keys"));
        FakeModelLibrary library = new FakeModelLibrary();
        ModelSelection models = offer(library);
        try (RealBroker broker = new RealBroker(Files.createDirectories(folder.resolve("broker")));
                RealSftpServer sftp = new RealSftpServer(keys, storage);
                MqttMessageBus bus = new MqttMessageBus(broker.plain("rooms"));
                MqttMessageBus twin = new MqttMessageBus(broker.plain("twin"));
                LimsRoom room = new LimsRoom(
                        new LimsConfiguration(
                                DatabaseConfiguration.h2File(folder.resolve("lims"), "sa", "secret"),
                                storage,
                                sftp.configuration(sftp.privateKey(), sftp.knownHosts())),
                        new LimsRoom.Ports(
                                bus,
                                library,
                                path -> List.of(),
                                new FakeExperimentDesigner(),
                                new FakeBenchDirectory(List.of(bench()), List.of()),
                                new FakeBenchScheduler()),
                        CLOCK)) {
            CompletableFuture<TestRequest> requested = new CompletableFuture<>();
            twin.subscribe("intake", "LIMS/requests/test", (topic, payload) -> {
                        JsonNode message = Json.read(payload, JsonNode.class).orThrow();
                        requested.complete(Json.convert(message.path("voltwin_request"), TestRequest.class)
                                .orThrow());
                        return CompletableFuture.completedFuture(null);
                    })
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            room.start().toCompletableFuture().get(30, TimeUnit.SECONDS);
            file(room);

            TestRequest request = requested.get(30, TimeUnit.SECONDS);
            RunState state = new RunState.Requested(request, CLOCK.instant()).modelled(models, CLOCK.instant());
            List<RunStage> stages = new ArrayList<>();
            for (StageWork<?> work : room.stages()) {
                state = next(work, state);
                stages.add(state.stage());
                twin.publish("LIMS/status/" + request.uuid(), Json.bytes(status(request, state)), true);
            }

            assertThat(stages)
                    .containsExactly(RunStage.DELIVERED, RunStage.VALIDATED, RunStage.DESIGNED, RunStage.SCHEDULED);
            assertThat(storage.resolve("pool").toFile().list()).isEmpty();
            String run = "fastest_simulation_"
                    + state.find(RunState.Delivered.class)
                            .orElseThrow()
                            .since()
                            .toString()
                            .substring(0, 10)
                            .replace("-", "")
                    + "_" + request.uuid();
            assertThat(storage.resolve(run)
                            .resolve("fastest-models/fmus")
                            .toFile()
                            .list())
                    .containsExactlyInAnyOrder("battery.fmu", "connections.json");
            assertThat(storage.resolve(run).resolve("schedule-output/schedule.json"))
                    .exists();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonNode row = row(room, request);
                assertThat(row.path("stage").asText()).isEqualTo("scheduled");
                assertThat(row.path("acknowledged").asBoolean()).isTrue();
                assertThat(row.path("designedAt").isTextual()).isTrue();
            });
        }
    }

    private static JsonNode status(TestRequest request, RunState state) {
        return Json.mapper()
                .createObjectNode()
                .put("uuid", request.uuid().toString())
                .put("stage", state.stage().id())
                .put("at", state.since().toString())
                .put("progress", 0.0)
                .put("message", "");
    }

    private static <S extends RunState.Open> RunState next(StageWork<S> work, RunState state) throws Exception {
        StageOutcome outcome = work.perform(work.from().cast(state));
        assertThat(outcome).isInstanceOf(StageOutcome.Advance.class);
        return ((StageOutcome.Advance) outcome).next();
    }

    private static ModelSelection offer(FakeModelLibrary library) throws Exception {
        Map<String, byte[]> content =
                Map.of("battery.fmu", "zip".getBytes(UTF_8), "connections.json", "[]".getBytes(UTF_8));
        List<ModelFile> files = new ArrayList<>();
        for (var entry : content.entrySet()) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(entry.getValue());
            files.add(new ModelFile(
                    entry.getKey(), "m/" + entry.getKey(), HexFormat.of().formatHex(digest), entry.getValue().length));
        }
        ModelSelection models = new ModelSelection("m", "1.0.0", files);
        library.offer(models, content);
        return models;
    }

    private static Bench bench() {
        return new Bench(
                TwinId.of("org.voltwin:bench-virtual-01"),
                "Virtual 1",
                BenchKind.VIRTUAL,
                Set.of(Level.CELL),
                Set.of("electrical"),
                20,
                1,
                Duration.ZERO,
                Duration.ZERO,
                WorkingHours.always(),
                600,
                true);
    }

    private static Reply call(LimsRoom room, String method, String path, Map<String, String> inPath, byte[] body)
            throws Exception {
        Endpoint endpoint = room.endpoints().stream()
                .filter(e -> e.method().equals(method) && e.path().equals(path) && !e.events())
                .findFirst()
                .orElseThrow();
        Caller caller = new Caller("1", "erin", Set.of(Role.TEST_ENGINEER));
        return endpoint.action().perform(new Request(caller, inPath, Map.of(), body));
    }

    private static void file(LimsRoom room) throws Exception {
        byte[] form = """
                {"uut":"GEN3B-CELL-01","useCase":"Automotive","standard":"IEC62660","testName":"Capacity",
                 "bench":"virtual","preferredDate":"%s"}""".formatted(Instant.now(CLOCK)).getBytes(UTF_8);
        call(room, "POST", "/api/requests", Map.of(), form);
    }

    private static JsonNode row(LimsRoom room, TestRequest request) throws Exception {
        return ((Reply.Document) call(
                        room,
                        "GET",
                        "/api/requests/{uuid}",
                        Map.of("uuid", request.uuid().toString()),
                        new byte[0]))
                .body();
    }
}
