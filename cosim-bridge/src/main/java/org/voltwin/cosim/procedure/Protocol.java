package org.voltwin.cosim.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/**
 * A procedure that a user wrote: the open Unicycler form (a JSON object), or a step matrix (a JSON array of rows of 8
 * numbers, the columns of the cycler's {@code Procedure}, or of 16, those of {@code Procedure_Ends} behind them).
 *
 * @param limits values of the cycler's limits and of its nominal capacity, by parameter
 * @param sampleIntervalSeconds distance of two samples; 0 when the file does not say
 */
public record Protocol(StepMatrix matrix, Map<String, List<Double>> limits, double sampleIntervalSeconds) {
    public Protocol {
        limits = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    }

    /** Reads a file; refused with {@code procedure.*}, naming the step. */
    public static Protocol read(Path file) throws IOException {
        JsonNode root = Json.read(Files.readAllBytes(file), JsonNode.class).orThrow();
        return read(root);
    }

    /** Reads a document; refused with {@code procedure.*}, naming the step. */
    public static Protocol read(JsonNode root) {
        if (root.isArray()) {
            return new Protocol(MatrixForm.read(root), Map.of(), 0);
        }
        if (root.has("method")) {
            return UnicyclerForm.read(root);
        }
        throw new RefusedException(Failure.permanent(
                "procedure.unknown_form",
                "The procedure is neither an array of rows nor a document with a 'method'.",
                "Give a Unicycler protocol, or rows of 8 or 16 numbers."));
    }

    /** Everything the cycler needs, by parameter. */
    public Map<String, List<Double>> parameters() {
        Map<String, List<Double>> all = new LinkedHashMap<>(matrix.parameters());
        all.putAll(limits);
        return all;
    }
}
