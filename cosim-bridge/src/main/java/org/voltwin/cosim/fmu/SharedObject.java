package org.voltwin.cosim.fmu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the loader would read of a shared library: its dynamic segment (System V ABI, chapter 5; GNU symbol versions).
 * Section headers are not needed, so stripped libraries are read too.
 *
 * @param needed names of the libraries it wants
 * @param searchPaths its own RUNPATH or RPATH, which may hold $ORIGIN
 * @param bindsNow whether every undefined symbol must be there when it is loaded
 * @param defined symbols that others can use
 * @param undefined symbols it needs of others, weak ones left out
 * @param neededVersions symbol versions it needs, by library
 * @param definedVersions symbol versions it has
 */
public record SharedObject(
        List<String> needed,
        List<String> searchPaths,
        boolean bindsNow,
        Set<String> defined,
        Set<String> undefined,
        Map<String, Set<String>> neededVersions,
        Set<String> definedVersions) {
    private static final int MACHINE_X86_64 = 62;
    private static final int SHARED_OBJECT = 3;

    /** A library that is none for this machine, with the reason. */
    public static final class WrongBinaryException extends Exception {
        private static final long serialVersionUID = 1;

        WrongBinaryException(String message) {
            super(message);
        }
    }

    /** Maps the file instead of reading it: libraries may be larger than a worker's heap. */
    public static SharedObject read(Path file) throws IOException, WrongBinaryException {
        try (FileChannel channel = FileChannel.open(file)) {
            return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    /** Reads the bytes of a library for 64-bit Linux on x86-64. */
    public static SharedObject read(ByteBuffer bytes) throws WrongBinaryException {
        ByteBuffer elf = bytes.order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (elf.limit() < 64 || elf.getInt(0) != 0x464C457F) {
                throw new WrongBinaryException("is not an ELF shared library");
            }
            if (elf.get(4) != 2 || elf.get(5) != 1 || elf.getShort(18) != MACHINE_X86_64) {
                throw new WrongBinaryException("is for another processor (ELF class " + elf.get(4) + ", machine "
                        + Short.toUnsignedInt(elf.getShort(18)) + ")");
            }
            if (elf.getShort(16) != SHARED_OBJECT) {
                throw new WrongBinaryException("is not a shared library (ELF type " + elf.getShort(16) + ")");
            }
            return new Reader(elf).read();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new WrongBinaryException("is cut off or damaged");
        }
    }

    /** Reads one library; every access is checked by the buffer. */
    private static final class Reader {
        private static final int LOAD = 1;
        private static final int DYNAMIC = 2;
        private static final long NEEDED = 1;
        private static final long HASH = 4;
        private static final long STRINGS = 5;
        private static final long SYMBOLS = 6;
        private static final long RPATH = 15;
        private static final long BIND_NOW = 24;
        private static final long RUNPATH = 29;
        private static final long FLAGS = 30;
        private static final long GNU_HASH = 0x6ffffef5L;
        private static final long FLAGS_1 = 0x6ffffffbL;
        private static final long VERSIONS_DEFINED = 0x6ffffffcL;
        private static final long VERSIONS_DEFINED_COUNT = 0x6ffffffdL;
        private static final long VERSIONS_NEEDED = 0x6ffffffeL;
        private static final long VERSIONS_NEEDED_COUNT = 0x6fffffffL;
        private static final int MOST = 10_000_000;

        private final ByteBuffer elf;
        private final List<long[]> loads = new ArrayList<>();
        private final Map<Long, Long> tags = new HashMap<>();
        private final List<Long> neededNames = new ArrayList<>();

        Reader(ByteBuffer elf) {
            this.elf = elf;
        }

        SharedObject read() throws WrongBinaryException {
            int dynamic = segments();
            if (dynamic < 0) {
                throw new WrongBinaryException("has no dynamic segment, so it cannot be loaded");
            }
            for (int at = dynamic; elf.getLong(at) != 0; at += 16) {
                long tag = elf.getLong(at);
                tags.put(tag, elf.getLong(at + 8));
                if (tag == NEEDED) {
                    neededNames.add(elf.getLong(at + 8));
                }
            }
            Set<String> defined = new HashSet<>();
            Set<String> undefined = new HashSet<>();
            symbols(defined, undefined);
            String paths = tags.containsKey(RUNPATH) ? tagText(RUNPATH) : tagText(RPATH);
            boolean now = tags.containsKey(BIND_NOW)
                    || (tags.getOrDefault(FLAGS, 0L) & 8) != 0
                    || (tags.getOrDefault(FLAGS_1, 0L) & 1) != 0;
            return new SharedObject(
                    neededNames.stream().map(this::string).toList(),
                    paths.isEmpty() ? List.of() : List.of(paths.split(":")),
                    now,
                    defined,
                    undefined,
                    neededVersions(),
                    definedVersions());
        }

        /** Notes where segments are loaded; answers the place of the dynamic one in the file, -1 if there is none. */
        private int segments() {
            long headers = elf.getLong(32);
            int size = Short.toUnsignedInt(elf.getShort(54));
            int count = Short.toUnsignedInt(elf.getShort(56));
            int dynamic = -1;
            for (int i = 0; i < count; i++) {
                int at = Math.toIntExact(headers + (long) i * size);
                switch (elf.getInt(at)) {
                    case LOAD ->
                        loads.add(new long[] {elf.getLong(at + 16), elf.getLong(at + 32), elf.getLong(at + 8)});
                    case DYNAMIC -> dynamic = Math.toIntExact(elf.getLong(at + 8));
                    default -> {
                        // Other segments say nothing about symbols.
                    }
                }
            }
            return dynamic;
        }

        /** Place in the file of an address in memory. */
        private int place(long address) {
            for (long[] load : loads) {
                if (address >= load[0] && address - load[0] < load[1]) {
                    return Math.toIntExact(address - load[0] + load[2]);
                }
            }
            throw new IndexOutOfBoundsException("No segment holds the address " + address);
        }

        private void symbols(Set<String> defined, Set<String> undefined) {
            Long table = tags.get(SYMBOLS);
            if (table == null) {
                return;
            }
            int first = place(table);
            int count = symbolCount();
            for (int i = 1; i < count; i++) {
                int at = Math.toIntExact(first + 24L * i);
                String name = string(Integer.toUnsignedLong(elf.getInt(at)));
                boolean weak = (elf.get(at + 4) & 0xF0) == 0x20;
                if (elf.getShort(at + 6) != 0) {
                    defined.add(name);
                } else if (!weak && !name.isEmpty()) {
                    undefined.add(name);
                }
            }
        }

        private int symbolCount() {
            if (tags.containsKey(HASH)) {
                return Math.min(MOST, elf.getInt(place(tags.get(HASH)) + 4));
            }
            Long hash = tags.get(GNU_HASH);
            if (hash == null) {
                return 0;
            }
            int at = place(hash);
            int buckets = elf.getInt(at);
            int offset = elf.getInt(at + 4);
            int bucketsAt = Math.toIntExact(at + 16 + 8L * elf.getInt(at + 8));
            int last = 0;
            for (int i = 0; i < buckets; i++) {
                last = Math.max(last, elf.getInt(Math.toIntExact(bucketsAt + 4L * i)));
            }
            if (last < offset) {
                return offset;
            }
            long chain = bucketsAt + 4L * buckets;
            while ((elf.getInt(Math.toIntExact(chain + 4L * (last - offset))) & 1) == 0) {
                last++;
            }
            return last + 1;
        }

        private Map<String, Set<String>> neededVersions() {
            Map<String, Set<String>> versions = new HashMap<>();
            long count = tags.getOrDefault(VERSIONS_NEEDED_COUNT, 0L);
            int at = count > 0 ? place(tags.getOrDefault(VERSIONS_NEEDED, 0L)) : 0;
            for (long i = 0; i < Math.min(MOST, count); i++) {
                Set<String> names = versions.computeIfAbsent(
                        string(Integer.toUnsignedLong(elf.getInt(at + 4))), library -> new HashSet<>());
                int detail = Math.addExact(at, elf.getInt(at + 8));
                for (int j = 0; j < Short.toUnsignedInt(elf.getShort(at + 2)); j++) {
                    boolean weak = (elf.getShort(detail + 4) & 2) != 0;
                    if (!weak) {
                        names.add(string(Integer.toUnsignedLong(elf.getInt(detail + 8))));
                    }
                    detail = Math.addExact(detail, elf.getInt(detail + 12));
                }
                at = Math.addExact(at, elf.getInt(at + 12));
            }
            return versions;
        }

        private Set<String> definedVersions() {
            Set<String> versions = new HashSet<>();
            long count = tags.getOrDefault(VERSIONS_DEFINED_COUNT, 0L);
            int at = count > 0 ? place(tags.getOrDefault(VERSIONS_DEFINED, 0L)) : 0;
            for (long i = 0; i < Math.min(MOST, count); i++) {
                int detail = Math.addExact(at, elf.getInt(at + 12));
                versions.add(string(Integer.toUnsignedLong(elf.getInt(detail))));
                at = Math.addExact(at, elf.getInt(at + 16));
            }
            return versions;
        }

        private String tagText(long tag) {
            Long place = tags.get(tag);
            return place == null ? "" : string(place);
        }

        /** A text of the string table. */
        private String string(long offset) {
            int from = Math.toIntExact(place(tags.getOrDefault(STRINGS, -1L)) + offset);
            int to = from;
            while (elf.get(to) != 0) {
                to++;
            }
            byte[] text = new byte[to - from];
            elf.get(from, text);
            return new String(text, StandardCharsets.UTF_8);
        }
    }
}
