package org.voltwin.app.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.voltwin.model.json.Json;

/** Whole flows through the running platform, as a user, a program and a bench see them. */
@EnabledIfSystemProperty(
        named = "voltwin.platformTests",
        matches = "true",
        disabledReason = "needs all processes packaged: run ./voltwin test")
@ExtendWith(RunningPlatform.class)
class PlatformIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Platform platform;

    PlatformIT(Platform platform) {
        this.platform = platform;
    }

    @Test
    void bothKindsOfBenchEndAsTheSameKindOfResult() throws Exception {
        JsonNode tests = platform.undisturbedDemo();

        assertThat(tests).hasSize(2);
        for (JsonNode test : tests) {
            assertThat(test.path("transitions").properties()).hasSize(8);
            assertThat(test.path("booking").path("why").asText()).isNotBlank();
            platform.assertComplete(test);
            assertEveryRowWasSaidLive(test);
        }
        JsonNode features = platform.get("vic", "/api/things?kind=cell")
                .body()
                .path("items")
                .get(0)
                .path("features");
        for (String feature : List.of("electrical", "thermal", "state", "simulation")) {
            assertThat(features.path(feature).path("properties").size())
                    .as(feature)
                    .isPositive();
        }
    }

    private void assertEveryRowWasSaidLive(JsonNode test) {
        UUID run = UUID.fromString(test.path("uuid").asText());
        String bench = test.path("bench").asText().equals("virtual") ? "Virtual" : "Physical";
        await().alias(bench)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(platform.liveFeed().rows(run, bench))
                        .isEqualTo(test.at("/result/rows").asInt()));
    }

    @Test
    void aMeasurementIsStoredRowByRowOnceInItsOrder() throws Exception {
        // Written for this test: the clock jumps back to 0 where the second cycle begins.
        StringBuilder csv = new StringBuilder("test_time_second,voltage_volt,current_ampere,cycle_count,step_index\n");
        for (int i = 0; i < 750; i++) {
            csv.append(i % 400)
                    .append(".0,")
                    .append(3 + i / 1000.0)
                    .append(",-1.5,")
                    .append(1 + i / 400)
                    .append(",2\n");
        }
        Path file = Files.writeString(platform.folder().resolve("own.bdf.csv"), csv);
        for (int time = 0; time < 2; time++) {
            Platform.Ran ran = platform.voltwin(
                    "replay", file.toString(), "--thing", "org.voltwin:cell-IT-01", "--speed", "0", "--json");
            assertThat(ran.status()).as(ran.err()).isZero();
            assertThat(Json.mapper().readTree(ran.out()).path("storedRows").asLong())
                    .isEqualTo(750);
        }
        await().atMost(PATIENCE).until(() -> measurement().path("totalRows").asLong() == 750);
        assertThat(measurement().path("rows").asLong()).isEqualTo(750);
        JsonNode results = platform.get(
                        "vic",
                        "/api/measurements/org.voltwin:cell-IT-01/"
                                + measurement().path("stream").asText()
                                + "/results?points=100000&variables=Cell_Voltage_01")
                .body();
        JsonNode points = results.path("series").get(0).path("points");
        assertThat(points).hasSize(750);
        assertThat(points.get(399).get(0).asDouble()).isEqualTo(399);
        assertThat(points.get(400).get(0).asDouble()).isZero();
        await().atMost(PATIENCE)
                .until(() -> platform.ditto(
                                        platform.tokenOf("vic"),
                                        "/api/2/things/org.voltwin:cell-IT-01/features/electrical/properties/voltageVolts")
                                .body()
                                .asDouble()
                        == 3.749);
    }

    private JsonNode measurement() throws Exception {
        return platform.get("vic", "/api/measurements?thing=org.voltwin:cell-IT-01")
                .body()
                .path("items")
                .path(0);
    }

    @Test
    void aThingOfAServedModelGetsItsShapeAndItsDescription() throws Exception {
        String model = platform.config().publicUrl() + "/wot/chamber-1.0.0.tm.jsonld";
        ObjectNode chamber = Json.mapper()
                .createObjectNode()
                .put("policyId", "org.voltwin:lab")
                .put("definition", model);
        chamber.putObject("attributes")
                .put("name", "Chamber 1")
                .put("lowestCelsius", -40)
                .put("highestCelsius", 90);
        String path = "/api/2/things/org.voltwin:chamber-IT-01";
        String ada = platform.tokenOf("ada");

        assertThat(platform.dittoPut(ada, path, chamber).status()).isEqualTo(201);

        assertThat(platform.ditto(ada, path + "/features/climate/definition")
                        .body()
                        .path(0)
                        .asText())
                .endsWith("/wot/chamber-climate-1.0.0.tm.jsonld");
        JsonNode description = platform.dittoDescription(ada, path).body();
        assertThat(description.path("title").asText()).isEqualTo("Climate chamber");
        assertThat(description.at("/actions/set-temperature/input/required/0").asText())
                .isEqualTo("setPointCelsius");
    }

    @Test
    void theDashboardsWorkInARealBrowser() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/chromium")), "chromium is not installed");
        Platform.Ran ran = platform.browserTests();

        assertThat(ran.status()).as("%s%s", ran.out(), ran.err()).isZero();
    }
}
