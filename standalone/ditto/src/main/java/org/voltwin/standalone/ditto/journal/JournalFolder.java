package org.voltwin.standalone.ditto.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a journal: {@code snapshot-N.bin} holds everything recorded before {@code journal-N.log}. Recovery
 * reads the newest whole snapshot and every journal from it on; what is older is kept for the history.
 */
final class JournalFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFolder.class);
    private static final Pattern JOURNAL_NAME = Pattern.compile("journal-(\\d{10})\\.log");
    private static final Pattern SNAPSHOT_NAME = Pattern.compile("snapshot-(\\d{10})\\.bin");
    private static final byte[] SNAPSHOT_END = "end-of-snapshot".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final Retention retention;
    private final FileChannel lock;

    /** @throws IOException when another process uses the folder: two writers would destroy each other's records */
    JournalFolder(Path folder, Retention retention) throws IOException {
        this.retention = retention;
        this.folder = Files.createDirectories(folder);
        this.lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isMine(lock)) {
            lock.close();
            throw new IOException("The data folder " + folder + " is in use by another process.");
        }
    }

    private static boolean isMine(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    Path journal(long number) {
        return folder.resolve("journal-%010d.log".formatted(number));
    }

    private Path snapshot(long number) {
        return folder.resolve("snapshot-%010d.bin".formatted(number));
    }

    /** Hands every surviving record to the consumer, oldest first; cuts a damaged tail; returns the newest number. */
    long recover(Consumer<byte[]> consumer) throws IOException {
        long first = numbers(SNAPSHOT_NAME).stream().max(Long::compare).orElse(0L);
        if (first > 0) {
            readSnapshot(snapshot(first), consumer);
        }
        List<Long> journals =
                numbers(JOURNAL_NAME).stream().filter(n -> n >= first).sorted().toList();
        for (long number : journals) {
            boolean last = number == journals.getLast();
            readJournal(journal(number), last, consumer);
        }
        return journals.isEmpty() ? first : journals.getLast();
    }

    /** What a copy of a folder needs: every snapshot and journal, the history too; a snapshot may be newer soon. */
    static List<Path> filesOf(Path folder) throws IOException {
        var files = new ArrayList<>(files(folder, SNAPSHOT_NAME).values());
        files.addAll(files(folder, JOURNAL_NAME).values());
        return files;
    }

    /** What tells the whole past that is still there: the oldest snapshot, if the beginning is gone, and all journals. */
    static List<Path> chainOf(Path folder) throws IOException {
        TreeMap<Long, Path> journals = files(folder, JOURNAL_NAME);
        TreeMap<Long, Path> snapshots = files(folder, SNAPSHOT_NAME);
        var chain = new ArrayList<Path>();
        long first = 0;
        if (!journals.containsKey(0L) && !snapshots.isEmpty()) {
            first = snapshots.firstKey();
            chain.add(snapshots.get(first));
        }
        chain.addAll(journals.tailMap(first).values());
        return chain;
    }

    static boolean isDataFile(String name) {
        return JOURNAL_NAME.matcher(name).matches()
                || SNAPSHOT_NAME.matcher(name).matches();
    }

    private List<Long> numbers(Pattern pattern) throws IOException {
        return List.copyOf(files(folder, pattern).keySet());
    }

    private static TreeMap<Long, Path> files(Path folder, Pattern pattern) throws IOException {
        var numbered = new TreeMap<Long, Path>();
        try (var files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                var matcher = pattern.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    numbered.put(Long.parseLong(matcher.group(1)), file);
                }
            }
        }
        return numbered;
    }

    private static ByteBuffer map(FileChannel channel) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }

    private static void readSnapshot(Path file, Consumer<byte[]> consumer) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var bytes = map(channel);
            for (byte[] record = Frame.decode(bytes); record != null; record = Frame.decode(bytes)) {
                if (Arrays.equals(record, SNAPSHOT_END)) {
                    return;
                }
                consumer.accept(record);
            }
            throw new IOException("The snapshot " + file + " is damaged at byte " + bytes.position()
                    + ". Restore the data folder from a backup.");
        }
    }

    private static void readJournal(Path file, boolean last, Consumer<byte[]> consumer) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var bytes = map(channel);
            for (byte[] record = Frame.decode(bytes); record != null; record = Frame.decode(bytes)) {
                consumer.accept(record);
            }
            if (onlyZeros(bytes)) {
                // Room that was made for records and not used.
                channel.truncate(bytes.position());
                return;
            }
            if (!last) {
                throw new IOException("The journal " + file + " is damaged at byte " + bytes.position()
                        + " and is not the newest one. Restore the data folder from a backup.");
            }
            cutTail(file, channel, bytes);
        }
    }

    private static boolean onlyZeros(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** What is cut was never acknowledged, unless the disk lost it; it is kept beside the journal either way. */
    private static void cutTail(Path file, FileChannel channel, ByteBuffer bytes) throws IOException {
        int good = bytes.position();
        int cut = bytes.remaining();
        Path kept = file.resolveSibling(file.getFileName() + ".cut-at-" + good);
        try (var out = FileChannel.open(
                kept, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        channel.truncate(good);
        channel.force(true);
        LOG.warn("journal.tail-cut file={} keptBytes={} cutBytes={} copy={}", file, good, cut, kept);
    }

    /** Writes snapshot {@code number} completely or not at all, then removes what it replaces and is too old. */
    void writeSnapshot(long number, Iterator<byte[]> records) throws IOException {
        Path partial = folder.resolve("snapshot.partial");
        try (var out = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (records.hasNext()) {
                writeFully(out, Frame.encode(records.next()));
            }
            writeFully(out, Frame.encode(SNAPSHOT_END));
            out.force(true);
        }
        Files.move(partial, snapshot(number), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
        var disposable =
                retention.disposable(files(folder, SNAPSHOT_NAME), files(folder, JOURNAL_NAME), number, Instant.now());
        for (Path old : disposable) {
            Files.deleteIfExists(old);
        }
    }

    JournalFile openForAppend(long number) throws IOException {
        var file = JournalFile.open(journal(number));
        syncFolder();
        return file;
    }

    static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A new file's name is durable only once its folder is. */
    private void syncFolder() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
