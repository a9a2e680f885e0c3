package org.voltwin.model.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.ConstructorDetector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/** JSON of the vocabulary: ISO 8601 instants and durations, unknown fields are ignored, missing primitives refused. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .constructorDetector(ConstructorDetector.USE_PROPERTIES_BASED)
            .build();

    private Json() {}

    /** The mapper itself, for what is not covered here; do not reconfigure it. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Voltwin's own type cannot be written: " + value.getClass(), e);
        }
    }

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Voltwin's own type cannot be written: " + value.getClass(), e);
        }
    }

    /** Reads bytes; refused with {@code message.not_json} or {@code message.wrong_shape}. */
    public static <T> Outcome<T> read(byte[] bytes, Class<T> type) {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (IOException e) {
            return Outcome.refused(Failure.permanent(
                    "message.not_json", "The content is not JSON: " + firstLine(e) + ".", "Send a JSON document."));
        }
        if (node == null || node.isMissingNode()) {
            return Outcome.refused(
                    Failure.permanent("message.not_json", "The content is empty.", "Send a JSON document."));
        }
        return convert(node, type);
    }

    /** Reads a tree; refused with {@code message.wrong_shape}. */
    public static <T> Outcome<T> convert(JsonNode node, Class<T> type) {
        try {
            T value = MAPPER.treeToValue(node, type);
            if (value != null) {
                return Outcome.ok(value);
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return wrongShape(type, firstLine(e));
        }
        return wrongShape(type, "it is null");
    }

    private static <T> Outcome<T> wrongShape(Class<T> type, String detail) {
        return Outcome.refused(Failure.permanent(
                "message.wrong_shape",
                "The content is not a valid " + type.getSimpleName() + ": " + detail + ".",
                "Compare it with the message's JSON Schema."));
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end)).replaceAll("[.:]\\s*$", "");
    }
}
