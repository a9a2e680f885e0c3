package org.voltwin.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.failure.SimilarNames;
import org.voltwin.model.json.Json;

/**
 * Holds what somebody wrote by hand against the record it is read into, before it is read: a misspelt key would be a
 * forgotten due date, and a number without a unit a run of seconds instead of minutes. Every refusal names the place.
 */
final class FileShape {
    private static final Map<Class<?>, String> WRITTEN = Map.of(
            Duration.class,
            "a duration such as PT30M or PT4H",
            Instant.class,
            "a moment with its zone, such as 2026-03-02T06:00:00Z or 2026-03-02T07:00:00+01:00",
            LocalDate.class,
            "a day such as 2026-04-03",
            LocalTime.class,
            "a time of day such as 06:00, in quotation marks",
            ZoneId.class,
            "a time zone such as Europe/Berlin",
            String.class,
            "a text");

    private final Set<String> optional;
    private final Set<Class<?>> open;

    /**
     * @param optional components that may be missing beside lists and those that may be null
     * @param open records whose other keys are ignored: the program wrote them itself
     */
    FileShape(Set<String> optional, Set<Class<?>> open) {
        this.optional = Set.copyOf(optional);
        this.open = Set.copyOf(open);
    }

    /** @throws RefusedException with {@code input.*} for the first thing that does not fit */
    void check(JsonNode tree, Class<? extends Record> type) {
        value("The file", tree, type);
    }

    private void value(String place, JsonNode node, Type type) {
        if (type instanceof ParameterizedType parameterized) {
            many(place, node, parameterized);
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            record(place, node, plain);
        } else if (type instanceof Class<?> plain) {
            leaf(place, node, plain);
        } else {
            throw new IllegalArgumentException("No file has a " + type);
        }
    }

    private void many(String place, JsonNode node, ParameterizedType type) {
        Type[] of = type.getActualTypeArguments();
        if (type.getRawType() == Map.class) {
            need(place, node.isObject(), node, "a section of keys and values");
            node.properties().forEach(entry -> {
                leaf(place + ", key", Json.mapper().getNodeFactory().textNode(entry.getKey()), (Class<?>) of[0]);
                value(inside(place, entry.getKey()), entry.getValue(), of[1]);
            });
            return;
        }
        need(place, node.isArray(), node, "a list");
        for (int i = 0; i < node.size(); i++) {
            String id = node.path(i).path("id").asText("");
            value(place + "[" + i + "]" + (id.isEmpty() ? "" : " ('" + id + "')"), node.path(i), of[0]);
        }
    }

    private void record(String place, JsonNode node, Class<?> type) {
        need(place, node.isObject(), node, "a section of keys and values");
        RecordComponent[] components = type.getRecordComponents();
        Set<String> known = new TreeSet<>();
        for (RecordComponent component : components) {
            known.add(component.getName());
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!known.contains(entry.getKey()) && !open.contains(type)) {
                throw refused(
                        "unknown_key",
                        "The key '" + inside(place, entry.getKey()) + "' is not known.",
                        (SimilarNames.hint(entry.getKey(), known) + " Known here: " + String.join(", ", known) + ".")
                                .strip());
            }
        }
        for (RecordComponent component : components) {
            JsonNode given = node.path(component.getName());
            if (!given.isMissingNode() && !given.isNull()) {
                value(inside(place, component.getName()), given, component.getGenericType());
            } else if (!mayBeMissing(component)) {
                throw refused(
                        "missing_key",
                        place + " has no '" + component.getName() + "'.",
                        "Give it: " + expected(component.getType()) + ".");
            }
        }
    }

    private boolean mayBeMissing(RecordComponent component) {
        return Collection.class.isAssignableFrom(component.getType())
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || optional.contains(component.getName());
    }

    private static void leaf(String place, JsonNode node, Class<?> type) {
        boolean fits = type == int.class || type == long.class
                ? node.isIntegralNumber()
                : type == double.class || type == Double.class
                        ? node.isNumber() && Double.isFinite(node.doubleValue())
                        : type == String.class ? node.isValueNode() : node.isTextual() && converts(node, type);
        need(place, fits, node, expected(type));
    }

    private static boolean converts(JsonNode node, Class<?> type) {
        try {
            return Json.mapper().treeToValue(node, type) != null;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // The refusal that follows says what is expected instead of what the library could not do.
            return false;
        }
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(constant -> Json.tree(constant).asText())
                                    .toList());
        }
        return type.isRecord()
                ? "a section with "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getRecordComponents())
                                        .map(RecordComponent::getName)
                                        .toList())
                : WRITTEN.getOrDefault(
                        type,
                        type == int.class || type == long.class
                                ? "a whole number"
                                : Map.class.isAssignableFrom(type) ? "a section of keys and values" : "a number");
    }

    private static void need(String place, boolean fits, JsonNode node, String expected) {
        if (!fits) {
            String shown = node.isContainerNode() ? node.isArray() ? "a list" : "a section" : "'" + node.asText() + "'";
            throw refused("bad_value", place + " is " + shown + ".", "Give " + expected + ".");
        }
    }

    private static String inside(String place, String key) {
        return place.equals("The file") ? key : place + "." + key;
    }

    private static RefusedException refused(String code, String cause, String remedy) {
        return new RefusedException(Failure.permanent("input." + code, cause, remedy));
    }
}
