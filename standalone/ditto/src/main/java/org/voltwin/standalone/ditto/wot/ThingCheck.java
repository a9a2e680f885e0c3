package org.voltwin.standalone.ditto.wot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.config.WotValidationSettings;

/**
 * Holds a changed thing against the models that are known: the one of its own definition, and those of features that
 * are no part of it.
 */
final class ThingCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ThingCheck.class);

    private final ValidationConfig config;
    private final Map<String, ThingModel> models;
    private final ModelValidation validation = new ModelValidation();

    /** @param models by URL */
    ThingCheck(ValidationConfig config, Map<String, ThingModel> models) {
        this.config = config;
        this.models = models;
    }

    /** @throws PayloadInvalidException when the change, not the thing before, breaks a model */
    void check(@Nullable JsonObject before, JsonObject after, DittoHeaders headers) {
        String governing = Definitions.ofThing(after)
                .or(() -> Definitions.ofFeatures(after).values().stream().findFirst())
                .orElse(null);
        if (governing == null) {
            return;
        }
        WotValidationSettings rules = config.settingsFor(governing);
        if (!rules.enabled()) {
            return;
        }
        Map<String, List<String>> errors = errors(after, rules);
        if (errors.isEmpty()) {
            return;
        }
        // What was wrong before is not this change's fault, unless it brings the model.
        if (before != null && Definitions.ofThing(before).equals(Definitions.ofThing(after))) {
            errors(before, rules).forEach((path, messages) -> {
                List<String> now = errors.get(path);
                if (now != null && messages.containsAll(now)) {
                    errors.remove(path);
                }
            });
        }
        if (!errors.isEmpty() && rules.warnOnly()) {
            LOG.warn(
                    "wot.disagrees thing={} errors={}",
                    after.getValue("thingId").orElse(null),
                    errors);
        } else if (!errors.isEmpty()) {
            throw new PayloadInvalidException(errors, headers);
        }
    }

    private Map<String, List<String>> errors(JsonObject thing, WotValidationSettings rules) {
        ThingModel model = Definitions.ofThing(thing).map(models::get).orElse(null);
        var errors = new LinkedHashMap<String, List<String>>();
        if (model != null) {
            errors.putAll(validation.errors(thing, model, rules));
        }
        Definitions.ofFeatures(thing).forEach((feature, url) -> {
            ThingModel own = models.get(url);
            if (own != null && (model == null || !model.submodels().containsKey(feature))) {
                validation.featureErrors(thing, feature, own, rules, errors);
            }
        });
        return errors;
    }
}
