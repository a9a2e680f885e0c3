package org.voltwin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what differs from place to place: {@code ${name}} in texts of declared data. A field that is
 * {@code ${name?}} is left out when there is no such value.
 */
final class Blanks {
    private static final Pattern BLANK = Pattern.compile("\\$\\{([a-z.-]+)(\\?)?}");

    private Blanks() {}

    /** Empty when a value is missing. */
    static Optional<ObjectNode> fill(ObjectNode template, Map<String, String> values) {
        ObjectNode filled = template.objectNode();
        for (Map.Entry<String, JsonNode> field : template.properties()) {
            if (isLeftOut(field.getValue(), values)) {
                continue;
            }
            JsonNode value = filled(field.getValue(), values);
            if (value == null) {
                return Optional.empty();
            }
            filled.set(field.getKey(), value);
        }
        return Optional.of(filled);
    }

    private static boolean isLeftOut(JsonNode value, Map<String, String> values) {
        Matcher blank = BLANK.matcher(value.asText());
        return value.isTextual() && blank.matches() && blank.group(2) != null && !values.containsKey(blank.group(1));
    }

    private static @Nullable JsonNode filled(JsonNode template, Map<String, String> values) {
        if (template instanceof ObjectNode object) {
            return fill(object, values).orElse(null);
        }
        if (template instanceof ArrayNode array) {
            ArrayNode all = array.arrayNode();
            for (JsonNode item : array) {
                JsonNode value = filled(item, values);
                if (value == null) {
                    return null;
                }
                all.add(value);
            }
            return all;
        }
        return template.isTextual() ? filled(template.asText(), values) : template;
    }

    private static @Nullable JsonNode filled(String template, Map<String, String> values) {
        Matcher blank = BLANK.matcher(template);
        StringBuilder text = new StringBuilder();
        while (blank.find()) {
            String value = values.get(blank.group(1));
            if (value == null) {
                return null;
            }
            blank.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return TextNode.valueOf(blank.appendTail(text).toString());
    }
}
