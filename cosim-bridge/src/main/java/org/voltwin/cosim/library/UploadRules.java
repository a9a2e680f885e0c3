package org.voltwin.cosim.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.voltwin.cosim.check.ConnectionsFile;
import org.voltwin.model.failure.Failure;

/** Where in the exchange which files may lie. */
final class UploadRules {
    private static final long LARGEST_UPLOAD = 64L << 20;
    /** area/level/generation/kind/file at least; below that only the fixed folders are. */
    private static final int SHALLOWEST_FILE = 5;

    private static final String FMU = ".fmu";

    private UploadRules() {}

    /** @param size of the upload, bytes */
    static Optional<Failure> objectionToPlace(ModelsFolder models, Path path, long size) {
        String name = String.valueOf(path.getFileName());
        List<String> segments = List.of(models.relative(path).split("/"));
        boolean placed = segments.size() >= SHALLOWEST_FILE
                && ModelsFolder.AREAS.contains(segments.get(0))
                && Set.of("cell", "module", "pack").contains(segments.get(1))
                && Set.of("gen3b", "solid-state").contains(segments.get(2))
                && ModelsFolder.KINDS.contains(segments.get(3));
        boolean named = segments.size() == SHALLOWEST_FILE ? isShared(name) : isOfModel(segments, name);
        if (!placed || !named || Files.isDirectory(path)) {
            return Optional.of(Failure.permanent(
                    "models.bad_place",
                    "'" + models.relative(path) + "' is not a place for a model.",
                    "Upload to {performance-ageing|safety-reliability}/{cell|module|pack}/{gen3b|solid-state}/"
                            + "{physics-based|data-driven}/: a single model as <TestName>_<version>.fmu, the .fmu files,"
                            + " connections.json and model.json of a coupled one into a folder <Model>_<version>; versions"
                            + " are numbers with dots."));
        }
        if (size == 0 || size > LARGEST_UPLOAD) {
            return Optional.of(Failure.permanent(
                    "models.bad_size",
                    "The upload has " + size + " bytes.",
                    "Send the file as the body, at most " + LARGEST_UPLOAD + " bytes."));
        }
        return Optional.empty();
    }

    /** D5.3's TestName_testVersion.fmu. */
    private static boolean isShared(String name) {
        return isFmu(name)
                && ModelName.parse(name.substring(0, name.length() - FMU.length()))
                        .isPresent();
    }

    private static boolean isOfModel(List<String> segments, String name) {
        return segments.size() == SHALLOWEST_FILE + 1
                && ModelName.parse(segments.get(SHALLOWEST_FILE - 1)).isPresent()
                && (isFmu(name) || ConnectionsFile.isName(name) || name.equals(ModelCard.FILE));
    }

    private static boolean isFmu(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(FMU);
    }
}
