package org.voltwin.standalone.ditto.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.exceptions.DittoHeaderInvalidException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.metadata.MetadataHeader;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.signals.commands.exceptions.MetadataHeadersConflictException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.MetadataNotModifiableException;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyThing;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a thing's values: put, read and deleted with the headers {@code put-metadata}, {@code
 * get-metadata} and {@code delete-metadata}, whose keys are relative to the command's resource. Metadata of a value go
 * when the value goes.
 */
final class ThingMetadata {
    /** The special field of a thing. */
    static final JsonKey FIELD = JsonKey.of("_metadata");

    private static final String ANY = "*";
    private static final Set<String> WITH_VALUES = Set.of("properties", "desiredProperties");

    private ThingMetadata() {}

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException 400 when the headers contradict */
    static void checkHeaders(Command<?> command) {
        DittoHeaders headers = command.getDittoHeaders();
        long kinds = Stream.of(
                        !headers.getMetadataHeadersToPut().isEmpty(),
                        !headers.getMetadataFieldsToGet().isEmpty(),
                        !headers.getMetadataFieldsToDelete().isEmpty())
                .filter(there -> there)
                .count();
        if (kinds > 1) {
            throw MetadataHeadersConflictException.newBuilder()
                    .dittoHeaders(headers)
                    .build();
        }
        if (inline(command) != null && !headers.getMetadataHeadersToPut().isEmpty()) {
            throw MetadataNotModifiableException.newBuilder()
                    .dittoHeaders(headers)
                    .build();
        }
        JsonPointer resource = command.getResourcePath();
        headers.getMetadataHeadersToPut()
                .forEach(header ->
                        checkWildcards("put-metadata", resource, header.getKey().getPath(), headers));
        headers.getMetadataFieldsToGet().forEach(key -> checkWildcards("get-metadata", resource, key, headers));
        headers.getMetadataFieldsToDelete().forEach(key -> checkWildcards("delete-metadata", resource, key, headers));
    }

    /** A wildcard stands for all leaves, a feature's id, an attribute or a property, and for nothing else. */
    private static void checkWildcards(String header, JsonPointer resource, JsonPointer key, DittoHeaders headers) {
        List<String> keys = new ArrayList<>();
        boolean leaves = forAllLeaves(key);
        (leaves ? key.nextLevel() : resource.append(key)).forEach(each -> keys.add(each.toString()));
        for (int i = 0; i < keys.size(); i++) {
            if (!keys.get(i).equals(ANY)) {
                continue;
            }
            boolean element = !leaves
                    && i < keys.size() - 1
                    && (i == 1 && Set.of("features", "attributes").contains(keys.get(0))
                            || i == 3 && keys.get(0).equals("features") && WITH_VALUES.contains(keys.get(2)));
            if (!element) {
                throw DittoHeaderInvalidException.newInvalidTypeBuilder(
                                header,
                                key.toString(),
                                "a key with wildcards only for features, attributes, properties")
                        .dittoHeaders(headers)
                        .build();
            }
        }
    }

    private static boolean forAllLeaves(JsonPointer key) {
        return key.getRoot().map(JsonKey::toString).filter(ANY::equals).isPresent();
    }

    /** The change with the metadata as they are after it. */
    static Change with(Command<?> command, @Nullable JsonObject before, Change change) {
        DittoHeaders headers = command.getDittoHeaders();
        JsonObject inline = inline(command);
        JsonObject old = before == null ? JsonObject.empty() : of(before);
        boolean untouched = inline == null
                && old.isEmpty()
                && headers.getMetadataHeadersToPut().isEmpty();
        if (untouched) {
            return change;
        }
        JsonObject after = change.applyTo(before);
        if (after == null) {
            return change;
        }
        JsonObject metadata =
                inline == null ? pruned(old, before == null ? JsonObject.empty() : before, after) : inline;
        if (change.action() != Change.Action.DELETED) {
            for (MetadataHeader header : headers.getMetadataHeadersToPut()) {
                for (JsonPointer place : places(change.path(), header.getKey().getPath(), after)) {
                    metadata = metadata.setValue(place, header.getValue());
                }
            }
        }
        for (JsonPointer key : headers.getMetadataFieldsToDelete()) {
            for (JsonPointer place : places(change.path(), key, metadata)) {
                metadata = metadata.remove(place);
            }
        }
        return metadata.equals(old) ? change : change.withMetadata(metadata);
    }

    private static @Nullable JsonObject inline(Command<?> command) {
        return switch (command) {
            case CreateThing create ->
                create.getThing()
                        .getMetadata()
                        .map(metadata -> metadata.toJson())
                        .orElse(null);
            case ModifyThing modify ->
                modify.getThing()
                        .getMetadata()
                        .map(metadata -> metadata.toJson())
                        .orElse(null);
            default -> null;
        };
    }

    private static JsonObject of(JsonObject entity) {
        return object(entity.getValue(FIELD).orElse(null));
    }

    private static JsonObject object(@Nullable JsonValue value) {
        return value != null && value.isObject() && !value.isNull() ? value.asObject() : JsonObject.empty();
    }

    /** Without those of values that were there before and are no longer. */
    private static JsonObject pruned(JsonObject metadata, JsonObject before, JsonObject after) {
        var kept = metadata.toBuilder();
        for (JsonField field : metadata) {
            JsonKey key = field.getKey();
            JsonValue old = before.getValue(key).orElse(null);
            JsonValue now = after.getValue(key).orElse(null);
            if (old != null && now == null) {
                kept.remove(key);
            } else if (old != null && field.getValue().isObject()) {
                kept.set(key, pruned(object(field.getValue()), object(old), object(now)));
            }
        }
        return kept.build();
    }

    /** Where a key of a header is, its wildcards filled in with what there is. */
    private static List<JsonPointer> places(JsonPointer resource, JsonPointer key, JsonObject present) {
        if (forAllLeaves(key)) {
            var leaves = new ArrayList<JsonPointer>();
            present.getValue(resource).ifPresent(value -> leaves(resource, value, leaves));
            return leaves.stream().map(leaf -> leaf.append(key.nextLevel())).toList();
        }
        List<JsonPointer> places = List.of(JsonPointer.empty());
        for (JsonKey each : resource.append(key)) {
            places = places.stream()
                    .flatMap(place -> each.toString().equals(ANY)
                            ? object(present.getValue(place).orElse(null)).getKeys().stream()
                                    .map(place::addLeaf)
                            : Stream.of(place.addLeaf(each)))
                    .toList();
        }
        return places;
    }

    private static void leaves(JsonPointer place, JsonValue value, List<JsonPointer> leaves) {
        if (!value.isObject() || value.isNull() || value.asObject().isEmpty()) {
            leaves.add(place);
            return;
        }
        value.asObject().stream()
                .filter(field -> !(place.isEmpty() && field.getKeyName().startsWith("_")))
                .forEach(field -> leaves(place.addLeaf(field.getKey()), field.getValue(), leaves));
    }

    /**
     * What {@code get-metadata} asks for; null when it asks for nothing.
     *
     * @param visible of the thing, its metadata included
     */
    static @Nullable JsonObject asked(Command<?> command, JsonObject visible) {
        Set<JsonPointer> keys = command.getDittoHeaders().getMetadataFieldsToGet();
        if (keys.isEmpty()) {
            return null;
        }
        JsonObject metadata = of(visible);
        JsonObject found = JsonObject.empty();
        for (JsonPointer key : keys) {
            List<JsonPointer> places = forAllLeaves(key)
                    ? places(command.getResourcePath(), key, visible)
                    : places(command.getResourcePath(), key, metadata);
            for (JsonPointer place : places) {
                JsonValue value = metadata.getValue(place).orElse(null);
                if (value != null) {
                    found = found.setValue(place, value);
                }
            }
        }
        return found;
    }
}
