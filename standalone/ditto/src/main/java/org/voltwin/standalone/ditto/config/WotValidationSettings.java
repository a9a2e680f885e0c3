package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;

/**
 * {@code ditto.things.wot.tm-model-validation}: what of a thing has to agree with its Thing Model.
 *
 * @param enabled false: nothing is looked at
 * @param warnOnly whether what disagrees is logged and accepted
 * @param attributes whether modelled attributes are checked
 * @param forbidOtherAttributes whether others are refused
 * @param presenceOfFeatures whether modelled features must be there
 * @param forbidOtherFeatures whether others are refused
 * @param properties whether modelled properties of features are checked
 * @param forbidOtherProperties whether others are refused
 * @param desiredProperties whether what is wished of modelled properties is checked
 * @param forbidOtherDesiredProperties whether wishes for others are refused
 * @param thingMessages messages of the thing itself
 * @param featureMessages messages of its features
 */
public record WotValidationSettings(
        boolean enabled,
        boolean warnOnly,
        boolean attributes,
        boolean forbidOtherAttributes,
        boolean presenceOfFeatures,
        boolean forbidOtherFeatures,
        boolean properties,
        boolean forbidOtherProperties,
        boolean desiredProperties,
        boolean forbidOtherDesiredProperties,
        WotMessageSettings thingMessages,
        WotMessageSettings featureMessages) {
    static WotValidationSettings of(Config ditto) {
        Config validation = ditto.getConfig("things.wot.tm-model-validation");
        return new WotValidationSettings(
                validation.getBoolean("enabled"),
                validation.getBoolean("log-warning-instead-of-failing-api-calls"),
                validation.getBoolean("thing.enforce.attributes"),
                validation.getBoolean("thing.forbid.non-modeled-attributes"),
                validation.getBoolean("feature.enforce.presence-of-modeled-features"),
                validation.getBoolean("feature.forbid.non-modeled-features"),
                validation.getBoolean("feature.enforce.properties"),
                validation.getBoolean("feature.forbid.non-modeled-properties"),
                validation.getBoolean("feature.enforce.desired-properties"),
                validation.getBoolean("feature.forbid.non-modeled-desired-properties"),
                WotMessageSettings.of(validation.getConfig("thing")),
                WotMessageSettings.of(validation.getConfig("feature")));
    }

    /** With what a configuration in Ditto's JSON says otherwise. */
    public WotValidationSettings with(JsonObject json) {
        return new WotValidationSettings(
                flag(json, "enabled", enabled),
                flag(json, "logWarningInsteadOfFailingApiCalls", warnOnly),
                flag(json, "thing/enforce/attributes", attributes),
                flag(json, "thing/forbid/nonModeledAttributes", forbidOtherAttributes),
                flag(json, "feature/enforce/presenceOfModeledFeatures", presenceOfFeatures),
                flag(json, "feature/forbid/nonModeledFeatures", forbidOtherFeatures),
                flag(json, "feature/enforce/properties", properties),
                flag(json, "feature/forbid/nonModeledProperties", forbidOtherProperties),
                flag(json, "feature/enforce/desiredProperties", desiredProperties),
                flag(json, "feature/forbid/nonModeledDesiredProperties", forbidOtherDesiredProperties),
                thingMessages.with(json, "thing"),
                featureMessages.with(json, "feature"));
    }

    static boolean flag(JsonObject json, String path, boolean otherwise) {
        return json.getValue(path)
                .filter(JsonValue::isBoolean)
                .map(JsonValue::asBoolean)
                .orElse(otherwise);
    }
}
