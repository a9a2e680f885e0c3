package org.voltwin.lims.pool;

import static org.voltwin.lims.storage.LaboratoryStorage.entries;
import static org.voltwin.lims.storage.LaboratoryStorage.isFile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;

/** Uploads that nobody can use: each in a folder of its own, with the reason beside it. */
public final class RejectedUploads {
    private static final Logger LOG = LoggerFactory.getLogger(RejectedUploads.class);
    private static final String REASON = "reason.json";

    private final LaboratoryStorage storage;

    public RejectedUploads(LaboratoryStorage storage) {
        this.storage = storage;
    }

    /**
     * One of them.
     *
     * @param file where it was, relative to the pool
     */
    public record Rejected(String file, Instant receivedAt, Failure failure) {}

    /** Moves a file out of the pool. The reason is written first: a file without one would be a riddle. */
    void reject(Path file, Failure failure, Instant now) throws IOException {
        Path folder = storage.rejected()
                .resolve(now.toString().replace(':', '-') + "-"
                        + UUID.randomUUID().toString().substring(0, 8));
        String name = storage.pool().relativize(file).toString();
        LaboratoryStorage.write(folder.resolve(REASON), Json.bytes(new Rejected(name, now, failure)));
        LaboratoryStorage.move(file, folder.resolve("upload-" + file.getFileName()));
        LOG.warn("Upload {} is kept aside: {}", name, failure.inOneLine());
    }

    /** Newest first. */
    public List<Rejected> list() throws IOException {
        List<Rejected> found = new ArrayList<>();
        List<Path> folders = entries(storage.rejected());
        Collections.reverse(folders);
        for (Path folder : folders) {
            boolean kept = entries(folder).stream()
                    .anyMatch(file -> file.getFileName().toString().startsWith("upload-")
                            && Files.exists(file, LinkOption.NOFOLLOW_LINKS));
            Path reason = folder.resolve(REASON);
            if (kept && isFile(reason)) {
                switch (Json.read(Files.readAllBytes(reason), Rejected.class)) {
                    case Outcome.Ok<Rejected>(Rejected rejected) -> found.add(rejected);
                    case Outcome.Refused<Rejected>(Failure failure) ->
                        LOG.warn("{} is not readable: {}", reason, failure.inOneLine());
                }
            }
        }
        return found;
    }

    public Endpoint endpoint() {
        return new Endpoint(
                "GET",
                "/api/requests/rejected-uploads",
                false,
                Set.of(Role.VIEWER, Role.TEST_ENGINEER, Role.MODEL_AUTHOR, Role.LAB_ADMIN, Role.SERVICE),
                "Uploads to the pool that could not be used, with the reason.",
                request -> {
                    ObjectNode body = Json.mapper().createObjectNode();
                    ArrayNode items = body.putArray("items");
                    list().forEach(rejected -> items.add(Json.tree(rejected)));
                    return Reply.ok(body);
                });
    }
}
