package org.voltwin.standalone.stores;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MongoDB's protocol on a file. Whoever reaches the port may do everything: bind it to the loopback only. */
final class DocumentServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentServer.class);
    private static final int CACHE_MIB = 8;
    /** Every commit is forced to the disk, so replaced chunks need not outlive a lazy disk cache of 45 s. */
    private static final int RETENTION_MILLIS = 2_000;

    private static final long CHECK_SECONDS = 5;
    /** The file is compacted when it is larger than this times its size after the last compaction, plus the slack. */
    private static final double GROWTH = 1.5;

    private static final long SLACK_BYTES = 16L << 20;
    private static final int COMPACT_MILLIS = 500;

    private final Path file;
    private final MVStore store;
    private final GroupCommit commit;
    private final MongoServer server;
    private final ScheduledExecutorService housekeeping;
    private final int port;
    private volatile boolean open = true;
    private long compactedBytes;

    private DocumentServer(Path file, MVStore store, GroupCommit commit, String host, int port) {
        this.file = file;
        this.store = store;
        this.commit = commit;
        DurableBackend backend = new DurableBackend(store, commit);
        backend.version(ServerVersion.MONGO_5_0);
        server = new MongoServer(backend);
        server.bind(host, port);
        this.port = server.getLocalAddress().getPort();
        housekeeping = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("documents-housekeeping").factory());
        housekeeping.scheduleWithFixedDelay(this::compactIfGrown, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Opens the file, recovering what was acknowledged before a crash, and listens.
     *
     * @param onBroken told when the disk refuses a write; the process should end
     * @throws IOException when the folder cannot be made
     */
    static DocumentServer start(Path file, String host, int port, Consumer<RuntimeException> onBroken)
            throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                // Only GroupCommit may commit: MVStore's own thread would store half a command.
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .autoCompactFillRate(0)
                .cacheSize(CACHE_MIB)
                .compress()
                .open();
        store.setRetentionTime(RETENTION_MILLIS);
        store.setVersionsToKeep(0);
        try {
            return new DocumentServer(file, store, new GroupCommit(store, onBroken), host, port);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    boolean isUp() {
        return open && !commit.isBroken() && !store.isClosed();
    }

    private void compactIfGrown() {
        try {
            long before = Files.size(file);
            if (before <= compactedBytes * GROWTH + SLACK_BYTES) {
                return;
            }
            commit.alone(() -> {
                store.commit();
                store.compactFile(COMPACT_MILLIS);
                store.setRetentionTime(RETENTION_MILLIS);
            });
            compactedBytes = Files.size(file);
            LOG.info("compacted bytesBefore={} bytesAfter={}", before, compactedBytes);
        } catch (IOException | RuntimeException e) {
            LOG.error("the documents' file could not be compacted file={}", file, e);
        }
    }

    @Override
    public void close() {
        open = false;
        housekeeping.shutdownNow();
        server.shutdownNow();
    }
}
