package org.voltwin.cosim.check.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The central directory of a ZIP archive as it is written (APPNOTE.TXT 6.3.10, section 4.3), with what {@link
 * java.util.zip.ZipFile} does not tell: links, encryption, where the data lies, and whether the local headers agree.
 */
record ZipIndex(List<Entry> entries, boolean complete) {
    private static final int END = 0x06054b50;
    private static final int END_64_LOCATOR = 0x07064b50;
    private static final int END_64 = 0x06064b50;
    private static final int ENTRY = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int UNIX = 3;
    private static final long FULL = 0xFFFF_FFFFL;
    private static final int LARGEST_INDEX = 64 << 20;

    /**
     * One entry.
     *
     * @param mode Unix file type and permissions; 0 when the archive was made elsewhere
     * @param localName the name in the header before the data; null when there is no such header
     * @param dataEnd where its data ends in the file, as the index has it
     */
    record Entry(
            String name,
            int flags,
            int method,
            long compressedSize,
            long size,
            int mode,
            long offset,
            @Nullable String localName,
            long dataEnd) {
        boolean isEncrypted() {
            return (flags & 0x2041) != 0; // bits 0, 6 and 13: encryption, strong encryption, hidden headers
        }

        boolean isFolder() {
            return name.endsWith("/");
        }

        /** Links, devices, pipes: Unix types that are neither a file nor a folder. */
        boolean isSpecial() {
            int type = mode & 0xF000;
            return type != 0 && type != 0x8000 && type != 0x4000;
        }
    }

    private record Directory(long offset, long size, long count) {}

    /** Reads it; throws {@link IOException} with the reason where there is none. */
    static ZipIndex read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Directory directory = directory(channel);
            if (directory.offset() < 0
                    || directory.size() < 0
                    || directory.size() > LARGEST_INDEX
                    || directory.offset() > channel.size() - directory.size()) {
                throw new IOException("its index lies outside of the file");
            }
            return entries(channel, directory);
        }
    }

    private static Directory directory(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer tail = read(channel, Math.max(0, size - LONGEST_COMMENT - 22), LONGEST_COMMENT + 22);
        for (int at = tail.limit() - 22; at >= 0; at--) {
            if (tail.getInt(at) == END && at + 22 + u16(tail, at + 20) <= tail.limit()) {
                Directory plain = new Directory(u32(tail, at + 16), u32(tail, at + 12), u16(tail, at + 10));
                boolean large = plain.offset() == FULL || plain.size() == FULL || plain.count() == 0xFFFF;
                return large && at >= 20 && tail.getInt(at - 20) == END_64_LOCATOR
                        ? directory64(channel, tail.getLong(at - 12))
                        : plain;
            }
        }
        throw new IOException("it has no ZIP index at its end");
    }

    private static Directory directory64(FileChannel channel, long place) throws IOException {
        if (place < 0 || place > channel.size() - 56) {
            throw new IOException("its index lies outside of the file");
        }
        ByteBuffer end = read(channel, place, 56);
        if (end.getInt(0) != END_64) {
            throw new IOException("its index is damaged");
        }
        return new Directory(end.getLong(48), end.getLong(40), end.getLong(32));
    }

    private static ZipIndex entries(FileChannel channel, Directory directory) throws IOException {
        ByteBuffer index = read(channel, directory.offset(), (int) directory.size());
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (at + 46 <= index.limit() && index.getInt(at) == ENTRY) {
            int nameLength = u16(index, at + 28);
            int extraLength = u16(index, at + 30);
            int next = at + 46 + nameLength + extraLength + u16(index, at + 32);
            if (next > index.limit()) {
                break;
            }
            entries.add(entry(channel, index, at, nameLength, extraLength));
            at = next;
        }
        return new ZipIndex(List.copyOf(entries), at == index.limit() && entries.size() == directory.count());
    }

    private static Entry entry(FileChannel channel, ByteBuffer index, int at, int nameLength, int extraLength)
            throws IOException {
        Sizes sizes = new Sizes(u32(index, at + 24), u32(index, at + 20), u32(index, at + 42));
        sizes = sizes.with(index, at + 46 + nameLength, extraLength);
        int mode = u16(index, at + 4) >> 8 == UNIX ? index.getInt(at + 38) >>> 16 : 0;
        @Nullable String localName = null;
        long data = sizes.offset();
        if (sizes.offset() >= 0 && sizes.offset() <= channel.size() - 30) {
            ByteBuffer local = read(channel, sizes.offset(), 30);
            if (local.getInt(0) == LOCAL) {
                int length = u16(local, 26);
                ByteBuffer name = read(channel, sizes.offset() + 30, length);
                localName = text(name, 0, Math.min(length, name.limit()));
                data += 30L + length + u16(local, 28);
            }
        }
        return new Entry(
                text(index, at + 46, nameLength),
                u16(index, at + 8),
                u16(index, at + 10),
                sizes.compressed(),
                sizes.plain(),
                mode,
                sizes.offset(),
                localName,
                data + Math.max(0, sizes.compressed()));
    }

    /** Sizes and place; those too large for 32 bits stand in the extra field 1. */
    private record Sizes(long plain, long compressed, long offset) {
        Sizes with(ByteBuffer index, int extra, int extraLength) {
            int end = extra + extraLength;
            for (int at = extra; at + 4 <= end; at += 4 + u16(index, at + 2)) {
                if (u16(index, at) == 1) {
                    int last = Math.min(end, at + 4 + u16(index, at + 2));
                    int[] place = {at + 4};
                    return new Sizes(
                            large(plain, index, place, last),
                            large(compressed, index, place, last),
                            large(offset, index, place, last));
                }
            }
            return this;
        }

        private static long large(long value, ByteBuffer index, int[] place, int end) {
            if (value != FULL || place[0] + 8 > end) {
                return value;
            }
            place[0] += 8;
            return index.getLong(place[0] - 8);
        }
    }

    private static ByteBuffer read(FileChannel channel, long place, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(most, channel.size() - place)))
                .order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, place + bytes.position()) < 0) {
                break;
            }
        }
        bytes.flip();
        return bytes;
    }

    private static String text(ByteBuffer bytes, int at, int length) {
        byte[] text = new byte[length];
        bytes.get(at, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static int u16(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static long u32(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }
}
