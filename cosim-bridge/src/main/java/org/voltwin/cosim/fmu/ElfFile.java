package org.voltwin.cosim.fmu;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/** The head and the dynamic symbols of a shared library (System V ABI, chapters 4 and 5), without loading it. */
final class ElfFile {
    private static final int MACHINE_X86_64 = 62;
    private static final int SHARED_OBJECT = 3;
    private static final int DYNAMIC_SYMBOLS = 11;

    private ElfFile() {}

    /**
     * Checks against the functions that the importer will call.
     *
     * <p>Maps the file instead of reading it: libraries may be larger than a worker's heap.
     */
    static Outcome<Boolean> check(String path, Path file, Set<String> called) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return check(path, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), called);
        }
    }

    static Outcome<Boolean> check(String path, ByteBuffer bytes, Set<String> called) {
        ByteBuffer elf = bytes.order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (elf.limit() < 64 || elf.getInt(0) != 0x464C457F) {
                return wrongBinary(path + " is not an ELF shared library.");
            }
            if (elf.get(4) != 2 || elf.get(5) != 1 || elf.getShort(18) != MACHINE_X86_64) {
                return wrongBinary(path + " is for another processor (ELF class " + elf.get(4) + ", machine "
                        + Short.toUnsignedInt(elf.getShort(18)) + ").");
            }
            if (elf.getShort(16) != SHARED_OBJECT) {
                return wrongBinary(path + " is not a shared library (ELF type " + elf.getShort(16) + ").");
            }
            Set<String> defined = symbols(elf);
            String missing =
                    called.stream().filter(name -> !defined.contains(name)).collect(Collectors.joining(", "));
            return missing.isEmpty()
                    ? Outcome.ok(true)
                    : Outcome.refused(Failure.permanent(
                            "fmu.missing_symbols",
                            path + " does not export " + missing + ".",
                            "Build the library with the functions of its FMI version exported under their own names."));
        } catch (IndexOutOfBoundsException
                | BufferUnderflowException
                | IllegalArgumentException
                | ArithmeticException e) {
            return wrongBinary(path + " is cut off or damaged.");
        }
    }

    private static Outcome<Boolean> wrongBinary(String cause) {
        return Outcome.refused(Failure.permanent(
                "fmu.wrong_binary", cause, "Build the library as a shared object for 64-bit Linux on x86-64."));
    }

    private static Set<String> symbols(ByteBuffer elf) {
        long sections = elf.getLong(40);
        int size = Short.toUnsignedInt(elf.getShort(58));
        int count = Short.toUnsignedInt(elf.getShort(60));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int at = Math.toIntExact(sections + (long) i * size);
            if (elf.getInt(at + 4) == DYNAMIC_SYMBOLS) {
                int strings = Math.toIntExact(sections + (long) elf.getInt(at + 40) * size);
                long texts = elf.getLong(strings + 24);
                long first = elf.getLong(at + 24);
                long end = first + elf.getLong(at + 32);
                for (long symbol = first; symbol + 24 <= end; symbol += 24) {
                    int place = Math.toIntExact(symbol);
                    if (elf.getShort(place + 6) != 0) {
                        names.add(text(elf, Math.toIntExact(texts + Integer.toUnsignedLong(elf.getInt(place)))));
                    }
                }
            }
        }
        return names;
    }

    private static String text(ByteBuffer elf, int from) {
        int to = from;
        while (elf.get(to) != 0) {
            to++;
        }
        byte[] text = new byte[to - from];
        elf.get(from, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
