package org.voltwin.cosim.library;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.voltwin.cosim.check.ConnectionsFile;
import org.voltwin.cosim.check.FmuCheck;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.ModelInspector.Finding;

/** The models exchange over HTTP: browse and download for all, upload and delete for those who make models. */
public final class ModelEndpoints {
    private static final Set<Role> READERS =
            Set.of(Role.VIEWER, Role.TEST_ENGINEER, Role.MODEL_AUTHOR, Role.LAB_ADMIN, Role.SERVICE);
    private static final Set<Role> WRITERS = Set.of(Role.MODEL_AUTHOR, Role.LAB_ADMIN);
    private static final long LARGEST_UPLOAD = 64L << 20;
    /** area/level/generation/kind/file at least; below that only the fixed folders are. */
    private static final int SHALLOWEST_FILE = 5;

    private final ModelsFolder models;
    private final AuditLog audit;

    public ModelEndpoints(ModelsFolder models, AuditLog audit) {
        this.models = models;
        this.audit = audit;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "GET", "/api/models", false, READERS, "The top folders of the models exchange.", this::top),
                new Endpoint(
                        "GET",
                        "/api/models/{path*}",
                        false,
                        READERS,
                        "A folder's listing, or a file, of the models exchange.",
                        this::get),
                new Endpoint(
                        "PUT",
                        "/api/models/{path*}",
                        false,
                        WRITERS,
                        "Uploads an FMU or a connections file; it is checked first.",
                        this::put),
                new Endpoint(
                        "DELETE",
                        "/api/models/{path*}",
                        false,
                        WRITERS,
                        "Deletes a file of the exchange.",
                        this::delete));
    }

    private Reply top(Request request) throws IOException {
        return listing(models.resolve(""));
    }

    private Reply get(Request request) throws IOException {
        Path path = models.resolve(request.path("path"));
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return listing(path);
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return notFound(request);
        }
        audit.write(request.caller(), "download", models.relative(path));
        String name = String.valueOf(path.getFileName());
        String type = name.endsWith(".json") ? "application/json" : "application/octet-stream";
        return new Reply.Content(type, name, Files.readAllBytes(path));
    }

    private Reply listing(Path folder) throws IOException {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("path", models.relative(folder));
        ArrayNode items = body.putArray("items");
        List<Path> children;
        try (Stream<Path> all = Files.list(folder)) {
            children = all.filter(child -> !child.toString().endsWith(".part"))
                    .sorted()
                    .toList();
        }
        for (Path child : children) {
            ObjectNode item = items.addObject();
            boolean isFolder = Files.isDirectory(child);
            item.put("name", String.valueOf(child.getFileName()));
            item.put("path", models.relative(child));
            item.put("type", isFolder ? "folder" : "file");
            item.put("modifiedAt", Files.getLastModifiedTime(child).toInstant().toString());
            if (!isFolder) {
                item.put("sizeBytes", Files.size(child));
                item.put("sha256", ModelsFolder.sha256(child));
                if (child.toString().toLowerCase(Locale.ROOT).endsWith(".fmu")) {
                    ObjectNode facts = item.putObject("fmu");
                    FmuFacts.of(child).forEach(facts::put);
                }
            }
        }
        return Reply.ok(body);
    }

    private Reply put(Request request) throws IOException {
        Path path = models.resolve(request.path("path"));
        Optional<Failure> objection = objectionToPlace(path, request.body().length);
        if (objection.isPresent()) {
            return new Reply.Problem(400, objection.get());
        }
        Path checked = Files.createTempDirectory("voltwin-upload-");
        try {
            Path copy = checked.resolve(String.valueOf(path.getFileName()));
            Files.write(copy, request.body());
            Optional<Failure> error = objectionToContent(copy, request.body());
            if (error.isPresent()) {
                audit.write(request.caller(), "upload refused (" + error.get().code() + ")", models.relative(path));
                return new Reply.Problem(400, error.get());
            }
            boolean replaced = Files.exists(path);
            Files.createDirectories(path.getParent());
            Path part = path.resolveSibling(path.getFileName() + ".part");
            Files.copy(copy, part, StandardCopyOption.REPLACE_EXISTING);
            audit.write(request.caller(), replaced ? "replace" : "upload", models.relative(path));
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            ObjectNode body = Json.mapper().createObjectNode();
            body.put("path", models.relative(path));
            body.put("sha256", ModelsFolder.sha256(path));
            return new Reply.Document(replaced ? 200 : 201, body);
        } finally {
            try (Stream<Path> all = Files.list(checked)) {
                for (Path file : all.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(checked);
        }
    }

    private static Optional<Failure> objectionToContent(Path copy, byte[] body) {
        if (copy.endsWith(ModelCard.FILE)) {
            return ModelCard.read(body) instanceof Outcome.Refused<ModelCard> refused
                    ? Optional.of(refused.failure())
                    : Optional.empty();
        }
        return FmuCheck.check(List.of(copy)).stream()
                .filter(Finding::error)
                .findFirst()
                .map(error -> Failure.permanent(error.code(), error.place() + ": " + error.cause(), error.remedy()));
    }

    private Optional<Failure> objectionToPlace(Path path, long size) {
        String name = String.valueOf(path.getFileName());
        List<String> segments = List.of(models.relative(path).split("/"));
        boolean placed = segments.size() >= SHALLOWEST_FILE
                && ModelsFolder.AREAS.contains(segments.get(0))
                && Set.of("cell", "module", "pack").contains(segments.get(1))
                && Set.of("gen3b", "solid-state").contains(segments.get(2))
                && ModelsFolder.KINDS.contains(segments.get(3));
        boolean typed = name.toLowerCase(Locale.ROOT).endsWith(".fmu")
                || ConnectionsFile.isName(name)
                || name.equals(ModelCard.FILE) && segments.size() > SHALLOWEST_FILE;
        boolean folderNamed = segments.size() == SHALLOWEST_FILE
                || placed && ModelName.parse(segments.get(4)).isPresent();
        if (!placed || !typed || !folderNamed || Files.isDirectory(path)) {
            return Optional.of(Failure.permanent(
                    "models.bad_place",
                    "'" + models.relative(path) + "' is not a place for a model.",
                    "Upload .fmu files, connections.json and model.json to {performance-ageing|safety-reliability}/"
                            + "{cell|module|pack}/{gen3b|solid-state}/{physics-based|data-driven}/, a coupled model"
                            + " into a folder <Model>_<version> below it."));
        }
        if (size == 0 || size > LARGEST_UPLOAD) {
            return Optional.of(Failure.permanent(
                    "models.bad_size",
                    "The upload has " + size + " bytes.",
                    "Send the file as the body, at most " + LARGEST_UPLOAD + " bytes."));
        }
        return Optional.empty();
    }

    private Reply delete(Request request) throws IOException {
        Path path = models.resolve(request.path("path"));
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return notFound(request);
        }
        audit.write(request.caller(), "delete", models.relative(path));
        Files.delete(path);
        Path folder = path.resolveSibling("");
        try (Stream<Path> rest = Files.list(folder)) {
            if (rest.findAny().isEmpty()
                    && ModelName.parse(String.valueOf(folder.getFileName())).isPresent()) {
                Files.delete(folder);
            }
        }
        return new Reply.Empty();
    }

    private static Reply notFound(Request request) {
        return new Reply.Problem(
                404,
                Failure.permanent(
                        "models.not_found",
                        "The models exchange has no '" + request.path("path") + "'.",
                        "Look at the listing of the folder above it."));
    }
}
