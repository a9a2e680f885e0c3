package org.voltwin.cosim.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Where rows stand in an Arrow IPC file.
 *
 * @param metadataBytes its prefix included
 */
record ArrowBatch(long offset, int metadataBytes, long bodyBytes, long rows) {
    /** What each message begins with, before the length of its metadata. */
    static final int CONTINUES = 0xFFFFFFFF;

    private static final int LARGEST_METADATA = 64 << 20;

    long end() {
        return offset + metadataBytes + bodyBytes;
    }

    /** The batches that hold exactly the first rows of a file that was not finished; empty where they do not. */
    static Optional<List<ArrowBatch>> first(FileChannel file, long begin, long rows) throws IOException {
        List<ArrowBatch> found = new ArrayList<>();
        long left = rows;
        long at = begin;
        while (left > 0) {
            ArrowBatch next = at(file, at);
            if (next == null || next.rows() > left) {
                return Optional.empty();
            }
            found.add(next);
            left -= next.rows();
            at = next.end();
        }
        return Optional.of(found);
    }

    /** Null where the file ends, or holds something else. */
    private static @org.jspecify.annotations.Nullable ArrowBatch at(FileChannel file, long offset) throws IOException {
        ByteBuffer prefix = read(file, offset, 2 * Integer.BYTES);
        if (prefix.remaining() < 2 * Integer.BYTES || prefix.getInt() != CONTINUES) {
            return null;
        }
        int size = prefix.getInt();
        if (size <= 0 || size > LARGEST_METADATA) {
            return null;
        }
        ByteBuffer metadata = read(file, offset + 2 * Integer.BYTES, size);
        if (metadata.remaining() < size) {
            return null;
        }
        Message message = Message.getRootAsMessage(metadata);
        long end = offset + 2 * Integer.BYTES + size + message.bodyLength();
        if (message.headerType() != MessageHeader.RecordBatch || message.bodyLength() < 0 || end > file.size()) {
            return null;
        }
        RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
        return batch == null || batch.length() <= 0
                ? null
                : new ArrowBatch(offset, 2 * Integer.BYTES + size, message.bodyLength(), batch.length());
    }

    /** Fewer bytes where the file ends. */
    static ByteBuffer read(FileChannel file, long offset, int bytes) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (read.hasRemaining()) {
            if (file.read(read, offset + read.position()) < 0) {
                break;
            }
        }
        return read.flip();
    }
}
