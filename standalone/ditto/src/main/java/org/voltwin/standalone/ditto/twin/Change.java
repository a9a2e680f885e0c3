package org.voltwin.standalone.ditto.twin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonMergePatch;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One accepted change of one entity: what the journal keeps and what events are made from.
 *
 * @param path where in the entity's JSON; empty for the whole entity
 * @param value what was put or merged there; JSON null for a deletion
 * @param metadata the entity's metadata after the change, null when they stay as they were
 * @param headers of the command, those that are kept for the history
 */
public record Change(
        EntityKind kind,
        String id,
        long revision,
        Instant timestamp,
        Action action,
        JsonPointer path,
        JsonValue value,
        @Nullable JsonObject metadata,
        JsonObject headers) {
    private static final String METADATA = "_metadata";

    Change(
            EntityKind kind,
            String id,
            long revision,
            Instant timestamp,
            Action action,
            JsonPointer path,
            JsonValue value) {
        this(kind, id, revision, timestamp, action, path, value, null, JsonObject.empty());
    }

    Change withMetadata(@Nullable JsonObject after) {
        return new Change(kind, id, revision, timestamp, action, path, value, after, headers);
    }

    Change withHeaders(JsonObject kept) {
        return new Change(kind, id, revision, timestamp, action, path, value, metadata, kept);
    }

    /** How the entity changed, in the words of Ditto's event topics. */
    public enum Action {
        CREATED,
        MODIFIED,
        MERGED,
        DELETED;

        /** The name in a topic path. */
        public String topicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isWholeEntity() {
        return path.isEmpty();
    }

    /** The entity's JSON after this change, or null when the change deletes it. */
    @Nullable JsonObject applyTo(@Nullable JsonObject before) {
        JsonObject old = before == null ? JsonObject.empty() : before;
        JsonObject changed = switch (action) {
            case CREATED, MODIFIED ->
                isWholeEntity() ? value.asObject() : old.setValue(EntityPath.of(kind, path), value);
            case MERGED -> merge(old);
            case DELETED -> isWholeEntity() ? null : old.remove(EntityPath.of(kind, path));
        };
        if (changed == null) {
            return null;
        }
        var complete = changed.toBuilder()
                .set("_revision", revision)
                .set("_modified", timestamp.toString())
                .set("_created", old.getValue("_created").orElseGet(() -> JsonValue.of(timestamp.toString())));
        if (metadata == null) {
            old.getValue(METADATA).ifPresent(kept -> complete.set(METADATA, kept));
        } else {
            complete.set(METADATA, metadata);
        }
        return complete.build();
    }

    private JsonObject merge(JsonObject old) {
        JsonValue patch = isWholeEntity() ? value : JsonObject.empty().setValue(EntityPath.of(kind, path), value);
        return JsonMergePatch.of(patch).applyOn(old).asObject();
    }

    JsonObject toJson() {
        var json = JsonObject.newBuilder()
                .set("k", kind.name())
                .set("i", id)
                .set("r", revision)
                .set("t", timestamp.toString())
                .set("a", action.name())
                .set("p", path.toString())
                .set("v", value);
        if (metadata != null) {
            json.set("m", metadata);
        }
        return headers.isEmpty() ? json.build() : json.set("h", headers).build();
    }

    static Change fromJson(JsonObject json) {
        return new Change(
                EntityKind.valueOf(text(json, "k")),
                text(json, "i"),
                json.getValue("r").orElseThrow().asLong(),
                Instant.parse(text(json, "t")),
                Action.valueOf(text(json, "a")),
                JsonPointer.of(text(json, "p")),
                json.getValue("v").orElse(JsonFactory.nullLiteral()),
                json.getValue("m").map(JsonValue::asObject).orElse(null),
                json.getValue("h").map(JsonValue::asObject).orElseGet(JsonObject::empty));
    }

    private static String text(JsonObject json, String key) {
        return json.getValue(key).orElseThrow().asString();
    }

    /** Changes that happen together or not at all are one record. */
    static byte[] encode(List<Change> changes) {
        JsonArray array = changes.stream().map(Change::toJson).collect(JsonCollectors.valuesToArray());
        return array.toString().getBytes(StandardCharsets.UTF_8);
    }
}
