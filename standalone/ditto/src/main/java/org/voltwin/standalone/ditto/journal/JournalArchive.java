package org.voltwin.standalone.ditto.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a journal's folder still holds of the past, while the journal is written. It looks through all of it:
 * about a second for each gigabyte. Blocks; safe to use from any thread.
 */
public final class JournalArchive {
    private static final int ATTEMPTS = 5;

    private final Path folder;

    public JournalArchive(Path folder) {
        this.folder = folder;
    }

    /**
     * The records that contain some bytes, oldest first: those of the oldest snapshot, then those of every journal from
     * it on, up to what is on the disk now.
     *
     * @throws IOException when the folder cannot be read
     */
    public List<byte[]> recordsWith(byte[] wanted) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                var found = new ArrayList<byte[]>();
                for (Path file : JournalFolder.chainOf(folder)) {
                    search(file, wanted, found);
                }
                return found;
            } catch (NoSuchFileException e) {
                // A snapshot was finished meanwhile, and what was too old is gone.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void search(Path file, byte[] wanted, List<byte[]> found) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            for (byte[] record = Frame.decode(bytes); record != null; record = Frame.decode(bytes)) {
                if (contains(record, wanted)) {
                    found.add(record);
                }
            }
        }
    }

    private static boolean contains(byte[] record, byte[] wanted) {
        byte first = wanted[0];
        for (int at = 0; at <= record.length - wanted.length; at++) {
            if (record[at] == first
                    && java.util.Arrays.equals(record, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
