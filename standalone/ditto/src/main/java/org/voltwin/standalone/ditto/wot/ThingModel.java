package org.voltwin.standalone.ditto.wot;

import java.util.List;
import java.util.Map;
import org.eclipse.ditto.json.JsonObject;

/**
 * A model with everything it extends or refers to inside.
 *
 * @param definitions its URL, then those of what it extends
 * @param json the model itself
 * @param submodels by instance name, which is a feature's id
 */
record ThingModel(List<String> definitions, JsonObject json, Map<String, ThingModel> submodels) {
    JsonObject properties() {
        return json.getValue("properties")
                .filter(value -> value.isObject() && !value.isNull())
                .map(value -> value.asObject())
                .orElseGet(JsonObject::empty);
    }

    /** Whether a property need not be there. */
    boolean isOptional(String property) {
        String pointer = "\"/properties/" + property + "\"";
        return json.getValue("tm:optional")
                .map(optional -> optional.toString().contains(pointer))
                .orElse(false);
    }
}
