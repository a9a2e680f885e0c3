package org.voltwin.cosim.ssp;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.voltwin.cosim.check.XmlFile;
import org.w3c.dom.Element;

/**
 * Everything that is read for one system structure, with limits on all of it together: files, and elements of systems
 * that are made. Archives within the archive are opened too.
 */
final class PackageFiles implements Closeable {
    private static final long MOST_XML = 64L << 20;
    private static final long LARGEST_FILE = 256L << 20;
    private static final long MOST_BYTES = 2L << 30;
    private static final int MOST_ELEMENTS = 10_000;
    private static final int MOST_VALUES = 1_000_000;

    /** Where a path counts. */
    record Place(Sources sources, String folder) {
        SourceUri uri(String source) {
            return SourceUri.parse(source, folder);
        }
    }

    private record Key(Sources sources, String path) {}

    private final Deque<Closeable> open = new ArrayDeque<>();
    private final Map<Key, Element> documents = new HashMap<>();
    private final Map<Key, Sources> archives = new HashMap<>();
    private long xml;
    private long bytes;
    private int elements;
    private int values;

    /** Closed with this. */
    Sources keep(Sources sources) {
        open.push(sources);
        return sources;
    }

    /** The root element of a file; read once. */
    Element document(Sources sources, String path) throws IOException {
        Key key = new Key(sources, path);
        Element known = documents.get(key);
        if (known != null) {
            return known;
        }
        try (InputStream in = sources.open(path)) {
            byte[] content = in.readNBytes((int) (MOST_XML - xml + 1));
            xml += content.length;
            if (xml > MOST_XML) {
                throw Refusal.malformed("The package has more than " + MOST_XML + " bytes of XML, at " + path + ".");
            }
            Element root = XmlFile.parse(content);
            documents.put(key, root);
            return root;
        } catch (IOException e) {
            throw Refusal.malformed(path + " " + e.getMessage() + ".");
        }
    }

    /** An archive that is a file of others; opened once. */
    Sources archive(Sources sources, String path) throws IOException {
        Key key = new Key(sources, path);
        Sources known = archives.get(key);
        if (known != null) {
            return known;
        }
        Path copy = Files.createTempFile("voltwin-ssp-", ".zip");
        open.push(() -> Files.delete(copy));
        copy(sources, path, copy);
        Sources archive = keep(Sources.archive(copy));
        archives.put(key, archive);
        return archive;
    }

    /** What is inside an FMU. */
    Sources fmu(Path file) {
        return Sources.closedArchive(file, (int) MOST_XML + 1);
    }

    /** Copies a file to where it shall be. */
    void copy(Sources sources, String path, Path target) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long written = 0;
        try (InputStream in = sources.open(path);
                OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                written += read;
                bytes += read;
                if (written > LARGEST_FILE || bytes > MOST_BYTES) {
                    throw Refusal.malformed("The package unpacks to more than is allowed, at " + path + ".");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    void countElement() {
        if (++elements > MOST_ELEMENTS) {
            throw Refusal.malformed("There are more than " + MOST_ELEMENTS + " elements in all systems together.");
        }
    }

    void countValues(int more) {
        values += more;
        if (values > MOST_VALUES) {
            throw Refusal.malformed("Parameter bindings give more than " + MOST_VALUES + " values.");
        }
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
