package org.voltwin.standalone.ditto.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One record on disk: length (4 bytes), CRC-32C of the payload (4 bytes), payload. */
final class Frame {
    static final int HEADER_BYTES = 8;
    private static final int MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;

    private Frame() {}

    static ByteBuffer encode(byte[] payload) {
        if (payload.length == 0 || payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "A record must have 1 to " + MAX_PAYLOAD_BYTES + " bytes, not " + payload.length + ".");
        }
        var buffer = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        buffer.putInt(payload.length).putInt(checksum(payload)).put(payload);
        return buffer.flip();
    }

    /** The next payload, or null when what follows is not a whole, undamaged record; then the position is unchanged. */
    static byte @Nullable [] decode(ByteBuffer source) {
        if (source.remaining() < HEADER_BYTES) {
            return null;
        }
        int start = source.position();
        int length = source.getInt();
        int expected = source.getInt();
        if (length <= 0 || length > MAX_PAYLOAD_BYTES || length > source.remaining()) {
            source.position(start);
            return null;
        }
        var payload = new byte[length];
        source.get(payload);
        if (checksum(payload) != expected) {
            source.position(start);
            return null;
        }
        return payload;
    }

    private static int checksum(byte[] payload) {
        var crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
