package org.voltwin.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** Reads a problem from a YAML or JSON file (JSON is YAML too). */
final class FileInput {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private FileInput() {}

    static <T> T read(Path file, Class<T> type) {
        return Json.convert(tree(file), type).orThrow();
    }

    static JsonNode tree(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new RefusedException(
                    Failure.permanent("input.missing", "There is no file " + file + ".", "Check the path."));
        }
        JsonNode tree;
        try {
            tree = YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new RefusedException(Failure.permanent(
                    "input.unreadable", file + " is neither YAML nor JSON: " + e.getMessage(), "Correct the file."));
        }
        return tree;
    }
}
