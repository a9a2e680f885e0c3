package org.voltwin.standalone.ditto.wot;

import java.util.List;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;

/** What a model says a new thing or feature has: each property that is not optional, with its first value. */
final class Skeleton {
    private Skeleton() {}

    /** {@code attributes} and {@code features} of a thing. */
    static JsonObject ofThing(ThingModel model) {
        var thing = JsonFactory.newObjectBuilder();
        JsonObject attributes = properties(model);
        if (!attributes.isEmpty()) {
            thing.set("attributes", attributes);
        }
        if (!model.submodels().isEmpty()) {
            thing.set(
                    "features",
                    model.submodels().entrySet().stream()
                            .map(entry -> JsonFactory.newField(JsonKey.of(entry.getKey()), ofFeature(entry.getValue())))
                            .collect(JsonCollectors.fieldsToObject()));
        }
        return thing.build();
    }

    /** {@code definition} and {@code properties} of a feature. */
    static JsonObject ofFeature(ThingModel model) {
        JsonArray definition = model.definitions().stream().map(JsonValue::of).collect(JsonCollectors.valuesToArray());
        var feature = JsonFactory.newObjectBuilder().set("definition", definition);
        JsonObject properties = properties(model);
        return properties.isEmpty()
                ? feature.build()
                : feature.set("properties", properties).build();
    }

    private static JsonObject properties(ThingModel model) {
        JsonObject values = JsonObject.empty();
        for (var field : model.properties()) {
            if (!model.isOptional(field.getKeyName()) && field.getValue().isObject()) {
                values = values.setValue(
                        place(field.getKeyName(), field.getValue().asObject()),
                        first(field.getValue().asObject()));
            }
        }
        return values;
    }

    /** A property of a {@code ditto:category} lies inside an object of that name. */
    static JsonPointer place(String name, JsonObject schema) {
        JsonPointer pointer = JsonPointer.empty();
        JsonValue category = schema.getValue(JsonKey.of("ditto:category")).orElse(null);
        if (category != null && category.isString()) {
            pointer = pointer.addLeaf(JsonKey.of(category.asString()));
        }
        return pointer.addLeaf(JsonKey.of(name));
    }

    private static JsonValue first(JsonObject schema) {
        for (String key : List.of("const", "default")) {
            if (schema.contains(key)) {
                return schema.getValue(key).orElseThrow();
            }
        }
        JsonValue choices = schema.getValue("enum").orElse(null);
        if (choices != null && choices.isArray() && !choices.asArray().isEmpty()) {
            return choices.asArray().get(0).orElseThrow();
        }
        String type = schema.getValue("type")
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .orElse("object");
        return switch (type) {
            case "boolean" -> JsonValue.of(false);
            case "integer" -> JsonValue.of((long) Math.ceil(number(schema)));
            case "number" -> JsonValue.of(number(schema));
            case "string" -> JsonValue.of("");
            case "array" -> JsonArray.empty();
            case "null" -> JsonFactory.nullLiteral();
            default -> object(schema);
        };
    }

    /** 0, or what is next to it within the limits. */
    private static double number(JsonObject schema) {
        double least = limit(schema, "minimum", Double.NEGATIVE_INFINITY);
        double most = limit(schema, "maximum", Double.POSITIVE_INFINITY);
        return Math.max(least, Math.min(0, most));
    }

    private static double limit(JsonObject schema, String key, double otherwise) {
        return schema.getValue(key)
                .filter(JsonValue::isNumber)
                .map(JsonValue::asDouble)
                .orElse(otherwise);
    }

    private static JsonValue object(JsonObject schema) {
        return schema.getValue("properties")
                .filter(JsonValue::isObject)
                .map(JsonValue::asObject)
                .map(properties -> (JsonValue) properties.stream()
                        .filter(field -> field.getValue().isObject())
                        .map(field -> JsonFactory.newField(
                                field.getKey(), first(field.getValue().asObject())))
                        .collect(JsonCollectors.fieldsToObject()))
                .orElseGet(JsonObject::empty);
    }
}
