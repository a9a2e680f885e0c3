package org.voltwin.cosim.check.binary;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where this machine's loader looks for libraries (ld.so(8)); a worker has no LD_LIBRARY_PATH. */
final class LoaderPaths {
    private static final List<String> USUAL =
            List.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib");
    private static final int DEEPEST = 8;

    private final Set<Path> folders = new LinkedHashSet<>();

    LoaderPaths() {
        configured(Path.of("/etc/ld.so.conf"), 0);
        USUAL.forEach(folder -> folders.add(Path.of(folder)));
    }

    private void configured(Path file, int depth) {
        List<String> lines;
        try {
            lines = Files.isRegularFile(file) && depth < DEEPEST ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return; // what the loader's configuration hides is looked for in the usual places only
        }
        for (String line : lines) {
            String text = line.replaceFirst("#.*", "").strip();
            if (text.startsWith("include ")) {
                included(text.substring("include ".length()).strip(), depth);
            } else if (text.startsWith("/")) {
                folders.add(Path.of(text));
            }
        }
    }

    private void included(String pattern, int depth) {
        Path place = Path.of("/etc").resolve(pattern);
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> matches =
                Files.newDirectoryStream(place.resolveSibling(""), String.valueOf(place.getFileName()))) {
            matches.forEach(files::add);
        } catch (IOException e) {
            return; // as above
        }
        files.sort(null);
        files.forEach(file -> configured(file, depth + 1));
    }

    /** The library that a needed name leads to. */
    Optional<Path> find(String name, List<Path> ownFolders) {
        if (name.contains("/")) {
            return Optional.of(Path.of(name)).filter(Files::isRegularFile);
        }
        List<Path> all = new ArrayList<>(ownFolders);
        all.addAll(folders);
        return all.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
