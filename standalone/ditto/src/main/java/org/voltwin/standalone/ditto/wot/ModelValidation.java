package org.voltwin.standalone.ditto.wot;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.voltwin.standalone.ditto.config.WotValidationSettings;

/** Where a thing does not agree with its model. */
final class ModelValidation {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final int MAX_SCHEMAS = 10_000;
    private static final String MISSING = "The property is required and missing.";

    private final Map<String, JsonSchema> schemas = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonSchema> eldest) {
            return size() > MAX_SCHEMAS;
        }
    };

    /** By path in the thing; empty when it agrees. */
    Map<String, List<String>> errors(JsonObject thing, ThingModel model, WotValidationSettings settings) {
        var errors = new LinkedHashMap<String, List<String>>();
        properties(
                object(thing, "attributes"),
                model,
                "/attributes",
                settings.attributes(),
                settings.forbidOtherAttributes(),
                errors);
        JsonObject features = object(thing, "features");
        model.submodels().forEach((id, submodel) -> {
            JsonValue feature = features.getValue(JsonKey.of(id)).orElse(null);
            if (feature != null && feature.isObject() && !feature.isNull()) {
                featureErrors(thing, id, submodel, settings, errors);
            } else if (settings.presenceOfFeatures()) {
                add(errors, "/features/" + id, "The feature is in the model and missing.");
            }
        });
        if (settings.forbidOtherFeatures() && !model.submodels().isEmpty()) {
            features.getKeys().stream()
                    .map(JsonKey::toString)
                    .filter(id -> !model.submodels().containsKey(id))
                    .forEach(id -> add(errors, "/features/" + id, "The feature is not in the model."));
        }
        return errors;
    }

    /** Adds where a feature of the thing does not agree with the feature's model. */
    void featureErrors(
            JsonObject thing,
            String id,
            ThingModel model,
            WotValidationSettings settings,
            Map<String, List<String>> errors) {
        String path = "/features/" + id;
        JsonObject feature = object(object(thing, "features"), id);
        properties(
                object(feature, "properties"),
                model,
                path + "/properties",
                settings.properties(),
                settings.forbidOtherProperties(),
                errors);
        if (feature.contains("desiredProperties")) {
            desired(object(feature, "desiredProperties"), model, path, settings, errors);
        }
    }

    /** By path; empty when a payload agrees with its schema. */
    Map<String, List<String>> payloadErrors(JsonObject schema, JsonValue payload, String path) {
        var errors = new LinkedHashMap<String, List<String>>();
        check(schema, payload, path, errors);
        return errors;
    }

    /** What is wished for need not be complete. */
    private void desired(
            JsonObject values,
            ThingModel model,
            String feature,
            WotValidationSettings settings,
            Map<String, List<String>> errors) {
        var found = new LinkedHashMap<String, List<String>>();
        properties(
                values,
                model,
                feature + "/desiredProperties",
                settings.desiredProperties(),
                settings.forbidOtherDesiredProperties(),
                found);
        found.forEach((path, messages) -> messages.stream()
                .filter(message -> !message.equals(MISSING))
                .forEach(message -> add(errors, path, message)));
    }

    private void properties(
            JsonObject values,
            ThingModel model,
            String path,
            boolean enforce,
            boolean forbidOthers,
            Map<String, List<String>> errors) {
        Set<JsonPointer> known = new HashSet<>();
        for (var field : model.properties()) {
            if (!field.getValue().isObject()) {
                continue;
            }
            JsonObject schema = field.getValue().asObject();
            JsonPointer place = Skeleton.place(field.getKeyName(), schema);
            known.add(place);
            JsonValue value = values.getValue(place).orElse(null);
            if (enforce && value != null) {
                check(schema, value, path + place, errors);
            } else if (enforce && !model.isOptional(field.getKeyName())) {
                add(errors, path + place, MISSING);
            }
        }
        if (forbidOthers && !model.properties().isEmpty()) {
            for (JsonKey key : values.getKeys()) {
                boolean modelled = known.stream()
                        .anyMatch(place -> place.getRoot().orElseThrow().equals(key));
                if (!modelled) {
                    add(errors, path + "/" + key, "The property is not in the model.");
                }
            }
        }
    }

    private void check(JsonObject schema, JsonValue value, String path, Map<String, List<String>> errors) {
        JsonSchema compiled = schemas.computeIfAbsent(schema.toString(), SCHEMAS::getSchema);
        compiled.validate(value.toString(), InputFormat.JSON).forEach(message -> {
            String inside =
                    message.getInstanceLocation().toString().substring(1).replace('.', '/');
            add(errors, path + inside, message.getMessage());
        });
    }

    private static void add(Map<String, List<String>> errors, String path, String message) {
        errors.computeIfAbsent(path, key -> new ArrayList<>()).add(message);
    }

    private static JsonObject object(JsonObject json, String key) {
        return json.getValue(JsonKey.of(key))
                .filter(value -> value.isObject() && !value.isNull())
                .map(JsonValue::asObject)
                .orElseGet(JsonObject::empty);
    }
}
