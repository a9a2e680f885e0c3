package org.voltwin.cosim.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.voltwin.cosim.worker.SimulationPlan;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** input.csv: first column time in seconds, then one column per signal; a unit in brackets after a name is ignored. */
final class StimulusFile {
    private StimulusFile() {}

    static SimulationPlan.Stimuli read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw refused("is no text in UTF-8");
        }
        if (lines.size() < 2) {
            throw refused("has no rows");
        }
        List<String> names = Arrays.stream(lines.getFirst().split(",", -1))
                .map(name -> name.replaceAll("\\[.*]", "").replace("\"", "").strip())
                .toList();
        List<List<Double>> rows = new ArrayList<>();
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            List<Double> row = numbers(lines.get(i), i + 1);
            if (row.size() != names.size() || row.getFirst() < before) {
                throw refused("has in line " + (i + 1) + " another number of columns, or a time before the last one");
            }
            before = row.getFirst();
            rows.add(row);
        }
        return new SimulationPlan.Stimuli(names.subList(1, names.size()), rows);
    }

    private static List<Double> numbers(String line, int number) {
        try {
            return Arrays.stream(line.split(",", -1))
                    .map(text -> finite(text.strip()))
                    .toList();
        } catch (NumberFormatException e) {
            throw refused("has in line " + number + " something that is not a number: " + e.getMessage());
        }
    }

    private static double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    private static RefusedException refused(String what) {
        return new RefusedException(Failure.permanent(
                "stimulus.malformed",
                "input.csv " + what + ".",
                "Write a head line Time,<signal>,... and rows of numbers in ascending time."));
    }
}
