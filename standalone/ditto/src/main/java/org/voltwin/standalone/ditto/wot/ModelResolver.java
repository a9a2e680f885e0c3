package org.voltwin.standalone.ditto.wot;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonMergePatch;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonObjectBuilder;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;

/** Puts a model together: {@code tm:extends}, {@code tm:submodel} and {@code tm:ref} of the Thing Description 1.1. */
final class ModelResolver {
    private static final int MAX_DEPTH = 12;

    private final ModelSource source;

    ModelResolver(ModelSource source) {
        this.source = source;
    }

    ThingModel resolve(String url) throws ModelUnavailableException {
        return resolve(url, 0);
    }

    private ThingModel resolve(String url, int depth) throws ModelUnavailableException {
        if (depth > MAX_DEPTH) {
            throw new ModelUnavailableException("The model " + url + " refers to itself, or too deep.");
        }
        JsonObject raw = withReferences(source.fetch(url), url, depth).asObject();
        List<String> definitions = new ArrayList<>(List.of(url));
        Map<String, ThingModel> submodels = new LinkedHashMap<>();
        JsonObject merged = raw;
        JsonArray links = raw.getValue("links")
                .filter(JsonValue::isArray)
                .map(JsonValue::asArray)
                .orElseGet(JsonArray::empty);
        for (JsonValue link : links) {
            if (!link.isObject()) {
                continue;
            }
            String rel = text(link.asObject(), "rel");
            String href = absolute(url, text(link.asObject(), "href"));
            if (rel.equals("tm:extends")) {
                ThingModel base = resolve(href, depth + 1);
                definitions.addAll(base.definitions());
                base.submodels().forEach(submodels::putIfAbsent);
                merged = JsonMergePatch.of(merged).applyOn(base.json()).asObject();
            } else if (rel.equals("tm:submodel")) {
                String name = text(link.asObject(), "instanceName");
                submodels.put(name.isEmpty() ? "unnamed" : name, resolve(href, depth + 1));
            }
        }
        return new ThingModel(List.copyOf(definitions), merged, Map.copyOf(submodels));
    }

    /** Replaces each {@code tm:ref} by what it names, over which the fields beside it win. */
    private JsonValue withReferences(JsonValue value, String url, int depth) throws ModelUnavailableException {
        if (value.isArray()) {
            var items = JsonFactory.newArrayBuilder();
            for (JsonValue item : value.asArray()) {
                items.add(withReferences(item, url, depth));
            }
            return items.build();
        }
        if (!value.isObject() || value.isNull()) {
            return value;
        }
        JsonObjectBuilder fields = JsonFactory.newObjectBuilder();
        for (var field : value.asObject()) {
            fields.set(field.getKey(), withReferences(field.getValue(), url, depth));
        }
        JsonObject object = fields.build();
        String reference = text(object, "tm:ref");
        if (reference.isEmpty()) {
            return object;
        }
        JsonValue referred = referred(absolute(url, reference), depth);
        JsonValue over = object.remove("tm:ref");
        return JsonMergePatch.of(over).applyOn(referred);
    }

    private JsonValue referred(String reference, int depth) throws ModelUnavailableException {
        int hash = reference.indexOf('#');
        if (hash < 0 || depth >= MAX_DEPTH) {
            throw new ModelUnavailableException("The reference " + reference + " leads nowhere.");
        }
        String url = reference.substring(0, hash);
        JsonValue found = source.fetch(url)
                .getValue(JsonPointer.of(reference.substring(hash + 1)))
                .orElseThrow(() -> new ModelUnavailableException("The reference " + reference + " leads nowhere."));
        return withReferences(found, url, depth + 1);
    }

    private static String absolute(String base, String href) throws ModelUnavailableException {
        try {
            return URI.create(base).resolve(href).toString();
        } catch (IllegalArgumentException e) {
            throw new ModelUnavailableException("'" + href + "' in " + base + " is no link.", e);
        }
    }

    private static String text(JsonObject object, String key) {
        return object.getValue(org.eclipse.ditto.json.JsonKey.of(key))
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .orElse("");
    }
}
