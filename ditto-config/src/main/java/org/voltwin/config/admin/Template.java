package org.voltwin.config.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/**
 * A policy with blanks: {@code {{owner}}} stands for the parameter owner.
 *
 * @param parameters what to fill in, by the blank's name
 * @param policy imports and entries as Ditto takes them, but for the blanks
 */
record Template(String name, String title, String description, Map<String, Parameter> parameters, ObjectNode policy) {
    private static final List<String> NAMES = List.of("owned-unit", "battery-passport", "second-life");
    private static final List<Template> ALL = NAMES.stream().map(Template::read).toList();

    /**
     * A blank.
     *
     * @param pattern regular expression of what may be filled in
     */
    record Parameter(String title, String example, String pattern) {}

    static List<Template> all() {
        return ALL;
    }

    /** Throws {@link RefusedException} with {@code policy.unknown_template}. */
    static Template named(String name) {
        return ALL.stream()
                .filter(template -> template.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Failure.permanent(
                        "policy.unknown_template",
                        "There is no policy template '" + name + "'.",
                        "Take one of " + String.join(", ", NAMES) + ".")));
    }

    private static Template read(String name) {
        try (InputStream in = Template.class.getResourceAsStream("/ditto/templates/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("The template " + name + " is not on the class path");
            }
            return Json.mapper().readValue(in, Template.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The template " + name + " cannot be read", e);
        }
    }

    /**
     * The policy without blanks. Throws {@link RefusedException} with {@code policy.bad_parameter} when a value is
     * missing, is none of the template's, or does not fit its pattern.
     */
    ObjectNode filled(Map<String, String> values) {
        Set<String> strange = new TreeSet<>(values.keySet());
        strange.removeAll(parameters.keySet());
        if (!strange.isEmpty()) {
            throw bad("The template " + name + " has no parameter " + String.join(", ", strange) + ".");
        }
        parameters.forEach((blank, parameter) -> {
            String value = values.getOrDefault(blank, "");
            if (!value.matches(parameter.pattern())) {
                throw bad("The parameter " + blank + " (" + parameter.title() + ") is '" + value + "'.");
            }
        });
        return (ObjectNode) filled(policy, values);
    }

    private RefusedException bad(String cause) {
        String wanted = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + " such as " + entry.getValue().example())
                .collect(Collectors.joining("; "));
        return new RefusedException(Failure.permanent("policy.bad_parameter", cause, "Give " + wanted + "."));
    }

    private static JsonNode filled(JsonNode node, Map<String, String> values) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.mapper().createObjectNode();
            object.properties()
                    .forEach(entry -> copy.set(filled(entry.getKey(), values), filled(entry.getValue(), values)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(filled(node.asText(), values)) : node;
    }

    private static String filled(String text, Map<String, String> values) {
        String result = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            result = result.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return result;
    }
}
