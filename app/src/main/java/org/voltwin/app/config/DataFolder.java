package org.voltwin.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Everything the platform keeps on one machine. Only its owner may look into it.
 *
 * @param root absolute path
 */
public record DataFolder(Path root) {
    /** The folder, made when it is not there. */
    public static DataFolder at(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            DataFolder folder = new DataFolder(root);
            for (Path part : new Path[] {folder.logs(), folder.config(), folder.run()}) {
                Files.createDirectories(part);
            }
            return folder;
        } catch (IOException e) {
            throw new RefusedException(Failure.permanent(
                    "data.not_writable",
                    "The data folder " + root + " cannot be used: " + e.getMessage() + ".",
                    "Give another one with --data."));
        }
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path config() {
        return root.resolve("config");
    }

    public Path run() {
        return root.resolve("run");
    }

    /** The folder of one component. */
    public Path of(String component) {
        try {
            return Files.createDirectories(root.resolve(component));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that only the owner reads, all or nothing. */
    public static Path writePrivately(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(
                    file.getParent(),
                    file.getFileName().toString(),
                    ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(part, content);
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
