package org.voltwin.standalone.ditto.twin;

import java.util.Optional;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Values at places in JSON objects. Ditto's objects write themselves as text when they are made; a thing is changed
 * thousands of times a second, so only the objects that really change are made here.
 */
final class JsonPlaces {
    private JsonPlaces() {}

    static Optional<JsonValue> valueAt(JsonObject root, JsonPointer place) {
        JsonValue value = root;
        for (JsonKey key : place) {
            JsonValue below = isObject(value) ? value.asObject().getValue(key).orElse(null) : null;
            if (below == null) {
                return Optional.empty();
            }
            value = below;
        }
        return Optional.of(value);
    }

    /**
     * The field of the root that leads to a place, with another value there.
     *
     * @param place not empty
     * @return null when there is not an object all the way
     */
    static @Nullable JsonField fieldWith(JsonObject root, JsonPointer place, JsonValue value) {
        return fieldWith(root, place, 0, value);
    }

    private static @Nullable JsonField fieldWith(JsonObject object, JsonPointer place, int level, JsonValue value) {
        JsonKey key = place.get(level).orElseThrow();
        if (level == place.getLevelCount() - 1) {
            return JsonField.newInstance(key, value);
        }
        JsonValue below = object.getValue(key).orElse(null);
        if (below == null || !isObject(below)) {
            return null;
        }
        JsonField inner = fieldWith(below.asObject(), place, level + 1, value);
        return inner == null
                ? null
                : JsonField.newInstance(key, below.asObject().set(inner));
    }

    /** What is at a place and nothing beside it; empty when nothing is there. */
    static JsonObject only(JsonObject root, JsonPointer place) {
        JsonValue value = valueAt(root, place).orElse(null);
        if (value == null) {
            return JsonObject.empty();
        }
        for (int level = place.getLevelCount() - 1; level >= 0; level--) {
            JsonKey key = place.get(level).orElseThrow();
            value = JsonObject.newBuilder()
                    .set(JsonField.newInstance(key, value))
                    .build();
        }
        return value.asObject();
    }

    static boolean isObject(JsonValue value) {
        return value.isObject() && !value.isNull();
    }
}
