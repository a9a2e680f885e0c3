package org.voltwin.app.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Files below one folder of the class path; what was read once is kept, what is not there is not. */
final class ClassPathFiles {
    private static final Pattern PLAIN = Pattern.compile("[\\w@-][\\w.@-]*(/[\\w@-][\\w.@-]*)*");

    private final String root;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /**
     * @param root class path folder, without slashes at its ends
     */
    ClassPathFiles(String root) {
        this.root = root;
    }

    /** A file by its path below the folder; empty for everything that is no plain path of a file there. */
    Optional<byte[]> read(String path) {
        if (!path.contains(".") || !PLAIN.matcher(path).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(files.get(path)).or(() -> load(path));
    }

    private Optional<byte[]> load(String path) {
        try (InputStream in = ClassPathFiles.class.getClassLoader().getResourceAsStream(root + "/" + path)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] content = in.readAllBytes();
            files.put(path, content);
            return Optional.of(content);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
