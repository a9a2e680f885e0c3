package org.voltwin.standalone.ditto.wot;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;

/** The Thing Models that things and features name as their definitions: those definitions that are URLs. */
final class Definitions {
    private static final JsonKey DEFINITION = JsonKey.of("definition");
    private static final JsonKey FEATURES = JsonKey.of("features");

    private Definitions() {}

    static boolean isUrl(String definition) {
        return definition.startsWith("http://") || definition.startsWith("https://");
    }

    static Optional<String> ofThing(JsonObject thing) {
        return thing.getValue(DEFINITION)
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .filter(Definitions::isUrl);
    }

    /** The first definition counts. */
    static Optional<String> ofFeature(JsonValue feature) {
        return object(feature).flatMap(fields -> fields.getValue(DEFINITION)).flatMap(Definitions::first);
    }

    /** By the feature's id. */
    static Map<String, String> ofFeatures(JsonObject thing) {
        var definitions = new LinkedHashMap<String, String>();
        thing.getValue(FEATURES)
                .flatMap(Definitions::object)
                .ifPresent(features -> features.forEach(feature ->
                        ofFeature(feature.getValue()).ifPresent(url -> definitions.put(feature.getKeyName(), url))));
        return definitions;
    }

    /** All that a thing names. */
    static Set<String> in(JsonObject thing) {
        var urls = new LinkedHashSet<String>(ofFeatures(thing).values());
        ofThing(thing).ifPresent(urls::add);
        return urls;
    }

    /** All that the value of a command may name: a thing, features, a feature, or a definition. */
    static Set<String> brought(JsonValue value) {
        var urls = new LinkedHashSet<String>();
        Optional.of(value)
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .filter(Definitions::isUrl)
                .ifPresent(urls::add);
        first(value).ifPresent(urls::add);
        object(value).ifPresent(fields -> {
            urls.addAll(in(fields));
            ofFeature(fields).ifPresent(urls::add);
            fields.forEach(field -> ofFeature(field.getValue()).ifPresent(urls::add));
        });
        return urls;
    }

    private static Optional<String> first(JsonValue definitions) {
        return Optional.of(definitions)
                .filter(value -> value.isArray() && !value.isNull())
                .flatMap(value -> value.asArray().get(0))
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .filter(Definitions::isUrl);
    }

    private static Optional<JsonObject> object(JsonValue value) {
        return Optional.of(value)
                .filter(each -> each.isObject() && !each.isNull())
                .map(JsonValue::asObject);
    }
}
