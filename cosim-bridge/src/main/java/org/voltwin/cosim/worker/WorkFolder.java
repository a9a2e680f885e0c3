package org.voltwin.cosim.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A simulation's own folder: no two share files. */
final class WorkFolder {
    private WorkFolder() {}

    /** Empties the folder and copies the models into its {@code fmus}; every copy is compared with its source. */
    static Path prepare(Path folder, Path models) throws IOException {
        delete(folder);
        Path copies = Files.createDirectories(folder.resolve("fmus"));
        List<Path> files;
        try (Stream<Path> all = Files.list(models)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = copies.resolve(String.valueOf(file.getFileName()));
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            if (!Arrays.equals(digest(file), digest(copy))) {
                throw new IOException("The copy of " + file.getFileName() + " differs from its source");
            }
        }
        return copies;
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    private static byte[] digest(Path file) throws IOException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
