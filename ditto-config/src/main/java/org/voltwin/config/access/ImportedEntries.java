package org.voltwin.config.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A policy with the entries that it imports among its own. Ditto's policies model of the client's version knows no
 * imports; the rules are those of Ditto 3: an entry says {@code importable} {@code implicit} (always taken),
 * {@code explicit} (taken when the import names it) or {@code never}.
 */
final class ImportedEntries {
    private ImportedEntries() {}

    static ObjectNode in(ObjectNode original, Function<String, Optional<ObjectNode>> imports) {
        ObjectNode policy = original.deepCopy();
        ObjectNode entries = policy.withObjectProperty("entries");
        JsonNode wanted = policy.path("imports");
        policy.remove("imports");
        wanted.properties()
                .forEach(imported -> imports.apply(imported.getKey())
                        .ifPresent(other -> take(imported.getKey(), imported.getValue(), other, entries)));
        return policy;
    }

    private static void take(String id, JsonNode wanted, ObjectNode from, ObjectNode entries) {
        Set<String> named = new HashSet<>();
        wanted.path("entries").forEach(label -> named.add(label.asText()));
        from.path("entries").properties().forEach(entry -> {
            String importable = entry.getValue().path("importable").asText("implicit");
            if (importable.equals("implicit") || importable.equals("explicit") && named.contains(entry.getKey())) {
                entries.set("imported-" + id + "-" + entry.getKey(), entry.getValue());
            }
        });
    }
}
