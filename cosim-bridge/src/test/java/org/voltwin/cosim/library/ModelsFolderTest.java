package org.voltwin.cosim.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.check.FolderInspector;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Generation;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.run.ModelFile;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.TestRequest;

final class ModelsFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

    @TempDir
    private Path temp;

    private Path root = Path.of("");
    private ModelsFolder models;

    @BeforeEach
    void open() throws IOException {
        root = temp.resolve("models");
        models = new ModelsFolder(root);
    }

    private static TestRequest request(UnitUnderTest unit, String standard) {
        return new TestRequest(
                UUID.randomUUID(),
                "TR-2026-000001",
                unit,
                UseCase.AUTOMOTIVE,
                standard,
                "Capacity",
                BenchKind.VIRTUAL,
                NOW,
                "eva",
                "Eva",
                NOW,
                null,
                List.of());
    }

    private Reply call(String method, String path, byte[] body) throws Exception {
        AuditLog audit = new AuditLog(temp.resolve("audit.jsonl"), Clock.fixed(NOW, ZoneOffset.UTC));
        Endpoint endpoint = new ModelEndpoints(new Exchange(models, audit, temp.resolve("refused")))
                .endpoints().stream()
                        .filter(candidate -> candidate.method().equals(method)
                                && candidate.path().endsWith("{path*}"))
                        .findFirst()
                        .orElseThrow();
        Caller caller = new Caller("sub-1", "mona", Set.of(Role.MODEL_AUTHOR));
        return endpoint.action().perform(new Request(caller, Map.of("path", path), Map.of(), body));
    }

    private static String code(Reply reply) {
        return ((Reply.Problem) reply).failure().code();
    }

    @Test
    void the_built_in_model_is_selected_with_digests() throws IOException {
        ModelSelection selection =
                models.select(request(Fixtures.CELL, "IEC62660")).orThrow();

        assertThat(selection.name()).isEqualTo("performance-ageing/cell/gen3b/physics-based/LgM50");
        assertThat(selection.version()).isEqualTo("1.1.0");
        assertThat(selection.files())
                .extracting(ModelFile::name)
                .containsExactly("battery.fmu", "connections.json", "cycler.fmu");
        for (ModelFile file : selection.files()) {
            try (var in = models.open(file)) {
                assertThat((long) in.readAllBytes().length).isEqualTo(file.sizeBytes());
            }
        }
    }

    @Test
    void the_newest_version_counts_by_number_and_safety_tests_have_their_own_models() throws IOException {
        Path folder = root.resolve("performance-ageing/cell/gen3b/physics-based");
        for (String version : List.of("1.9.0", "1.10.0", "1.11.0")) {
            Path newer = Files.createDirectories(folder.resolve("LgM50_" + version));
            Files.copy(folder.resolve("LgM50_1.1.0/battery.fmu"), newer.resolve("battery.fmu"));
            if (!version.equals("1.11.0")) {
                Files.writeString(newer.resolve("connections.json"), "[]");
            }
        }

        assertThat(models.select(request(Fixtures.CELL, "IEC62660")).orThrow().version())
                .isEqualTo("1.10.0");
        assertThat(models.select(request(Fixtures.CELL, "IEC62619")).orThrow().name())
                .isEqualTo("safety-reliability/cell/gen3b/physics-based/LgM50Abuse");
    }

    private void upload(String folder, String card) throws IOException {
        Path place = Files.createDirectories(root.resolve("performance-ageing/cell/gen3b/physics-based/" + folder));
        Files.copy(root.resolve(Fixtures.MODEL).resolve("battery.fmu"), place.resolve("battery.fmu"));
        Files.writeString(place.resolve("connections.json"), "[]");
        if (!card.isEmpty()) {
            Files.writeString(place.resolve("model.json"), card);
        }
    }

    private String selected() {
        return models.select(request(Fixtures.CELL, "IEC62660"))
                .orThrow()
                .name()
                .replaceFirst(".*/", "");
    }

    @Test
    void a_model_is_taken_for_the_tests_that_its_card_names_and_for_no_other() throws IOException {
        upload("AAA_9.0.0", "");
        assertThat(selected()).isEqualTo("LgM50");
        upload("BBB_9.0.0", "{\"tests\": [\"Rate capability\"]}");
        assertThat(selected()).isEqualTo("LgM50");
        upload("CCC_0.1.0", "{\"tests\": [\"capacity\"], \"standards\": [\"UL1973\"]}");
        assertThat(selected()).isEqualTo("LgM50");
        upload("DDD_0.1.0", "{\"tests\": [\"capacity\"]}");
        assertThat(selected()).isEqualTo("DDD");
    }

    @Test
    void a_model_named_like_the_test_is_for_it() throws IOException {
        upload("Capacity_1.0", "");

        assertThat(selected()).isEqualTo("Capacity");
    }

    @Test
    void two_models_that_are_equally_meant_are_refused() throws IOException {
        upload("AAA_9.0.0", "{\"tests\": [\"*\"]}");

        assertThat(models.select(request(Fixtures.CELL, "IEC62660")))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                    assertThat(refused.failure().code()).isEqualTo("model.ambiguous");
                    assertThat(refused.failure().cause()).contains("AAA and LgM50");
                });
    }

    @Test
    void a_card_is_checked_when_it_is_uploaded() throws Exception {
        byte[] bad = "{\"tests\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] good = "{\"tests\": []}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(code(call("PUT", Fixtures.MODEL + "/model.json", bad))).isEqualTo("model.bad_card");
        assertThat(((Reply.Document) call("PUT", Fixtures.MODEL + "/model.json", good)).status())
                .isEqualTo(200);
    }

    @Test
    void every_unit_of_the_laboratory_has_a_model_and_one_without_is_refused() throws IOException {
        for (Generation generation : Generation.values()) {
            for (Level level : Level.values()) {
                UnitUnderTest unit =
                        new UnitUnderTest("U-1", generation, level, new TwinId("org.voltwin:" + level.id() + "-U"));
                for (String standard : List.of("IEC62660", "IEC62619")) {
                    assertThat(models.select(request(unit, standard)))
                            .as("%s %s", unit, standard)
                            .isInstanceOf(Outcome.Ok.class);
                }
            }
        }
        // A card that leaves this test out: its model is for all others.
        Files.writeString(
                root.resolve(
                        "performance-ageing/module/solid-state/physics-based/LlzoNmc811Module12s4p_1.0.0/model.json"),
                "{\"tests\": [\"*\"], \"except\": [\"Capacity\"]}");
        UnitUnderTest module = new UnitUnderTest(
                "SS-MODULE-01", Generation.SOLID_STATE, Level.MODULE, new TwinId("org.voltwin:module-S"));
        assertThat(models.select(request(module, "IEC62660"))).isInstanceOf(Outcome.Refused.class);
        Path only = root.resolve("performance-ageing/pack/solid-state/physics-based/LlzoNmc811Pack96s4p_1.0.0");
        Files.delete(only.resolve("connections.json"));
        UnitUnderTest pack =
                new UnitUnderTest("SS-PACK-01", Generation.SOLID_STATE, Level.PACK, new TwinId("org.voltwin:pack-S"));
        assertThat(models.select(request(pack, "IEC62660")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.failure().code()).isEqualTo("model.missing"));
    }

    @Test
    void an_upload_is_checked_kept_and_logged() throws Exception {
        byte[] fmu = Files.readAllBytes(root.resolve(Fixtures.MODEL).resolve("battery.fmu"));
        String path = "performance-ageing/cell/solid-state/data-driven/Mine_1.0.0/battery.fmu";

        assertThat(((Reply.Document) call("PUT", path, fmu)).status()).isEqualTo(201);
        assertThat(((Reply.Content) call("GET", path, new byte[0])).bytes()).isEqualTo(fmu);
        assertThat(code(call("PUT", path, "no zip".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isEqualTo("fmu.not_a_zip");
        assertThat(call("DELETE", path, new byte[0])).isInstanceOf(Reply.Empty.class);
        assertThatThrownBy(() -> call("GET", path, new byte[0]))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.failure().code()).isEqualTo("models.not_found"));
        assertThat(root.resolve(path).getParent()).doesNotExist();
        assertThat(Files.readString(temp.resolve("audit.jsonl")))
                .contains(
                        "\"who\":\"mona\"",
                        "\"did\":\"upload\"",
                        "\"did\":\"refuse\"",
                        "\"code\":\"fmu.not_a_zip\"",
                        "\"did\":\"download\"",
                        "\"did\":\"delete\"",
                        path);
    }

    @Test
    void paths_stay_inside_the_exchange() throws Exception {
        Files.createSymbolicLink(root.resolve("link"), temp);
        for (String path : List.of("../audit.jsonl", "a/../../b", "link/audit.jsonl", "/etc/../x", "a//b", ".hidden")) {
            assertThatThrownBy(() -> call("GET", path, new byte[0]))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.failure())
                                    .extracting(Failure::code)
                                    .isEqualTo("models.bad_path"));
        }
        assertThat(code(call("PUT", "performance-ageing/cell/readme.fmu", new byte[1])))
                .isEqualTo("models.bad_place");
        assertThat(code(call("PUT", Fixtures.MODEL + "/run.sh", new byte[1]))).isEqualTo("models.bad_place");
    }

    @Test
    void a_listing_shows_what_is_there() throws Exception {
        Reply.Document listing = (Reply.Document) call("GET", Fixtures.MODEL, new byte[0]);

        assertThat(listing.body().get("items").findValuesAsText("name"))
                .containsExactly("battery.fmu", "connections.json", "cycler.fmu", "model.json");
        assertThat(listing.body().at("/items/0/fmu/modelName").asText()).isEqualTo("LgM50Battery");
        assertThat(listing.body().at("/items/0/fmu/version").asText()).isEqualTo("1.1.0");
        assertThat(listing.body().at("/items/0/fmu/fmiVersion").asText()).isEqualTo("3.0");
        assertThat(listing.body().at("/items/1").has("fmu")).isFalse();
    }

    @Test
    void every_built_in_model_is_found_and_has_no_findings() throws Exception {
        List<Path> folders;
        try (var walk = Files.walk(root)) {
            folders = walk.filter(path -> path.endsWith("connections.json"))
                    .map(Path::getParent)
                    .toList();
        }

        assertThat(folders).hasSize(9);
        for (Path folder : folders) {
            assertThat(new FolderInspector().inspectFolder(folder.toString()))
                    .as(folder.toString())
                    .isEmpty();
        }
        UnitUnderTest module = new UnitUnderTest(
                "GEN3B-MODULE-01", Generation.GEN3B, Level.MODULE, new TwinId("org.voltwin:module-M"));
        assertThat(models.select(request(module, "UL1973:2022-02-25")).orThrow().name())
                .isEqualTo("performance-ageing/module/gen3b/physics-based/LgM50Module12s4p");
    }
}
