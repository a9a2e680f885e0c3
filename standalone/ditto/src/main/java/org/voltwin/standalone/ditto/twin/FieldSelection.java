package org.voltwin.standalone.ditto.twin;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;

/** Fields of a JSON object; {@code *} in the place of a key stands for each key there is. */
public final class FieldSelection {
    private static final String ANY = "*";

    private FieldSelection() {}

    /** The fields of the object that are selected. */
    public static JsonObject of(JsonObject object, JsonFieldSelector fields) {
        if (fields.getPointers().stream().noneMatch(FieldSelection::hasWildcard)) {
            return object.get(fields);
        }
        List<JsonPointer> places = fields.getPointers().stream()
                .flatMap(pointer ->
                        hasWildcard(pointer) ? expanded(JsonPointer.empty(), pointer, object) : Stream.of(pointer))
                .toList();
        return object.get(JsonFactory.newFieldSelector(places));
    }

    private static boolean hasWildcard(JsonPointer pointer) {
        for (JsonKey key : pointer) {
            if (key.toString().equals(ANY)) {
                return true;
            }
        }
        return false;
    }

    private static Stream<JsonPointer> expanded(JsonPointer before, JsonPointer rest, JsonObject object) {
        JsonKey key = rest.getRoot().orElse(null);
        if (key == null) {
            return Stream.of(before);
        }
        if (!key.toString().equals(ANY)) {
            return expanded(before.addLeaf(key), rest.nextLevel(), object);
        }
        JsonValue there = before.isEmpty() ? object : object.getValue(before).orElse(null);
        return there == null || !there.isObject() || there.isNull()
                ? Stream.empty()
                : there.asObject().getKeys().stream()
                        .flatMap(each -> expanded(before.addLeaf(each), rest.nextLevel(), object));
    }
}
