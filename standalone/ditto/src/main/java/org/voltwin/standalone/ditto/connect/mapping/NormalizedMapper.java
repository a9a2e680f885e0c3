package org.voltwin.standalone.ditto.connect.mapping;

import java.util.List;
import java.util.Map;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonParseOptions;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.TopicPath;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;

/** Changes of things as the part of the thing that changed; everything else is dropped. */
final class NormalizedMapper implements PayloadMapper {
    private final @Nullable JsonFieldSelector fields;
    private final boolean deletedFields;

    /** @param options {@code fields}: what is kept of the result; {@code includeDeletedFields} */
    NormalizedMapper(JsonObject options) {
        this.fields = options.getValue("fields")
                .filter(JsonValue::isString)
                .map(selector -> JsonFactory.newFieldSelector(
                        selector.asString(),
                        JsonParseOptions.newBuilder().withoutUrlDecoding().build()))
                .orElse(null);
        this.deletedFields = options.getValue("includeDeletedFields")
                .map(value -> value.isBoolean() ? value.asBoolean() : "true".equals(value.formatAsString()))
                .orElse(false);
    }

    @Override
    public List<Adaptable> incoming(ExternalMessage message) {
        return List.of();
    }

    @Override
    public List<ExternalMessage> outgoing(Adaptable adaptable) {
        TopicPath topic = adaptable.getTopicPath();
        if (!topic.isGroup(TopicPath.Group.THINGS) || !topic.isCriterion(TopicPath.Criterion.EVENTS)) {
            return List.of();
        }
        JsonPointer path = JsonPointer.of(adaptable.getPayload().getPath());
        boolean deletion = topic.isAction(TopicPath.Action.DELETED);
        if (deletion && !path.isEmpty() && !deletedFields) {
            return List.of();
        }
        JsonObject thing = thing(adaptable, path, deletion);
        JsonObject selected = fields == null ? thing : thing.get(fields);
        JsonObject result = topic.isAction(TopicPath.Action.MERGED) ? withoutNulls(selected) : selected;
        return List.of(
                ExternalMessage.ofText(Map.of(ExternalMessage.CONTENT_TYPE, "application/json"), result.toString()));
    }

    private JsonObject thing(Adaptable adaptable, JsonPointer path, boolean deletion) {
        TopicPath topic = adaptable.getTopicPath();
        Payload payload = adaptable.getPayload();
        JsonValue value = payload.getValue().orElse(null);
        JsonObject thing = JsonObject.newBuilder()
                .set("thingId", topic.getNamespace() + ":" + topic.getEntityName())
                .build();
        if (value != null) {
            thing = path.isEmpty() && value.isObject()
                    ? JsonFactory.mergeJsonValues(value, thing).asObject()
                    : thing.setValue(path, value);
        }
        String at = payload.getTimestamp().map(Object::toString).orElse(null);
        if (at != null) {
            thing = thing.setValue("_modified", at);
        }
        if (payload.getRevision().isPresent()) {
            thing = thing.setValue("_revision", payload.getRevision().get());
        }
        if (at != null && deletion && path.isEmpty()) {
            thing = thing.setValue("_deleted", at);
        }
        if (at != null && deletedFields) {
            JsonObject gone = deleted(path, deletion ? JsonFactory.nullLiteral() : value, JsonValue.of(at));
            thing = gone.isEmpty() ? thing : thing.setValue("_deletedFields", gone);
        }
        thing = thing.setValue("_context", context(adaptable));
        return payload.getExtra().isPresent()
                ? JsonFactory.mergeJsonValues(thing, payload.getExtra().get()).asObject()
                : thing;
    }

    private static JsonObject deleted(JsonPointer path, @Nullable JsonValue value, JsonValue at) {
        if (value == null || path.isEmpty() && value.isNull()) {
            return JsonObject.empty();
        }
        if (value.isNull()) {
            return JsonObject.empty().setValue(path, at);
        }
        JsonObject all = JsonObject.empty();
        if (value.isObject()) {
            for (var field : value.asObject()) {
                boolean pattern = field.getKeyName().startsWith("{{");
                JsonObject below =
                        pattern ? JsonObject.empty() : deleted(path.addLeaf(field.getKey()), field.getValue(), at);
                all = JsonFactory.mergeJsonValues(below, all).asObject();
            }
        }
        return all;
    }

    private static JsonObject context(Adaptable adaptable) {
        JsonObject envelope = DittoMapper.external(adaptable);
        var context = JsonObject.newBuilder();
        for (String name : List.of("topic", "path", "value", "fields", "headers")) {
            envelope.getValue(name).ifPresent(value -> context.set(name, value));
        }
        JsonObject built = context.build();
        return built.contains("value") ? built : built.setValue("value", JsonFactory.nullLiteral());
    }

    private static JsonObject withoutNulls(JsonObject object) {
        var kept = JsonObject.newBuilder();
        for (var field : object) {
            JsonValue value = field.getValue();
            if (value.isNull()) {
                continue;
            }
            JsonValue inner = value.isObject() ? withoutNulls(value.asObject()) : value;
            if (!inner.isObject() || !inner.asObject().isEmpty()) {
                kept.set(field.getKey(), inner);
            }
        }
        return kept.build();
    }
}
