package org.voltwin.cosim.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import org.voltwin.model.procedure.Scenario;

/**
 * Designs of experiments. CSV: a head line of parameter names (a unit in brackets is ignored), then numbers. JSON: a
 * list, below {@code scenarios} or {@code runs} if it is in an object, of objects of numbers or of objects with {@code
 * parameters}. Scenarios are numbered from 1 unless {@code number} or {@code scenario} says otherwise.
 */
final class DesignFile {
    private static final long LARGEST = 64L << 20;
    private static final Set<String> NUMBER = Set.of("number", "scenario", "run");

    private DesignFile() {}

    static List<Scenario> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RefusedException(Failure.permanent(
                    "design.missing", "There is no design file " + file + ".", "Name a CSV or JSON file."));
        }
        if (Files.size(file) > LARGEST) {
            throw refused("has more than " + LARGEST + " bytes");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        List<Map<String, Double>> rows = text.startsWith("{") || text.startsWith("[")
                ? json(text)
                : csv(text.lines().toList());
        List<Scenario> scenarios = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        for (Map<String, Double> row : rows) {
            Map<String, Double> parameters = new TreeMap<>(row);
            int number = scenarios.size() + 1;
            for (String name : row.keySet()) {
                if (NUMBER.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    double said = row.getOrDefault(name, Double.NaN);
                    parameters.remove(name);
                    number = (int) said;
                    if (number != said || number < 0) {
                        throw refused("numbers a scenario " + said);
                    }
                }
            }
            if (!numbers.add(number)) {
                throw refused("has scenario " + number + " twice");
            }
            scenarios.add(new Scenario(number, parameters));
        }
        if (scenarios.isEmpty()) {
            throw refused("has no scenario");
        }
        return scenarios;
    }

    private static List<Map<String, Double>> json(String text) {
        JsonNode root =
                Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class).orThrow();
        JsonNode list = root.isArray() ? root : root.has("scenarios") ? root.get("scenarios") : root.path("runs");
        List<Map<String, Double>> rows = new ArrayList<>();
        for (JsonNode entry : list) {
            if (!entry.isObject()
                    || entry.has("parameters") && !entry.get("parameters").isObject()) {
                throw refused("has a scenario that is no object of numbers");
            }
            Map<String, Double> row = new TreeMap<>();
            for (Map.Entry<String, JsonNode> field : entry.properties()) {
                if (field.getKey().equals("parameters")) {
                    field.getValue().properties().forEach(each -> number(row, each));
                } else {
                    number(row, field);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static void number(Map<String, Double> row, Map.Entry<String, JsonNode> field) {
        if (!field.getValue().isNumber() || !Double.isFinite(field.getValue().asDouble())) {
            throw refused("gives " + field.getKey() + " the value " + field.getValue() + ", which is no number");
        }
        row.put(field.getKey(), field.getValue().asDouble());
    }

    private static List<Map<String, Double>> csv(List<String> lines) {
        List<Map<String, Double>> rows = new ArrayList<>();
        if (lines.isEmpty()) {
            return rows;
        }
        List<String> names = Arrays.stream(lines.getFirst().split(",", -1))
                .map(name -> name.replaceAll("\\[.*]", "").replace("\"", "").strip())
                .toList();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            String[] cells = lines.get(i).split(",", -1);
            if (cells.length != names.size()) {
                throw refused("has " + cells.length + " columns instead of " + names.size() + " in line " + (i + 1));
            }
            Map<String, Double> row = new TreeMap<>();
            for (int c = 0; c < cells.length; c++) {
                try {
                    double number = Double.parseDouble(cells[c].strip());
                    if (!Double.isFinite(number)) {
                        throw new NumberFormatException(cells[c]);
                    }
                    row.put(names.get(c), number);
                } catch (NumberFormatException e) {
                    throw refused("has '" + cells[c] + "' in line " + (i + 1) + ", which is no number");
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static RefusedException refused(String what) {
        return new RefusedException(Failure.permanent(
                "design.malformed",
                "The design " + what + ".",
                "Write a head line of parameters and a line of numbers per scenario, or a JSON list of objects."));
    }
}
