package org.voltwin.cosim.worker;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
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

    /** Bytes of all files in a folder; what vanishes meanwhile does not count. */
    static long sizeBytes(Path folder) throws IOException {
        long[] size = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                size[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return size[0];
    }

    private static byte[] digest(Path file) throws IOException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
