package org.voltwin.cosim.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/**
 * The connections file: objects with {@code InSignalReference} and {@code OutSignalReference}, in a list or wrapped in
 * whatever objects the tool that wrote it adds. A reference is {@code /FMU/Variable} or {@code /FMU/Variable/Variable}.
 * Our own additions: {@code Factor} and {@code Offset}, applied after the conversion of units, which {@code
 * ConvertUnits: false} leaves out.
 */
public final class ConnectionsFile {
    private static final List<String> NAMES = List.of("connections.json", "inter_connection.json");
    private static final long LARGEST = 4L << 20;
    private static final int DEEPEST = 20;

    private ConnectionsFile() {}

    public static boolean isName(String fileName) {
        return NAMES.contains(fileName);
    }

    /** The connections file of a folder. */
    public static Optional<Path> in(Path folder) {
        return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    /** Reads it; refused with {@code connections.malformed}. */
    public static Outcome<List<Connection>> read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                return malformed("has more than " + LARGEST + " bytes");
            }
            return switch (Json.read(Files.readAllBytes(file), JsonNode.class)) {
                case Outcome.Ok<JsonNode> ok -> collect(ok.value());
                case Outcome.Refused<JsonNode> refused ->
                    malformed("is not JSON: " + refused.failure().cause());
            };
        } catch (IOException e) {
            return malformed("cannot be read: " + e.getMessage());
        }
    }

    private static Outcome<List<Connection>> collect(JsonNode root) {
        List<Connection> found = new ArrayList<>();
        Optional<String> objection = collect(root, 0, found);
        if (objection.isPresent()) {
            return malformed(objection.get());
        }
        return found.isEmpty()
                ? malformed("holds no object with InSignalReference and OutSignalReference")
                : Outcome.ok(found);
    }

    private static Optional<String> collect(JsonNode node, int depth, List<Connection> found) {
        if (depth > DEEPEST) {
            return Optional.of("is nested deeper than " + DEEPEST + " levels");
        }
        JsonNode in = node.get("InSignalReference");
        JsonNode out = node.get("OutSignalReference");
        if (in != null || out != null) {
            if (in == null || out == null || !in.isTextual() || !out.isTextual()) {
                return Optional.of("has a connection without both references as text: " + shortened(node));
            }
            Optional<String[]> to = parts(in.asText());
            Optional<String[]> from = parts(out.asText());
            if (to.isEmpty() || from.isEmpty()) {
                return Optional.of("has a reference that is not /FMU/Variable: " + shortened(node));
            }
            JsonNode factor = node.path("Factor");
            JsonNode offset = node.path("Offset");
            boolean usable = (factor.isMissingNode() || factor.isNumber() && Double.isFinite(factor.asDouble()))
                    && (offset.isMissingNode() || offset.isNumber() && Double.isFinite(offset.asDouble()));
            if (!usable) {
                return Optional.of("has a Factor or Offset that is no finite number: " + shortened(node));
            }
            found.add(new Connection(
                    from.get()[0],
                    from.get()[1],
                    to.get()[0],
                    to.get()[1],
                    factor.asDouble(1),
                    offset.asDouble(0),
                    node.path("ConvertUnits").asBoolean(true)));
            return Optional.empty();
        }
        for (JsonNode child : node) {
            Optional<String> objection = collect(child, depth + 1, found);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    /** FMU and variable of a reference with two or three parts; of three, the last is the variable. */
    private static Optional<String[]> parts(String reference) {
        List<String> parts = Arrays.stream(
                        reference.strip().replaceFirst("^/", "").split("/", -1))
                .map(String::strip)
                .toList();
        boolean usable =
                (parts.size() == 2 || parts.size() == 3) && parts.stream().noneMatch(String::isEmpty);
        return usable ? Optional.of(new String[] {parts.getFirst(), parts.getLast()}) : Optional.empty();
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() > 120 ? text.substring(0, 120) + "..." : text;
    }

    private static <T> Outcome<T> malformed(String what) {
        return Outcome.refused(Failure.permanent(
                "connections.malformed",
                "The connections file " + what.replaceAll("\\.$", "") + ".",
                "Write a list of {\"InSignalReference\": \"/FMU/Input\", \"OutSignalReference\": \"/FMU/Output\"}."));
    }
}
