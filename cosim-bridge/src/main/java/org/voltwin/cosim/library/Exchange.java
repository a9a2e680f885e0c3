package org.voltwin.cosim.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.voltwin.cosim.check.FmuCheck;
import org.voltwin.cosim.library.AuditLog.Entry;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Changes;
import org.voltwin.model.http.Role;
import org.voltwin.model.port.ModelInspector.Finding;

/**
 * What people do in the models exchange, whichever door they come through: the same rights, the same checks, the same
 * log. Nothing appears in the exchange before it has been checked; what is refused is kept aside.
 */
public final class Exchange {
    static final Set<Role> READERS =
            Set.of(Role.VIEWER, Role.TEST_ENGINEER, Role.MODEL_AUTHOR, Role.LAB_ADMIN, Role.SERVICE);
    static final Set<Role> WRITERS = Set.of(Role.MODEL_AUTHOR, Role.LAB_ADMIN);

    private final ModelsFolder models;
    private final AuditLog audit;
    private final RefusedUploads refused;
    private final Changes<Entry> changes = new Changes<>();

    /** What became of an upload. */
    record Stored(String path, String sha256, boolean replaced) {}

    /** @param refused folder for uploads that are refused, outside of the exchange */
    public Exchange(ModelsFolder models, AuditLog audit, Path refused) throws IOException {
        this.models = models;
        this.audit = audit;
        this.refused = new RefusedUploads(refused);
    }

    ModelsFolder models() {
        return models;
    }

    AuditLog audit() {
        return audit;
    }

    RefusedUploads refused() {
        return refused;
    }

    /** Told of every deed that changes what is to be seen. */
    Changes<Entry> changes() {
        return changes;
    }

    static boolean mayRead(Caller caller) {
        return caller.roles().stream().anyMatch(READERS::contains);
    }

    static boolean mayWrite(Caller caller) {
        return caller.roles().stream().anyMatch(WRITERS::contains);
    }

    /** Checks and stores; {@code content} stays the caller's. */
    Outcome<Stored> put(Caller caller, Door door, String wanted, Path content) throws IOException {
        if (!mayWrite(caller)) {
            return Outcome.refused(forbidden(caller));
        }
        Path path = models.resolve(wanted);
        Optional<Failure> objection = UploadRules.objectionToPlace(models, path, Files.size(content));
        if (objection.isEmpty()) {
            objection = checked(content, String.valueOf(path.getFileName()));
        }
        if (objection.isPresent()) {
            return refuse(caller, door, path, content, objection.get());
        }
        return Outcome.ok(publish(caller, door, path, content));
    }

    private synchronized Stored publish(Caller caller, Door door, Path path, Path content) throws IOException {
        boolean replaced = Files.exists(path);
        Files.createDirectories(path.getParent());
        Path part = path.resolveSibling(path.getFileName() + ".part");
        Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        Entry entry = audit.write(caller, door, replaced ? "replace" : "upload", models.relative(path), part);
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        changes.tell(entry);
        return new Stored(entry.path(), String.valueOf(entry.sha256()), replaced);
    }

    private Outcome<Stored> refuse(Caller caller, Door door, Path path, Path content, Failure failure)
            throws IOException {
        Entry entry = audit.write(caller, door, "refuse", models.relative(path), failure.code());
        refused.keep(
                new RefusedUploads.Refusal(
                        RefusedUploads.newId(),
                        entry.at(),
                        caller.name(),
                        door.id(),
                        entry.path(),
                        Files.size(content),
                        ModelsFolder.sha256(content),
                        failure.code(),
                        failure.cause(),
                        failure.remedy()),
                content);
        changes.tell(entry);
        return Outcome.refused(failure);
    }

    /** A check knows files by their names, so it gets a copy that has it. */
    private static Optional<Failure> checked(Path content, String name) throws IOException {
        Path folder = Files.createTempDirectory("voltwin-upload-");
        Path copy = folder.resolve(name);
        try {
            Files.copy(content, copy);
            if (name.equals(ModelCard.FILE)) {
                return ModelCard.read(Files.readAllBytes(copy)) instanceof Outcome.Refused<ModelCard> bad
                        ? Optional.of(bad.failure())
                        : Optional.empty();
            }
            return FmuCheck.check(List.of(copy)).stream()
                    .filter(Finding::error)
                    .findFirst()
                    .map(error ->
                            Failure.permanent(error.code(), error.place() + ": " + error.cause(), error.remedy()));
        } finally {
            Files.deleteIfExists(copy);
            Files.delete(folder);
        }
    }

    /** The file to send; the reading is logged. Throws {@link RefusedException} with {@code models.not_found}. */
    Path get(Caller caller, Door door, String wanted) throws IOException {
        Path path = existing(wanted);
        audit.write(caller, door, "download", models.relative(path), path);
        return path;
    }

    /** Removes a file, and a coupled model's folder with its last file. */
    Outcome<Entry> delete(Caller caller, Door door, String wanted) throws IOException {
        if (!mayWrite(caller)) {
            return Outcome.refused(forbidden(caller));
        }
        return Outcome.ok(deleteFile(caller, door, existing(wanted)));
    }

    private synchronized Entry deleteFile(Caller caller, Door door, Path path) throws IOException {
        Entry entry = audit.write(caller, door, "delete", models.relative(path), path);
        Files.delete(path);
        Path folder = path.resolveSibling("");
        if (isModelFolder(folder) && isEmpty(folder)) {
            Files.delete(folder);
        }
        changes.tell(entry);
        return entry;
    }

    /** Makes a coupled model's folder, for clients that make folders before they fill them; nothing where it is there. */
    Outcome<String> makeFolder(Caller caller, Door door, String wanted) throws IOException {
        if (!mayWrite(caller)) {
            return Outcome.refused(forbidden(caller));
        }
        Path folder = models.resolve(wanted);
        if (Files.isDirectory(folder)) {
            return Outcome.ok(models.relative(folder));
        }
        Optional<Failure> objection = UploadRules.objectionToPlace(models, folder.resolve(ModelCard.FILE), 1);
        if (objection.isPresent()) {
            return Outcome.refused(objection.get());
        }
        Entry entry = audit.write(caller, door, "folder", models.relative(folder), (String) null);
        Files.createDirectories(folder);
        changes.tell(entry);
        return Outcome.ok(entry.path());
    }

    /** Removes a coupled model's folder when it is empty. */
    synchronized Outcome<String> removeFolder(Caller caller, Door door, String wanted) throws IOException {
        if (!mayWrite(caller)) {
            return Outcome.refused(forbidden(caller));
        }
        Path folder = models.resolve(wanted);
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !(isModelFolder(folder) && isEmpty(folder))) {
            return Outcome.refused(Failure.permanent(
                    "models.folder_in_use",
                    "The folder '" + models.relative(folder) + "' is not empty, or belongs to the exchange itself.",
                    "Delete its files first; the folders of areas, levels, generations and kinds stay."));
        }
        if (Files.deleteIfExists(folder)) {
            changes.tell(audit.write(caller, door, "delete", models.relative(folder), (String) null));
        }
        return Outcome.ok(models.relative(folder));
    }

    private static boolean isModelFolder(Path folder) {
        return ModelName.parse(String.valueOf(folder.getFileName())).isPresent();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> rest = Files.list(folder)) {
            return rest.findAny().isEmpty();
        }
    }

    private Path existing(String wanted) {
        Path path = models.resolve(wanted);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(notFound(wanted));
        }
        return path;
    }

    static Failure notFound(String wanted) {
        return Failure.permanent(
                "models.not_found",
                "The models exchange has no '" + wanted + "'.",
                "Look at the listing of the folder above it.");
    }

    private static Failure forbidden(Caller caller) {
        return Failure.permanent(
                "models.forbidden",
                caller.name() + " may read models, and change none.",
                "Ask a lab administrator for the role model-author.");
    }
}
