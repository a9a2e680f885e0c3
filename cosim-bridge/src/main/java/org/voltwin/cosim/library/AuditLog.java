package org.voltwin.cosim.library;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Caller;
import org.voltwin.model.json.Json;

/** Who did what in the models exchange: a JSON line per deed, on disk before the deed is answered. */
public final class AuditLog {
    private final Path file;
    private final Clock clock;

    /**
     * A deed.
     *
     * @param who user name
     * @param subject the token's subject
     * @param door {@code web} or {@code sftp}; none in lines of before there were two
     * @param did upload, replace, refuse, download, delete, folder or key
     * @param path in the exchange
     * @param sha256 digest of what was stored, read or removed
     * @param code why it was refused
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            Instant at,
            String who,
            String subject,
            @Nullable String door,
            String did,
            String path,
            @Nullable String sha256,
            @Nullable Long sizeBytes,
            @Nullable String code) {}

    /** What is asked for; empty fields ask for nothing. */
    record Question(Optional<String> who, Optional<String> did, Optional<String> path, Optional<String> sha256) {
        private boolean accepts(Entry entry) {
            return who.map(entry.who()::equals).orElse(true)
                    && did.map(entry.did()::equals).orElse(true)
                    && path.map(entry.path()::startsWith).orElse(true)
                    && sha256.map(digest -> digest.equals(entry.sha256())).orElse(true);
        }
    }

    /** @param file outside of the exchange; its folder must exist */
    public AuditLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** A deed that changed nothing in a file. */
    Entry write(Caller caller, Door door, String deed, String path, @Nullable String code) throws IOException {
        return write(new Entry(now(), caller.name(), caller.subject(), door.id(), deed, path, null, null, code));
    }

    /** A deed upon a file's content. */
    Entry write(Caller caller, Door door, String deed, String path, Path content) throws IOException {
        return write(new Entry(
                now(),
                caller.name(),
                caller.subject(),
                door.id(),
                deed,
                path,
                ModelsFolder.sha256(content),
                Files.size(content),
                null));
    }

    private synchronized Entry write(Entry entry) throws IOException {
        Files.writeString(
                file,
                Json.text(entry) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
        return entry;
    }

    /** The newest that answer the question, the newest first. */
    List<Entry> newest(Question question, int most) throws IOException {
        Deque<Entry> found = new ArrayDeque<>();
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(line -> {
                    // A line cut off by a crash is no entry; the deed it was of was never answered.
                    if (Json.read(line.getBytes(StandardCharsets.UTF_8), Entry.class) instanceof Outcome.Ok<Entry> ok
                            && question.accepts(ok.value())) {
                        found.addFirst(ok.value());
                        if (found.size() > most) {
                            found.removeLast();
                        }
                    }
                });
            }
        }
        return List.copyOf(found);
    }
}
