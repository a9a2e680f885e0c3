package org.voltwin.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voltwin.model.Examples;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.json.Json;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.run.RunCodec;

/** The WoT Thing Models are those of the Things in docs/contracts.md. */
class ThingModelsTest {
    private static final String DITTO_EXTENSION = "https://ditto.eclipseprojects.io/wot/ditto-extension#";
    private static final Map<String, JsonNode> MODELS = new TreeMap<>();

    @BeforeAll
    static void read() throws Exception {
        Path folder = Path.of(Schemas.class.getResource("/wot").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                MODELS.put(file.getFileName().toString(), read(file));
            }
        }
    }

    @Test
    void eachIsAThingModelWithItsVersionInItsName() {
        assertThat(MODELS).isNotEmpty();
        MODELS.forEach((file, model) -> {
            String version = model.at("/version/model").asText();
            assertThat(version).as(file).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(file).endsWith("-" + version + ".tm.jsonld");
            assertThat(model.path("@type").asText()).as(file).isEqualTo("tm:ThingModel");
            assertThat(model.at("/@context/0").asText()).as(file).isEqualTo("https://www.w3.org/2022/wot/td/v1.1");
            for (JsonNode titled : model.findParents("title")) {
                assertThat(titled.at("/titles/en").asText()).as(file).isNotBlank();
                assertThat(titled.at("/titles/de").asText()).as(file).isNotBlank();
            }
        });
    }

    @Test
    void linksAndOptionalPointersLeadSomewhere() {
        MODELS.forEach((file, model) -> {
            for (JsonNode link : model.path("links")) {
                assertThat(MODELS).as(file).containsKey(target(link));
                assertThat(link.path("rel").asText()).isIn("tm:submodel", "tm:extends");
            }
            for (JsonNode pointer : model.path("tm:optional")) {
                assertThat(model.at(pointer.asText()).isObject())
                        .as(file + " " + pointer)
                        .isTrue();
            }
        });
    }

    @Test
    void unitsAreKnownAndRangesAreRanges() {
        Set<String> known = Arrays.stream(Unit.values()).map(Unit::iri).collect(Collectors.toSet());
        MODELS.forEach((file, model) -> {
            for (JsonNode quantity : model.findParents("unit")) {
                assertThat(known).as(file).contains(quantity.path("unit").asText());
                if (quantity.has("minimum") && quantity.has("maximum")) {
                    assertThat(quantity.path("minimum").asDouble())
                            .isLessThan(quantity.path("maximum").asDouble());
                }
            }
            model.path("properties").properties().forEach(p -> {
                if (p.getValue().path("type").asText().matches("number|integer")) {
                    assertThat(p.getValue().has("unit"))
                            .as(file + " " + p.getKey())
                            .isTrue();
                }
            });
        });
    }

    @Test
    void cellsModulesAndPacksHaveTheLayoutOfTheContracts() {
        for (String kind : List.of("cell", "module", "pack")) {
            assertThat(properties(kind))
                    .containsExactlyInAnyOrder("serialNumber", "level", "generation", "bornAt", "source");
            assertThat(model(kind).at("/properties/level/const").asText()).isEqualTo(kind);
            Map<String, Set<String>> features = features(kind);
            assertThat(features)
                    .containsOnlyKeys("electrical", "thermal", "state", "simulation", "quality", "telemetry");
            assertThat(features.get("electrical"))
                    .containsExactlyInAnyOrder("voltageVolts", "currentAmperes", "powerWatts");
            assertThat(features.get("thermal"))
                    .containsExactlyInAnyOrder(
                            "temperatureCelsius", "ambientTemperatureCelsius", "temperaturesCelsius");
            assertThat(features.get("state"))
                    .containsExactlyInAnyOrder(
                            "stateOfChargeFraction",
                            "stateOfHealthFraction",
                            "chargeThroughputAmpereHours",
                            "internalResistanceOhms",
                            "cycle",
                            "step",
                            "testTimeSeconds");
            assertThat(features.get("simulation"))
                    .containsExactlyInAnyOrder(
                            "run", "bench", "benchKind", "model", "scenario", "progressFraction", "updatedAt");
            assertThat(features.get("quality")).containsExactlyInAnyOrder("keptAsideValues", "lastReason");
            assertThat(features.get("telemetry")).containsExactlyInAnyOrder("stream", "source", "rows", "updatedAt");
        }
    }

    @Test
    void benchesHaveTheFieldsOfTheRecord() {
        Set<String> fields = Arrays.stream(org.voltwin.model.lab.Bench.class.getRecordComponents())
                .map(java.lang.reflect.RecordComponent::getName)
                .filter(name -> !name.equals("twin"))
                .collect(Collectors.toSet());
        assertThat(properties("bench")).isEqualTo(fields);
        assertThat(features("bench")).isEqualTo(Map.of("channel", Set.of("state", "run")));
        assertThat(names(model("bench").path("actions"))).containsExactlyInAnyOrder("start-run", "cancel-run");
        assertThat(names(model("bench").path("events")))
                .containsExactlyInAnyOrder("started", "finished", "failed", "cancelled");
    }

    @Test
    void benchesOfBothKindsAreBenches() {
        for (String kind : List.of("physical", "virtual")) {
            assertThat(model(kind + "-bench").at("/properties/kind/const").asText())
                    .isEqualTo(kind);
            assertThat(properties(kind + "-bench")).containsAll(properties("bench"));
        }
    }

    @Test
    void categoriesAreDeclaredAsDittos() {
        MODELS.forEach((file, model) -> {
            for (JsonNode categorised : model.findParents("ditto:category")) {
                assertThat(model.at("/@context/1/ditto").asText()).as(file).isEqualTo(DITTO_EXTENSION);
                assertThat(categorised.path("ditto:category").asText()).as(file).isIn("configuration", "status");
            }
        });
    }

    @Test
    void chambersTakeASetPointAndSayWhenItIsReached() {
        assertThat(model("chamber")
                        .at("/actions/set-temperature/input/required/0")
                        .asText())
                .isEqualTo("setPointCelsius");
        assertThat(names(model("chamber").path("events"))).containsExactlyInAnyOrder("temperature-reached", "alarm");
    }

    @Test
    void runsHaveTheAttributesOfTheCodec() {
        Set<String> written = new TreeSet<>(names(RunCodec.toAttributes(Examples.completed())));
        Failure failure = Failure.permanent("bench.broken", "It broke.", "Mend it.");
        written.addAll(names(RunCodec.toAttributes(Examples.requested().failed(failure, Examples.T0))));
        written.addAll(names(RunCodec.toAttributes(Examples.requested().cancelled("erin", Examples.T0))));
        assertThat(properties("test-run")).isEqualTo(written);
        assertThat(features("test-run"))
                .isEqualTo(Map.of("progress", Set.of("fraction", "rows", "message", "updatedAt")));
    }

    private static JsonNode read(Path file) throws IOException {
        return Json.mapper().readTree(Files.readAllBytes(file));
    }

    private static JsonNode model(String name) {
        return MODELS.get(name + "-1.0.0.tm.jsonld");
    }

    private static String target(JsonNode link) {
        return link.path("href").asText().replaceFirst("^\\./", "");
    }

    /** Own and inherited properties. */
    private static Set<String> properties(String name) {
        return properties(model(name));
    }

    private static Set<String> properties(JsonNode model) {
        Set<String> names = new HashSet<>(names(model.path("properties")));
        for (JsonNode link : model.path("links")) {
            if (link.path("rel").asText().equals("tm:extends")) {
                names.addAll(properties(MODELS.get(target(link))));
            }
        }
        return names;
    }

    private static Map<String, Set<String>> features(String name) {
        Map<String, Set<String>> features = new TreeMap<>();
        for (JsonNode link : model(name).path("links")) {
            if (link.path("rel").asText().equals("tm:submodel")) {
                features.put(link.path("instanceName").asText(), properties(MODELS.get(target(link))));
            }
        }
        return features;
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
