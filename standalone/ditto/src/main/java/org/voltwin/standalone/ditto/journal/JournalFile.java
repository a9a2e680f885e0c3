package org.voltwin.standalone.ditto.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The newest journal. Its room is made in pieces of zeros before it is needed: forcing records into a file that does
 * not grow spares the disk the writing of the file's size, half of the work.
 */
final class JournalFile implements AutoCloseable {
    private static final int PIECE_BYTES = 1024 * 1024;
    private static final int BUFFER_BYTES = 256 * 1024;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long end;
    private long allocated;

    private JournalFile(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
        this.allocated = end;
    }

    /** @param path a journal without unused room, or one that does not exist yet */
    static JournalFile open(Path path) throws IOException {
        var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new JournalFile(channel, channel.size());
    }

    /** Not on the disk before {@link #force}. */
    void append(byte[] record) throws IOException {
        ByteBuffer frame = Frame.encode(record);
        if (frame.remaining() > buffer.remaining()) {
            flush();
        }
        if (frame.remaining() > buffer.remaining()) {
            write(frame);
        } else {
            buffer.put(frame);
        }
    }

    void force() throws IOException {
        flush();
        channel.force(false);
    }

    private void flush() throws IOException {
        buffer.flip();
        write(buffer);
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        makeRoom(end + bytes.remaining());
        while (bytes.hasRemaining()) {
            end += channel.write(bytes, end);
        }
    }

    private void makeRoom(long needed) throws IOException {
        while (allocated < needed) {
            var zeros = ByteBuffer.allocate(PIECE_BYTES);
            while (zeros.hasRemaining()) {
                allocated += channel.write(zeros, allocated);
            }
        }
    }

    /** Gives unused room back. */
    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
            channel.truncate(end);
            channel.force(true);
        }
    }
}
