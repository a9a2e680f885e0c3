package org.voltwin.standalone.ditto.twin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonKey;
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
    private static final JsonKey REVISION = JsonKey.of("_revision");
    private static final JsonKey MODIFIED = JsonKey.of("_modified");
    private static final JsonKey CREATED = JsonKey.of("_created");
    private static final JsonKey METADATA = ThingMetadata.FIELD;

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
        if (action == Action.DELETED && isWholeEntity()) {
            return null;
        }
        JsonObject old = before == null ? JsonObject.empty() : before;
        JsonValue now = JsonValue.of(timestamp.toString());
        var fields = new ArrayList<JsonField>();
        JsonField changed = changedField(old);
        if (changed != null) {
            fields.add(changed);
        }
        fields.add(JsonField.newInstance(REVISION, JsonValue.of(revision)));
        fields.add(JsonField.newInstance(MODIFIED, now));
        fields.add(JsonField.newInstance(CREATED, old.getValue(CREATED).orElse(now)));
        JsonValue said = metadata == null ? old.getValue(METADATA).orElse(null) : metadata;
        if (said != null) {
            fields.add(JsonField.newInstance(METADATA, said));
        }
        return (changed == null ? changedObject(old) : old).setAll(fields);
    }

    /** The one field of the entity that changes; null when it is not as simple as that. */
    private @Nullable JsonField changedField(JsonObject old) {
        if (isWholeEntity() || action == Action.DELETED) {
            return null;
        }
        JsonPointer place = EntityPath.of(kind, path);
        if (action == Action.MERGED && value.isNull()) {
            // It takes away what is there, and then the parts around it matter.
            return null;
        }
        if (action != Action.MERGED || !value.isObject()) {
            return JsonPlaces.fieldWith(old, place, value);
        }
        JsonValue there = JsonPlaces.valueAt(old, place).orElse(null);
        return there == null || !JsonPlaces.isObject(there)
                ? null
                : JsonPlaces.fieldWith(old, place, JsonMergePatch.of(value).applyOn(there));
    }

    private JsonObject changedObject(JsonObject old) {
        return switch (action) {
            case CREATED, MODIFIED ->
                isWholeEntity() ? value.asObject() : old.setValue(EntityPath.of(kind, path), value);
            case MERGED -> merge(old);
            case DELETED -> old.remove(EntityPath.of(kind, path));
        };
    }

    private JsonObject merge(JsonObject old) {
        JsonValue patch = isWholeEntity() ? value : JsonObject.empty().setValue(EntityPath.of(kind, path), value);
        return JsonMergePatch.of(patch).applyOn(old).asObject();
    }

    private void writeTo(StringBuilder text) {
        text.append("{\"k\":\"").append(kind).append("\",\"i\":").append(JsonValue.of(id));
        text.append(",\"r\":").append(revision).append(",\"t\":\"").append(timestamp);
        text.append("\",\"a\":\"").append(action).append("\",\"p\":").append(JsonValue.of(path.toString()));
        text.append(",\"v\":").append(value);
        if (metadata != null) {
            text.append(",\"m\":").append(metadata);
        }
        if (!headers.isEmpty()) {
            text.append(",\"h\":").append(headers);
        }
        text.append('}');
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
        var text = new StringBuilder().append('[');
        for (Change change : changes) {
            if (text.length() > 1) {
                text.append(',');
            }
            change.writeTo(text);
        }
        return text.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }
}
