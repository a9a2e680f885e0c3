package org.voltwin.cosim.fmi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The importer's own native part, src/main/c/importer, out of the class path. */
final class ImporterLibrary {
    static final SharedLibrary LOADED = load();

    private ImporterLibrary() {}

    /** Libraries can only be loaded from files; the file may go as soon as it is loaded. */
    private static SharedLibrary load() {
        try (InputStream content = ImporterLibrary.class.getResourceAsStream("/native/importer.so")) {
            if (content == null) {
                throw new IllegalStateException("native/importer.so is not in the class path: the build makes it");
            }
            Path file = Files.createTempFile("voltwin-importer-", ".so");
            try {
                Files.write(file, content.readAllBytes());
                return SharedLibrary.open("voltwin", file, System.err::println);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The importer's library cannot be written to a temporary file", e);
        }
    }
}
