package org.voltwin.standalone.ditto.connect.mapping;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.ditto.base.model.common.Placeholders;
import org.eclipse.ditto.connectivity.model.MessageMapperConfigurationInvalidException;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.placeholders.PlaceholderFactory;
import org.eclipse.ditto.placeholders.PlaceholderFilter;
import org.eclipse.ditto.things.model.ThingId;

/** Options of a mapper, some of which are templates over the headers of a message. */
record Options(JsonObject json) {
    Optional<String> text(String name) {
        return json.getValue(name).map(JsonValue::formatAsString);
    }

    /** @throws MessageMapperConfigurationInvalidException when it is missing */
    String required(String name) {
        return text(name)
                .orElseThrow(() -> MessageMapperConfigurationInvalidException.newBuilder(name)
                        .build());
    }

    /** A thing's id or a template of one. */
    String thingId(String name) {
        String template = required(name);
        if (!Placeholders.containsAnyPlaceholder(template)) {
            ThingId.of(template);
        }
        return template;
    }

    Map<String, String> texts(String name) {
        var texts = new HashMap<String, String>();
        json.getValue(name)
                .filter(JsonValue::isObject)
                .ifPresent(object -> object.asObject()
                        .forEach(field ->
                                texts.put(field.getKeyName(), field.getValue().formatAsString())));
        return texts;
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when a header is missing */
    static String resolve(String template, Map<String, String> headers) {
        return PlaceholderFilter.apply(
                template,
                PlaceholderFactory.newExpressionResolver(PlaceholderFactory.newHeadersPlaceholder(), headers));
    }

    /** Empty when a header is missing. */
    static Optional<String> find(String template, Map<String, String> headers) {
        return PlaceholderFactory.newExpressionResolver(PlaceholderFactory.newHeadersPlaceholder(), headers)
                .resolve(template)
                .findFirst();
    }
}
