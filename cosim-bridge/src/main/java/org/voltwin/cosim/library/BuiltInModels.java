package org.voltwin.cosim.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The models this room's build compiled, listed in models.index. */
final class BuiltInModels {
    private static final String INDEX = "/models.index";
    private static final String PREFIX = "models/";

    private BuiltInModels() {}

    /** Writes those that are absent; a file that is there is never touched. */
    static void install(Path root) throws IOException {
        try (InputStream index = BuiltInModels.class.getResourceAsStream(INDEX)) {
            if (index == null) {
                throw new IOException("The class path has no " + INDEX + ": was the room built with its FMUs?");
            }
            for (String line : new String(index.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank()) {
                    install(root.resolve(line.substring(PREFIX.length())), "/" + line);
                }
            }
        }
    }

    private static void install(Path target, String resource) throws IOException {
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(target.getParent());
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (InputStream content = BuiltInModels.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IOException("The class path has no " + resource);
            }
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
