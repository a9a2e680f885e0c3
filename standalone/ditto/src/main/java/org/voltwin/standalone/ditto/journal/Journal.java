package org.voltwin.standalone.ditto.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Append-only journal with group commit: one thread writes what has gathered, forces it to the disk once, and only
 * then completes the futures, in the order of the appends. After a failed write nothing more is accepted: what the
 * disk holds is then unknown, and the process must restart from it.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int MAX_BATCH = 512;

    private sealed interface Task {
        record Append(byte[] record, CompletableFuture<Void> durable) implements Task {}

        record Rotate(Iterable<byte[]> state) implements Task {}

        record Stop() implements Task {}
    }

    private final JournalFolder folder;
    private final Consumer<IOException> onBroken;
    private final LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final AtomicBoolean snapshotting = new AtomicBoolean();
    private final Thread writer;
    private JournalFile file;
    private long number;
    private volatile CompletableFuture<Void> newest = CompletableFuture.completedFuture(null);

    private Journal(JournalFolder folder, long number, Consumer<IOException> onBroken) throws IOException {
        this.folder = folder;
        this.number = number;
        this.onBroken = onBroken;
        this.file = folder.openForAppend(number);
        this.writer = Thread.ofPlatform().name("journal-writer").unstarted(this::write);
    }

    /**
     * Opens the journal in a folder and replays it.
     *
     * @param retention of what a snapshot has replaced
     * @param replay takes every surviving record, oldest first
     * @param onBroken told once when the disk refuses a write; the process should end
     * @throws IOException when the folder cannot be read or is damaged other than at its tail
     */
    public static Journal open(Path path, Retention retention, Consumer<byte[]> replay, Consumer<IOException> onBroken)
            throws IOException {
        var folder = new JournalFolder(path, retention);
        try {
            long number = folder.recover(replay);
            var journal = new Journal(folder, number, onBroken);
            journal.writer.start();
            return journal;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Completes when the record is on the disk. Call from one thread: the order of calls is the order of records. */
    public CompletableFuture<Void> append(byte[] record) {
        var durable = new CompletableFuture<Void>();
        newest = durable;
        tasks.add(new Task.Append(record, durable));
        return durable;
    }

    /** Completes when everything appended so far is on the disk. */
    public CompletableFuture<Void> settled() {
        return newest;
    }

    /**
     * Starts a new file, and writes the state as a snapshot in the background, unless the last one is still being
     * written.
     *
     * @param state the state after the last append; read later by another thread, so it must not change
     */
    public void rotate(Iterable<byte[]> state) {
        if (snapshotting.compareAndSet(false, true)) {
            tasks.add(new Task.Rotate(state));
        }
    }

    private void write() {
        var batch = new ArrayList<Task>(MAX_BATCH);
        try {
            while (true) {
                batch.clear();
                batch.add(tasks.take());
                tasks.drainTo(batch, MAX_BATCH - 1);
                if (!commit(batch)) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.error("journal.broken", e);
            failAll(batch, e);
            onBroken.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean commit(List<Task> batch) throws IOException {
        boolean goOn = true;
        boolean written = false;
        for (Task task : batch) {
            switch (task) {
                case Task.Append append -> {
                    file.append(append.record());
                    written = true;
                }
                case Task.Rotate rotate -> startNextFile(rotate.state());
                case Task.Stop stop -> goOn = false;
            }
        }
        if (written) {
            file.force();
        }
        for (Task task : batch) {
            if (task instanceof Task.Append append) {
                append.durable().complete(null);
            }
        }
        return goOn;
    }

    private void startNextFile(Iterable<byte[]> state) throws IOException {
        file.close();
        number++;
        file = folder.openForAppend(number);
        long snapshotNumber = number;
        Thread.ofVirtual().name("snapshot-" + snapshotNumber).start(() -> {
            try {
                Iterator<byte[]> records = state.iterator();
                folder.writeSnapshot(snapshotNumber, records);
                LOG.info("journal.snapshot number={}", snapshotNumber);
            } catch (IOException e) {
                // The journals it would have replaced are still there: nothing is lost, only disk space.
                LOG.error("journal.snapshot-failed number={}", snapshotNumber, e);
            } finally {
                snapshotting.set(false);
            }
        });
    }

    private void failAll(List<Task> batch, IOException cause) {
        var all = new ArrayList<>(batch);
        tasks.drainTo(all);
        for (Task task : all) {
            if (task instanceof Task.Append append) {
                append.durable().completeExceptionally(cause);
            }
        }
    }

    /** Writes what was appended, then closes. */
    @Override
    public void close() throws IOException {
        tasks.add(new Task.Stop());
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
        folder.close();
    }
}
