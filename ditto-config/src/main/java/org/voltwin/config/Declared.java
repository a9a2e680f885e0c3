package org.voltwin.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.voltwin.model.json.Json;

/** The data: {@code /ditto/} on the class path. */
final class Declared {
    private static final List<String> POLICIES = List.of("lab");
    private static final List<String> THINGS =
            List.of("bench-virtual-01", "bench-virtual-02", "bench-physical-01", "bench-physical-02");
    private static final List<String> CONNECTIONS = List.of("hono", "lims-broker");

    private Declared() {}

    static List<ObjectNode> policies() {
        return read("policies", POLICIES);
    }

    static List<ObjectNode> things() {
        return read("things", THINGS);
    }

    /** Those all of whose blanks have a value. */
    static List<ObjectNode> connections(Map<String, String> values) {
        return read("connections", CONNECTIONS).stream()
                .flatMap(template -> Blanks.fill(template, values).stream())
                .toList();
    }

    private static List<ObjectNode> read(String folder, List<String> names) {
        return names.stream()
                .map(name -> read("/ditto/" + folder + "/" + name + ".json"))
                .toList();
    }

    private static ObjectNode read(String path) {
        try (InputStream in = Declared.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return Json.mapper().readValue(in, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
