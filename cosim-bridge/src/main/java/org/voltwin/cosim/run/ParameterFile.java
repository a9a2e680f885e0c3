package org.voltwin.cosim.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/**
 * parameters.json: an object whose values are numbers, truths, texts, or lists of them (of lists, row by row), by
 * variable or {@code /FMU/Variable}.
 */
record ParameterFile(Map<String, List<Double>> numbers, Map<String, List<String>> texts) {
    static final ParameterFile EMPTY = new ParameterFile(Map.of(), Map.of());

    private static final long LARGEST = 64L << 20;

    /** Refused with {@code parameter.malformed} or {@code parameter.not_a_number}. */
    static ParameterFile read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw malformed("has more than " + LARGEST + " bytes");
        }
        JsonNode root = Json.read(Files.readAllBytes(file), JsonNode.class).orThrow();
        if (!root.isObject()) {
            throw malformed("holds no object");
        }
        Map<String, List<Double>> numbers = new TreeMap<>();
        Map<String, List<String>> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            List<JsonNode> values = new ArrayList<>();
            collect(entry.getValue(), values);
            if (!values.isEmpty() && values.stream().allMatch(JsonNode::isTextual)) {
                texts.put(
                        entry.getKey(), values.stream().map(JsonNode::textValue).toList());
            } else {
                numbers.put(
                        entry.getKey(),
                        values.stream()
                                .map(value -> number(entry.getKey(), value))
                                .toList());
            }
        }
        return new ParameterFile(numbers, texts);
    }

    private static void collect(JsonNode node, List<JsonNode> values) {
        if (node.isArray()) {
            node.forEach(child -> collect(child, values));
        } else {
            values.add(node);
        }
    }

    private static double number(String name, JsonNode value) {
        double number = value.isBoolean() ? value.booleanValue() ? 1 : 0 : value.asDouble();
        if (!value.isBoolean() && !value.isNumber() || !Double.isFinite(number)) {
            throw new RefusedException(Failure.permanent(
                    "parameter.not_a_number",
                    "parameters.json gives " + name + " the value " + value + ".",
                    "Give a finite number or a list of them, or texts alone where the parameter is a string."));
        }
        return number;
    }

    private static RefusedException malformed(String what) {
        return new RefusedException(Failure.permanent(
                "parameter.malformed",
                "parameters.json " + what + ".",
                "Write an object of numbers by parameter: {\"Initial_SoC\": 0.9}."));
    }

    /** Together with others, which it takes precedence over. */
    ParameterFile over(Map<String, List<Double>> others) {
        Map<String, List<Double>> all = new TreeMap<>(others);
        texts.keySet().forEach(all::remove);
        all.putAll(numbers);
        return new ParameterFile(all, texts);
    }
}
