package org.voltwin.lims.pool;

import static org.voltwin.lims.storage.LaboratoryStorage.entries;
import static org.voltwin.lims.storage.LaboratoryStorage.isFile;
import static org.voltwin.lims.storage.LaboratoryStorage.isFolder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Watches the pool. Deliveries of known runs are the data processor's; everything else, and what a run that is over
 * has left, is kept aside with the reason. Events make it quick, a scan every few seconds makes it sure.
 */
public final class PoolMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoolMonitor.class);
    private static final Duration SCAN_INTERVAL = Duration.ofSeconds(3);

    /** A file that has not changed for this long is taken as complete. */
    static final Duration SETTLED = Duration.ofSeconds(3);

    /** An upload under its working name that has not changed for this long was given up. */
    static final Duration GIVEN_UP = Duration.ofHours(24);

    private final LaboratoryStorage storage;
    private final RejectedUploads rejected;
    private final Runs runs;
    private final Clock clock;
    private final WatchService watch;
    private @Nullable Thread worker;

    /** What the monitor asks about runs. */
    public interface Runs {
        /** Whether the folder of that name belongs to a delivery. */
        boolean isExpected(UUID run);

        /** Why the run is over, if it is. */
        Optional<Failure> over(UUID run);
    }

    public PoolMonitor(LaboratoryStorage storage, RejectedUploads rejected, Runs runs, Clock clock) throws IOException {
        this.storage = storage;
        this.rejected = rejected;
        this.runs = runs;
        this.clock = clock;
        this.watch = storage.pool().getFileSystem().newWatchService();
        storage.pool().register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    }

    public void start() {
        worker = Thread.ofVirtual().name("lims-pool").start(this::work);
    }

    private void work() {
        try {
            while (true) {
                try {
                    scan();
                } catch (IOException | RefusedException e) {
                    LOG.warn("The pool could not be looked through, again in a moment: {}", e.toString());
                }
                WatchKey key = watch.poll(SCAN_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("The pool is no longer watched");
        }
    }

    /** Looks through the pool once. */
    void scan() throws IOException {
        for (Path entry : entries(storage.pool())) {
            if (isFolder(entry)) {
                scanFolder(entry);
            } else {
                look(entry, "It belongs to no request.");
            }
        }
    }

    private void scanFolder(Path folder) throws IOException {
        Optional<UUID> run = uuid(folder.getFileName().toString());
        Optional<Failure> over = run.flatMap(runs::over);
        boolean expected = run.filter(runs::isExpected).isPresent();
        for (Path file : entries(folder)) {
            if (isFolder(file)) {
                for (Path deeper : entries(file)) {
                    look(deeper, "It is in a folder that no delivery has.");
                }
                removeIfEmpty(file);
            } else if (over.isPresent()) {
                if (isSettled(file, SETTLED)) {
                    keepAside(file, over.get());
                }
            } else if (!expected) {
                look(file, "No request has the folder " + folder.getFileName() + ".");
            } else if (!isPart(file) && isSettled(file, SETTLED)) {
                Optional<Failure> wrongType = wrongType(file);
                if (wrongType.isPresent()) {
                    keepAside(file, wrongType.get());
                }
            }
        }
        if (over.isPresent() || !expected) {
            removeIfEmpty(folder);
        }
    }

    /** A file that nobody waits for. */
    private void look(Path file, String why) throws IOException {
        if (!isSettled(file, isPart(file) ? GIVEN_UP : SETTLED)) {
            return;
        }
        if (isFolder(file)) {
            for (Path deeper : entries(file)) {
                look(deeper, why);
            }
            removeIfEmpty(file);
            return;
        }
        Optional<Failure> unreadable = wrongType(file).or(() -> UploadContent.check(file));
        keepAside(
                file,
                unreadable.orElseGet(() -> Failure.permanent(
                        "pool.no_request",
                        "The upload " + storage.pool().relativize(file) + " is not part of a delivery. " + why,
                        "Put the model into the models exchange, and file a request that uses it.")));
    }

    private void keepAside(Path file, Failure failure) throws IOException {
        try {
            rejected.reject(file, failure, clock.instant());
        } catch (NoSuchFileException e) {
            LOG.debug("{} has gone meanwhile", file);
        }
    }

    private Optional<Failure> wrongType(Path file) {
        String name = file.getFileName().toString();
        if (isFile(file) && (LaboratoryStorage.isFmu(name) || LaboratoryStorage.isConnections(name))) {
            return Optional.empty();
        }
        if (isPart(file) && isFile(file)) {
            return Optional.of(Failure.permanent(
                    "pool.incomplete_upload", "The upload of " + name + " was never completed.", "Upload it again."));
        }
        return Optional.of(Failure.permanent(
                "pool.wrong_type",
                "The pool takes FMUs and a connections file, not '" + name + "'.",
                "Upload .fmu files and connections.json or inter_connection.json only."));
    }

    private static boolean isPart(Path file) {
        return file.getFileName().toString().endsWith(".part");
    }

    private boolean isSettled(Path file, Duration age) throws IOException {
        try {
            Instant changed =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            return !changed.plus(age).isAfter(clock.instant());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void removeIfEmpty(Path folder) throws IOException {
        if (isSettled(folder, SETTLED) && entries(folder).isEmpty()) {
            Files.deleteIfExists(folder);
        }
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        Thread thread = worker;
        if (thread != null) {
            thread.interrupt();
        }
        watch.close();
    }
}
