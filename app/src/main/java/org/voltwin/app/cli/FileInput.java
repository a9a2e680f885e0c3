package org.voltwin.app.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** Reads a problem from a YAML or JSON file. A key that is given twice is refused: one of the two would be forgotten. */
final class FileInput {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private FileInput() {}

    static <T> T read(Path file, Class<T> type) {
        return Json.convert(tree(file), type).orThrow();
    }

    static JsonNode tree(Path file) {
        try {
            return (file.toString().endsWith(".json") ? JSON : YAML).readTree(text(file));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw refused(
                    file
                            + (at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr())
                            + ": " + message(e) + ".",
                    "Correct it there. A name that ends with .json is read as JSON, any other as YAML of at most 3 MB.");
        }
    }

    static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new RefusedException(
                    Failure.permanent("input.missing", "There is no file " + file + ".", "Check the path."));
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw refused(file + " is not text in UTF-8.", "Save it as UTF-8.");
        } catch (IOException e) {
            throw refused(file + " cannot be read: " + e.getMessage() + ".", "Check the file and who may read it.");
        }
    }

    /** Without the extracts and the places in between, which the library indents or puts in brackets. */
    private static String message(JsonProcessingException e) {
        return e.getOriginalMessage()
                .replaceAll("\\[Source: .*?; (line: \\d+, column: \\d+)]", "$1")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
    }

    private static RefusedException refused(String cause, String remedy) {
        return new RefusedException(Failure.permanent("input.unreadable", cause, remedy));
    }
}
