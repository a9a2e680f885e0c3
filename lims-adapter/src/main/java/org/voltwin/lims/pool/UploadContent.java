package org.voltwin.lims.pool;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** A first look at the content of an upload that no run's inspection will see. */
final class UploadContent {
    private static final long LARGEST_CONNECTIONS_BYTES = 4L << 20;

    private UploadContent() {}

    static Optional<Failure> check(Path file) {
        String name = file.getFileName().toString();
        try {
            return LaboratoryStorage.isFmu(name) ? checkFmu(file, name) : checkConnections(file, name);
        } catch (IOException e) {
            return Optional.of(Failure.permanent(
                    "pool.unreadable",
                    "The upload " + name + " cannot be read: " + e.getMessage() + ".",
                    "Upload it again."));
        }
    }

    private static Optional<Failure> checkFmu(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry("modelDescription.xml") != null
                    ? Optional.empty()
                    : Optional.of(Failure.permanent(
                            "fmu.no_model_description",
                            "The upload " + name + " is a zip archive without modelDescription.xml.",
                            "Export the model again as an FMU."));
        } catch (ZipException e) {
            return Optional.of(Failure.permanent(
                    "fmu.not_a_zip",
                    "The upload " + name + " is not a zip archive, so it is not an FMU.",
                    "Export the model again as an FMU, and upload it in binary mode."));
        }
    }

    private static Optional<Failure> checkConnections(Path file, String name) throws IOException {
        if (Files.size(file) > LARGEST_CONNECTIONS_BYTES) {
            return Optional.of(Failure.permanent(
                    "connections.too_large",
                    "The upload " + name + " has more than 4 MiB.",
                    "Upload a connections file."));
        }
        return switch (Json.read(Files.readAllBytes(file), JsonNode.class)) {
            case Outcome.Ok<JsonNode> ok -> Optional.empty();
            case Outcome.Refused<JsonNode>(Failure failure) ->
                Optional.of(Failure.permanent(
                        "connections.not_json", "The upload " + name + ": " + failure.cause(), failure.remedy()));
        };
    }
}
