package org.voltwin.standalone.ditto.twin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of connections as JSON by id; here because they share journal, snapshots and backups with the other
 * entities. There are few of them, so each change is a record with the whole definition. Changed by one thread.
 */
public final class ConnectionTable {
    private static final byte[] MARK = "{\"k\":\"CONNECTION\",".getBytes(StandardCharsets.UTF_8);

    private final ConcurrentNavigableMap<String, JsonObject> definitions = new ConcurrentSkipListMap<>();

    public @Nullable JsonObject get(String id) {
        return definitions.get(id);
    }

    /** By ascending id. */
    public List<JsonObject> all() {
        return List.copyOf(definitions.values());
    }

    /** @return the record for the journal */
    public byte[] put(String id, JsonObject definition) {
        definitions.put(id, definition);
        return record(id, definition);
    }

    /** @return the record for the journal */
    public byte[] remove(String id) {
        definitions.remove(id);
        return record(id, null);
    }

    private static byte[] record(String id, @Nullable JsonObject definition) {
        JsonObject content = JsonObject.newBuilder()
                .set("i", id)
                .set("v", definition == null ? JsonValue.nullLiteral() : definition)
                .build();
        String rest = content.toString().substring(1);
        return (new String(MARK, StandardCharsets.UTF_8) + rest).getBytes(StandardCharsets.UTF_8);
    }

    /** @return whether the record was about a connection */
    boolean replay(byte[] record) {
        if (record.length < MARK.length || !java.util.Arrays.equals(record, 0, MARK.length, MARK, 0, MARK.length)) {
            return false;
        }
        JsonObject content = JsonObject.of(new String(record, StandardCharsets.UTF_8));
        String id = content.getValue("i").orElseThrow().asString();
        JsonValue definition = content.getValue("v").orElseThrow();
        if (definition.isNull()) {
            definitions.remove(id);
        } else {
            definitions.put(id, definition.asObject());
        }
        return true;
    }

    /** For a snapshot. */
    List<byte[]> records() {
        return definitions.entrySet().stream()
                .map(entry -> record(entry.getKey(), entry.getValue()))
                .toList();
    }
}
