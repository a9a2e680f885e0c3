package org.voltwin.standalone.ditto.twin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonFactory;
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
    /** The last change of each deleted connection: one that is created again goes on counting. */
    private final Map<String, Version> deleted = new ConcurrentHashMap<>();

    /**
     * What one change has made of a connection.
     *
     * @param definition null when the change deleted it
     * @param time null in deletions that were written before this was kept
     * @param headers of the command, those that are kept for the history
     */
    public record Version(
            String id,
            @Nullable JsonObject definition,
            long revision,
            @Nullable Instant time,
            JsonObject headers) {
        /** Of a definition, which says revision and time itself. */
        private static Version of(String id, JsonObject definition, JsonObject headers) {
            return new Version(
                    id,
                    definition,
                    definition.getValue("_revision").map(JsonValue::asLong).orElse(0L),
                    definition
                            .getValue("_modified")
                            .map(time -> Instant.parse(time.asString()))
                            .orElse(null),
                    headers);
        }

        /** @return null when the record is not about a connection */
        static @Nullable Version parse(byte[] record) {
            if (record.length < MARK.length || !java.util.Arrays.equals(record, 0, MARK.length, MARK, 0, MARK.length)) {
                return null;
            }
            JsonObject content = JsonObject.of(new String(record, StandardCharsets.UTF_8));
            String id = content.getValue("i").orElseThrow().asString();
            JsonValue definition = content.getValue("v").orElseThrow();
            JsonObject headers = content.getValue("h").map(JsonValue::asObject).orElseGet(JsonObject::empty);
            return definition.isNull()
                    ? new Version(
                            id,
                            null,
                            content.getValue("r").map(JsonValue::asLong).orElse(0L),
                            content.getValue("t")
                                    .map(time -> Instant.parse(time.asString()))
                                    .orElse(null),
                            headers)
                    : of(id, definition.asObject(), headers);
        }

        private byte[] record() {
            var content = JsonObject.newBuilder()
                    .set("i", id)
                    .set("v", definition == null ? JsonFactory.nullLiteral() : definition);
            if (definition == null) {
                content.set("r", revision);
                if (time != null) {
                    content.set("t", time.toString());
                }
            }
            if (!headers.isEmpty()) {
                content.set("h", headers);
            }
            String rest = content.build().toString().substring(1);
            return (new String(MARK, StandardCharsets.UTF_8) + rest).getBytes(StandardCharsets.UTF_8);
        }
    }

    public @Nullable JsonObject get(String id) {
        return definitions.get(id);
    }

    /** By ascending id. */
    public List<JsonObject> all() {
        return List.copyOf(definitions.values());
    }

    /** What the next change of a connection is to be called. */
    public long nextRevision(String id) {
        JsonObject present = definitions.get(id);
        Version last = present == null ? deleted.get(id) : Version.of(id, present, JsonObject.empty());
        return last == null ? 1 : last.revision() + 1;
    }

    /**
     * @param definition with its revision and time
     * @param headers to keep for the history
     * @return the record for the journal
     */
    public byte[] put(String id, JsonObject definition, JsonObject headers) {
        return take(Version.of(id, definition, headers));
    }

    /**
     * @param headers to keep for the history
     * @return the record for the journal
     */
    public byte[] remove(String id, Instant time, JsonObject headers) {
        return take(new Version(id, null, nextRevision(id), time, headers));
    }

    private byte[] take(Version version) {
        JsonObject definition = version.definition();
        if (definition == null) {
            definitions.remove(version.id());
            deleted.put(version.id(), version);
        } else {
            definitions.put(version.id(), definition);
            deleted.remove(version.id());
        }
        return version.record();
    }

    /** @return whether the record was about a connection */
    boolean replay(byte[] record) {
        Version version = Version.parse(record);
        if (version == null) {
            return false;
        }
        take(version);
        return true;
    }

    /** For a snapshot. */
    List<byte[]> records() {
        return Stream.concat(
                        definitions.entrySet().stream()
                                .map(entry -> Version.of(entry.getKey(), entry.getValue(), JsonObject.empty())),
                        deleted.values().stream())
                .map(Version::record)
                .toList();
    }
}
