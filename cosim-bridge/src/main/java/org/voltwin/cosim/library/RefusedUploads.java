package org.voltwin.cosim.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/**
 * Uploads that the check refused, kept aside with the reason: each a folder with {@code content} and {@code
 * refusal.json}. The oldest go when there are too many.
 */
final class RefusedUploads {
    private static final int MOST = 50;
    private static final String CONTENT = "content";
    private static final String REFUSAL = "refusal.json";
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final Path folder;

    /** Why, and what was refused. */
    record Refusal(
            String id,
            Instant at,
            String who,
            String door,
            String path,
            long sizeBytes,
            String sha256,
            String code,
            String cause,
            String remedy) {}

    RefusedUploads(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    synchronized void keep(Refusal refusal, Path content) throws IOException {
        Path place = Files.createDirectories(folder.resolve(refusal.id()));
        Files.copy(content, place.resolve(CONTENT), StandardCopyOption.REPLACE_EXISTING);
        Files.write(place.resolve(REFUSAL), Json.bytes(refusal));
        List<Refusal> all = list();
        for (Refusal old : all.subList(Math.min(MOST, all.size()), all.size())) {
            remove(old.id());
        }
    }

    /** The newest first. */
    synchronized List<Refusal> list() throws IOException {
        List<Refusal> all = new ArrayList<>();
        try (Stream<Path> places = Files.list(folder)) {
            for (Path place : places.toList()) {
                Path file = place.resolve(REFUSAL);
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Json.read(Files.readAllBytes(file), Refusal.class) instanceof Outcome.Ok<Refusal> ok) {
                    all.add(ok.value());
                }
            }
        }
        all.sort(Comparator.comparing(Refusal::at).reversed());
        return all;
    }

    /** What was refused; empty when it is not here any more. */
    Optional<Path> content(String id) {
        return Optional.of(id)
                .filter(known -> ID.matcher(known).matches())
                .map(known -> folder.resolve(known).resolve(CONTENT))
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }

    /** @return false when it was not here */
    synchronized boolean remove(String id) throws IOException {
        if (content(id).isEmpty()) {
            return false;
        }
        Path place = folder.resolve(id);
        Files.deleteIfExists(place.resolve(REFUSAL));
        Files.deleteIfExists(place.resolve(CONTENT));
        Files.delete(place);
        return true;
    }
}
