package org.voltwin.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A newer version of a Thing Model under the same major takes every thing the older one took, and gives every reader
 * what the older one promised.
 */
class ThingModelVersionsTest {
    private static final Pattern FILE = Pattern.compile("(.+)-(\\d+)\\.(\\d+)\\.(\\d+)\\.tm\\.jsonld");
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Version(int minor, int patch, Path file) {}

    /** What a newer model breaks of an older one; empty when it is compatible. */
    private static List<String> breaks(JsonNode older, JsonNode newer) {
        var breaks = new ArrayList<String>();
        for (String kind : List.of("properties", "actions", "events")) {
            older.path(kind).fieldNames().forEachRemaining(name -> {
                String pointer = "/" + kind + "/" + name;
                if (newer.at(pointer).isMissingNode()) {
                    breaks.add(pointer + " is gone");
                } else {
                    schema(pointer, older.at(pointer), newer.at(pointer), breaks);
                }
            });
            newer.path(kind).fieldNames().forEachRemaining(name -> {
                String pointer = "/" + kind + "/" + name;
                boolean required = kind.equals("properties") && !isOptional(newer, pointer);
                if (required && (older.at(pointer).isMissingNode() || isOptional(older, pointer))) {
                    breaks.add(pointer + " has become required");
                }
            });
        }
        for (JsonNode link : older.path("links")) {
            String name = link.path("instanceName").asText();
            boolean kept = link.path("rel").asText().equals("tm:extends")
                    || newer.path("links").findValuesAsText("instanceName").contains(name);
            if (!kept) {
                breaks.add("the submodel " + name + " is gone");
            }
        }
        return breaks;
    }

    private static boolean isOptional(JsonNode model, String pointer) {
        for (JsonNode optional : model.path("tm:optional")) {
            if (optional.asText().equals(pointer)) {
                return true;
            }
        }
        return false;
    }

    private static void schema(String at, JsonNode older, JsonNode newer, List<String> breaks) {
        for (String fixed : List.of("type", "unit", "const", "format", "pattern", "readOnly", "ditto:category")) {
            if (!older.path(fixed).equals(newer.path(fixed))) {
                breaks.add(at + "/" + fixed + " is another");
            }
        }
        for (String least : List.of("minimum", "exclusiveMinimum", "minLength", "minItems")) {
            if (newer.has(least)
                    && (!older.has(least)
                            || newer.path(least).asDouble() > older.path(least).asDouble())) {
                breaks.add(at + "/" + least + " is narrower");
            }
        }
        for (String most : List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems")) {
            if (newer.has(most)
                    && (!older.has(most)
                            || newer.path(most).asDouble() < older.path(most).asDouble())) {
                breaks.add(at + "/" + most + " is narrower");
            }
        }
        // Both ways: who writes may use an old value, who reads may know no new one.
        if (!older.path("enum").equals(newer.path("enum"))) {
            breaks.add(at + "/enum is another");
        }
        for (String part : List.of("input", "output", "data", "items")) {
            if (older.has(part)) {
                schema(at + "/" + part, older.path(part), newer.path(part), breaks);
            }
        }
        older.path("properties").fieldNames().forEachRemaining(name -> {
            String inside = at + "/properties/" + name;
            if (newer.path("properties").has(name)) {
                schema(
                        inside,
                        older.path("properties").path(name),
                        newer.path("properties").path(name),
                        breaks);
            } else {
                breaks.add(inside + " is gone");
            }
        });
        for (JsonNode required : newer.path("required")) {
            boolean before = false;
            for (JsonNode known : older.path("required")) {
                before |= known.equals(required);
            }
            if (!before) {
                breaks.add(at + "/required has " + required.asText());
            }
        }
    }

    @Test
    void noModelBreaksAnEarlierOneOfItsMajor() throws Exception {
        Map<String, List<Version>> families = new TreeMap<>();
        try (Stream<Path> files =
                Files.list(Path.of(Schemas.class.getResource("/wot").toURI()))) {
            for (Path file : files.toList()) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                assertThat(name.matches()).as(file.toString()).isTrue();
                families.computeIfAbsent(name.group(1) + "-" + name.group(2), key -> new ArrayList<>())
                        .add(new Version(Integer.parseInt(name.group(3)), Integer.parseInt(name.group(4)), file));
            }
        }
        for (List<Version> versions : families.values()) {
            versions.sort(Comparator.comparingInt(Version::minor).thenComparingInt(Version::patch));
            for (int i = 1; i < versions.size(); i++) {
                Path newer = versions.get(i).file();
                assertThat(breaks(read(versions.get(i - 1).file()), read(newer)))
                        .as(newer + ": give it a new major, or do not")
                        .isEmpty();
            }
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    private static List<String> breaks(String older, String newer) throws IOException {
        return breaks(JSON.readTree(older), JSON.readTree(newer));
    }

    @Test
    void whatBreaksIsNamed() throws IOException {
        String older = """
                {"tm:optional":["/properties/b"],"links":[{"rel":"tm:submodel","instanceName":"s"}],
                 "properties":{"a":{"type":"number","unit":"V","minimum":0,"maximum":5},"b":{"type":"string","enum":["x"]}},
                 "actions":{"go":{"input":{"type":"object","properties":{"n":{"type":"integer"}},"required":[]}}}}""";

        assertThat(breaks(older, older)).isEmpty();
        assertThat(breaks(older, """
                        {"tm:optional":["/properties/b","/properties/c"],
                         "links":[{"rel":"tm:submodel","instanceName":"s"},{"rel":"tm:submodel","instanceName":"t"}],
                         "properties":{"a":{"type":"number","unit":"V","minimum":-1},"b":{"type":"string","enum":["x"]},
                           "c":{"type":"string"}},
                         "actions":{"go":{"input":{"type":"object","properties":{"n":{"type":"integer"},"m":{}}}},"stop":{}}}""")).isEmpty();
        assertThat(breaks(older, """
                        {"properties":{"a":{"type":"integer","unit":"mV","minimum":1,"maximum":4},"b":{"type":"string"},
                           "c":{"type":"string"}},
                         "actions":{"go":{"input":{"type":"object","properties":{},"required":["m"]}}}}"""))
                .containsExactlyInAnyOrder(
                        "/properties/a/type is another",
                        "/properties/a/unit is another",
                        "/properties/a/minimum is narrower",
                        "/properties/a/maximum is narrower",
                        "/properties/b/enum is another",
                        "/properties/b has become required",
                        "/properties/c has become required",
                        "/actions/go/input/properties/n is gone",
                        "/actions/go/input/required has m",
                        "the submodel s is gone");
    }
}
