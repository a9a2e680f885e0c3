package org.voltwin.cosim.ssp;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What the files of one system structure are read from. */
interface Sources extends Closeable {
    /** Opens the file at a path as {@link SourceUri} gives it. */
    InputStream open(String path) throws IOException;

    /** The folder that a description is in; links that lead out of it are not followed. */
    static Sources folder(Path folder) throws IOException {
        Path real = folder.toRealPath();
        return new Sources() {
            @Override
            public InputStream open(String path) throws IOException {
                Path file = real.resolve(path);
                if (!Files.isRegularFile(file)) {
                    throw Refusal.malformed("There is no file " + path + ".");
                }
                if (!file.toRealPath().startsWith(real)) {
                    throw Refusal.malformed("The source '" + path + "' is not inside the package.");
                }
                return Files.newInputStream(file);
            }

            @Override
            public void close() {}
        };
    }

    /** An archive that is open for one file at a time only, because there may be thousands of them. */
    static Sources closedArchive(Path archive, int largest) {
        return new Sources() {
            @Override
            public InputStream open(String path) throws IOException {
                try (Sources opened = archive(archive);
                        InputStream in = opened.open(path)) {
                    return new ByteArrayInputStream(in.readNBytes(largest));
                }
            }

            @Override
            public void close() {}
        };
    }

    /** An archive, open until it is closed. */
    static Sources archive(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        return new Sources() {
            @Override
            public InputStream open(String path) throws IOException {
                ZipEntry entry = zip.getEntry(path);
                if (entry == null || entry.isDirectory()) {
                    throw Refusal.malformed("There is no entry " + path + " in the archive.");
                }
                return zip.getInputStream(entry);
            }

            @Override
            public void close() throws IOException {
                zip.close();
            }
        };
    }
}
