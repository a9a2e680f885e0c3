package org.voltwin.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.WorkingHours;

/** The data is that of docs/contracts.md. */
class DeclaredTest {
    @Test
    void benchesAreBenches() {
        Map<String, Bench> benches = new TreeMap<>();
        for (ObjectNode thing : Declared.things()) {
            assertThat(thing.path("policyId").asText()).isEqualTo("org.voltwin:lab");
            assertThat(thing.path("definition").asText()).isEqualTo("org.voltwin:bench:1.0.0");
            ObjectNode attributes = (ObjectNode) thing.path("attributes").deepCopy();
            attributes.put("twin", thing.path("thingId").asText());
            Bench bench = Json.convert(attributes, Bench.class).orThrow();
            assertThat(Json.tree(bench).size()).as("nothing beyond the record").isEqualTo(attributes.size());
            benches.put(bench.twin().name(), bench);
        }
        assertThat(benches)
                .containsOnlyKeys("bench-virtual-01", "bench-virtual-02", "bench-physical-01", "bench-physical-02");
        Bench virtual = benches.get("bench-virtual-01");
        assertThat(virtual.kind()).isEqualTo(BenchKind.VIRTUAL);
        assertThat(virtual.workingHours()).isEqualTo(WorkingHours.always());
        assertThat(virtual.setUp().plus(virtual.tearDown())).isZero();
        assertThat(virtual.speed()).isEqualTo(600);
        Bench demonstration = benches.get("bench-physical-01");
        assertThat(demonstration.kind()).isEqualTo(BenchKind.PHYSICAL);
        assertThat(demonstration.setUp()).isEqualTo(Duration.ofSeconds(2));
        assertThat(demonstration.tearDown()).isEqualTo(Duration.ofSeconds(1));
        assertThat(demonstration.speed()).isEqualTo(300);
        Bench ordinary = benches.get("bench-physical-02");
        assertThat(ordinary.inService()).isFalse();
        assertThat(ordinary.workingHours().zone().getId()).isEqualTo("Europe/Berlin");
        assertThat(ordinary.workingHours().week()).hasSize(5).doesNotContainKey(DayOfWeek.SUNDAY);
        assertThat(ordinary.setUp()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void thePolicyGivesEachRoleItsRights() {
        JsonNode entries = Declared.policies().getFirst().path("entries");
        for (String owner : List.of("lab-admin", "service")) {
            for (String resource : List.of("policy:/", "thing:/", "message:/")) {
                assertThat(rights(entries, owner, resource)).isEqualTo("[\"READ\",\"WRITE\"]");
            }
        }
        assertThat(rights(entries, "test-engineer", "thing:/")).isEqualTo("[\"READ\"]");
        assertThat(rights(entries, "test-engineer", "message:/")).isEqualTo("[\"READ\",\"WRITE\"]");
        for (String reader : List.of("viewer", "model-author")) {
            assertThat(rights(entries, reader, "thing:/")).isEqualTo("[\"READ\"]");
            assertThat(entries.path(reader).path("resources").size()).isOne();
        }
        assertThat(entries.size()).isEqualTo(5);
    }

    @Test
    void everyFileIsDeclared() throws Exception {
        assertThat(files("policies")).isEqualTo(Declared.policies().size());
        assertThat(files("things")).isEqualTo(Declared.things().size());
        assertThat(files("connections"))
                .isEqualTo(Declared.connections(Map.of("hono.tenant", "lab", "lims.broker.uri", "tcp://broker:1883"))
                        .size());
    }

    private static long files(String folder) throws Exception {
        try (Stream<Path> files = Files.list(
                Path.of(Declared.class.getResource("/ditto/" + folder).toURI()))) {
            return files.count();
        } catch (IOException e) {
            throw new AssertionError(folder, e);
        }
    }

    private static String rights(JsonNode entries, String label, String resource) {
        assertThat(entries.path(label).path("subjects").has("voltwin:" + label)).isTrue();
        return entries.path(label)
                .path("resources")
                .path(resource)
                .path("grant")
                .toString();
    }
}
