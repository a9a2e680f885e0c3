package org.voltwin.app.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.voltwin.app.config.DataFolder;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/**
 * The supervisor's own account of everything, written to {@code <data>/run/status.json}.
 *
 * @param supervisorPid process that wrote it
 * @param startedAt when that process started
 */
public record PlatformStatus(
        long supervisorPid, Instant startedAt, Instant writtenAt, List<ComponentStatus> components) {
    public PlatformStatus {
        components = List.copyOf(components);
    }

    public boolean allUp() {
        return !components.isEmpty() && components.stream().allMatch(c -> c.state() == ComponentState.UP);
    }

    public Optional<ComponentStatus> failed() {
        return components.stream()
                .filter(c -> c.state() == ComponentState.FAILED)
                .findFirst();
    }

    public long residentMiB() {
        return components.stream().mapToLong(ComponentStatus::residentMiB).sum()
                + Processes.ownResidentMiB(supervisorPid);
    }

    static Path file(DataFolder data) {
        return data.run().resolve("status.json");
    }

    void write(DataFolder data) {
        DataFolder.writePrivately(file(data), Json.bytes(this));
    }

    /** The status of a running supervisor of this data folder; empty when none runs. */
    public static Optional<PlatformStatus> read(DataFolder data) {
        try {
            if (!Files.exists(file(data))) {
                return Optional.empty();
            }
            return switch (Json.read(Files.readAllBytes(file(data)), PlatformStatus.class)) {
                case Outcome.Ok<PlatformStatus> ok ->
                    Processes.isOurs(ok.value().supervisorPid(), data) ? Optional.of(ok.value()) : Optional.empty();
                case Outcome.Refused<PlatformStatus> unreadable -> Optional.empty();
            };
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
