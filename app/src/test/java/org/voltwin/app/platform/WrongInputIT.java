package org.voltwin.app.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.voltwin.app.config.Secrets;
import org.voltwin.bench.device.DeviceOptions;
import org.voltwin.bench.device.HonoAddress;
import org.voltwin.bench.replay.Replay;
import org.voltwin.bench.replay.ReplayOptions;
import org.voltwin.bench.replay.ReplaySummary;
import org.voltwin.lims.broker.BrokerConfiguration;
import org.voltwin.lims.broker.MqttMessageBus;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** What cannot be taken is refused with a reason, or kept aside and shown; who should not get in does not. */
@EnabledIfSystemProperty(
        named = "voltwin.platformTests",
        matches = "true",
        disabledReason = "needs all processes packaged: run ./voltwin test")
@ExtendWith(RunningPlatform.class)
class WrongInputIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String MODEL = "performance-ageing/cell/gen3b/physics-based/";

    private final Platform platform;

    WrongInputIT(Platform platform) {
        this.platform = platform;
    }

    private static ObjectNode request() {
        return Json.mapper()
                .createObjectNode()
                .put("uut", "GEN3B-CELL-01")
                .put("useCase", "Automotive")
                .put("standard", "IEC62660")
                .put("testName", "Capacity")
                .put("preferredDate", Instant.now().plusSeconds(5).toString())
                .put("bench", "virtual");
    }

    @Test
    void wrongRequestsAreRefusedWithAReason() throws Exception {
        assertRefused(request().put("standard", "IEC99999"), "request.unknown_standard");
        assertRefused(request().put("uut", "GEN9-CELL-01"), "request.unknown_uut");
        assertRefused(request().put("preferredDate", "2020-01-01T00:00:00Z"), "request.date_in_past");
        Platform.Answer notJson =
                platform.send("POST", platform.tokenOf("erin"), "/api/requests", "{not json".getBytes(UTF_8));
        assertThat(notJson.status()).isEqualTo(400);
        assertThat(notJson.code()).isEqualTo("message.not_json");
    }

    private void assertRefused(ObjectNode body, String code) throws Exception {
        Platform.Answer answer = platform.post("erin", "/api/requests", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("remedy").asText()).isNotBlank();
    }

    @Test
    void nobodyGetsInWhoShouldNot() throws Exception {
        assertThat(platform.post("vic", "/api/requests", request()).code()).isEqualTo("auth.forbidden");
        assertThat(platform.send("GET", "a.b.c", "/api/tests", null).code()).isEqualTo("auth.token_invalid");
        Platform.Answer ditto = platform.ditto("", "/api/2/things/org.voltwin:bench-physical-01");
        assertThat(ditto.status()).isEqualTo(401);
        Platform.Answer viewer = platform.ditto(platform.tokenOf("vic"), "/api/2/things/org.voltwin:bench-physical-01");
        assertThat(viewer.status()).isEqualTo(200);
    }

    @Test
    void anExpiredTokenIsRefusedEverywhere() throws Exception {
        String token = new RealmAdmin(platform).tokenThatExpiresAfter(1, "erin");
        await().atMost(PATIENCE)
                .until(() -> platform.send("GET", token, "/api/tests", null).status() == 401);

        assertThat(platform.send("GET", token, "/api/tests", null).code()).isEqualTo("auth.token_expired");
        assertThat(platform.send("POST", token, "/api/requests", Json.bytes(request()))
                        .status())
                .isEqualTo(401);
        await().atMost(PATIENCE)
                .until(() -> platform.ditto(token, "/api/2/things/org.voltwin:bench-physical-01")
                                .status()
                        == 401);
    }

    @Test
    void aRequestWithoutAModelFailsWithCauseAndRemedy() throws Exception {
        assertFails(
                request()
                        .put("uut", "GEN4-PACK-01")
                        .put("standard", "ISO12405.4")
                        .put("testName", "Cycle life"),
                "model.missing");
    }

    private void assertFails(ObjectNode request, String code) throws Exception {
        String uuid = platform.post("erin", "/api/requests", request)
                .body()
                .path("uuid")
                .asText();
        await().atMost(PATIENCE).until(() -> test(uuid, "/stage").equals("failed"));
        assertThat(test(uuid, "/failure/code")).isEqualTo(code);
        assertThat(test(uuid, "/failure/cause")).isNotBlank();
        assertThat(test(uuid, "/failure/remedy")).isNotBlank();
    }

    private String test(String uuid, String pointer) throws Exception {
        return platform.get("vic", "/api/tests/" + uuid).body().at(pointer).asText();
    }

    @Test
    void aModelThatIsNotAZipIsNotTaken() throws Exception {
        Platform.Answer answer = platform.send(
                "PUT", platform.tokenOf("mia"), "/api/models/" + MODEL + "Text_1.0.0.fmu", "not a zip".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("fmu.not_a_zip");
    }

    @Test
    void anUploadToThePoolThatIsNotAZipIsKeptAsideAndShown() throws Exception {
        // As the SFTP server leaves it.
        Files.writeString(platform.data().of("storage").resolve("pool/stray.fmu"), "not a zip");

        await().atMost(PATIENCE)
                .until(() -> listed("/api/requests/rejected-uploads", "file", "stray.fmu", "/failure/code")
                        .equals(Optional.of("fmu.not_a_zip")));
    }

    private Optional<String> listed(String path, String key, String value, String pointer) throws Exception {
        for (var item : platform.get("vic", path).body().path("items")) {
            if (item.path(key).asText().equals(value)) {
                return Optional.of(item.at(pointer).asText());
            }
        }
        return Optional.empty();
    }

    /** A model named like one test, and of the oldest version, so that no other request is given it. */
    @Test
    void aConnectionsFileThatNamesAnUnknownSignalFailsTheRun() throws Exception {
        Path builtIn = platform.data().of("models").resolve(MODEL + "LgM50_1.1.0");
        String folder = "/api/models/" + MODEL + "Energy_0.0.1/";
        for (String fmu : new String[] {"battery.fmu", "cycler.fmu"}) {
            upload(folder + fmu, Files.readAllBytes(builtIn.resolve(fmu)));
        }
        String connections = Files.readString(builtIn.resolve("connections.json"));
        upload(
                folder + "connections.json",
                connections.replaceFirst("Cell_Voltage_01", "Cell_Voltage_99").getBytes(UTF_8));

        assertFails(request().put("testName", "Energy"), "connections.unknown_signal");
        for (String file : new String[] {"connections.json", "battery.fmu", "cycler.fmu"}) {
            assertThat(platform.send("DELETE", platform.tokenOf("mia"), folder + file, null)
                            .status())
                    .isEqualTo(204);
        }
    }

    private void upload(String path, byte[] content) throws Exception {
        assertThat(platform.send("PUT", platform.tokenOf("mia"), path, content).status())
                .as(path)
                .isEqualTo(201);
    }

    @Test
    void aMessageThatIsNotJsonIsKeptAsideAndShown() throws Exception {
        try (MqttMessageBus bus = new MqttMessageBus(new BrokerConfiguration(
                "localhost",
                platform.config().ports().limsBrokerTls(),
                platform.data().root().resolve("edge/lims-broker/tls/lims-truststore.p12"),
                Secrets.LIMS_TRUST_STORE_PASSWORD,
                "lims",
                platform.secrets().get("broker.lims"),
                "it-lims"))) {
            bus.publish("LIMS/requests/test", "{ not json".getBytes(UTF_8), false)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }

        await().atMost(PATIENCE)
                .until(() -> listed("/api/rejected", "topic", "LIMS/requests/test", "/failure/code")
                        .equals(Optional.of("message.not_json")));
    }

    @Test
    void aDeviceWithAWrongPasswordIsRefused() throws Exception {
        Path file = Files.writeString(
                platform.folder().resolve("one-row.bdf.csv"),
                "test_time_second,voltage_volt,current_ampere\n0.0,3.7,-1.0\n");

        Outcome<ReplaySummary> outcome = Replay.run(
                new ReplayOptions(
                        file,
                        TwinId.of("org.voltwin:bench-physical-01"),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        new HonoAddress("localhost", platform.config().ports().honoMqtt(), "lab"),
                        () -> "wrong",
                        DeviceOptions.defaults()),
                progress -> {});

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.failure().code()).isEqualTo("device.refused"));
    }
}
