package org.voltwin.cosim.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * A run in the middle of it: enough to go on as if it had never stopped.
 *
 * @param identity of the plan and its FMUs; a run with another one is refused
 * @param sequence of the next row: all before it have been handed on
 * @param memory of the master
 * @param states of the models, in the order of the parts
 */
record Checkpoint(String identity, long sequence, long[] memory, List<byte[]> states) {
    private static final int MAGIC = 0x564F4C31; // "VOL1"
    private static final int MOST = 1 << 28;

    /** Written by the worker; it is valid once the parent has {@link #accept}ed it. */
    void write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeUTF(identity);
        out.writeLong(sequence);
        out.writeInt(memory.length);
        for (long word : memory) {
            out.writeLong(word);
        }
        out.writeInt(states.size());
        for (byte[] state : states) {
            out.writeInt(state.length);
            out.write(state);
        }
        CRC32 sum = new CRC32();
        sum.update(bytes.toByteArray());
        out.writeLong(sum.getValue());
        Files.write(file, bytes.toByteArray());
    }

    /** Where the one after so many rows is written, that shall replace this one. */
    static Path next(Path file, long rows) {
        return file.resolveSibling(file.getFileName() + ".after-" + rows);
    }

    /** Replaces the valid one in one go, so that there is always a whole one. */
    static void accept(Path file, long rows) throws IOException {
        Files.move(next(file, rows), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Throws {@link RefusedException} with {@code checkpoint.malformed} for anything that is not whole. */
    static Checkpoint read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CRC32 sum = new CRC32();
        if (bytes.length < Long.BYTES) {
            throw malformed(file, "is empty");
        }
        sum.update(bytes, 0, bytes.length - Long.BYTES);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            if (in.readInt() != MAGIC) {
                throw malformed(file, "is no checkpoint");
            }
            String identity = in.readUTF();
            long sequence = in.readLong();
            long[] memory = new long[size(in, file)];
            for (int i = 0; i < memory.length; i++) {
                memory[i] = in.readLong();
            }
            List<byte[]> states = new ArrayList<>();
            for (int left = size(in, file); left > 0; left--) {
                states.add(in.readNBytes(size(in, file)));
            }
            if (in.readLong() != sum.getValue()) {
                throw malformed(file, "is damaged");
            }
            return new Checkpoint(identity, sequence, memory, states);
        } catch (java.io.EOFException | java.io.UTFDataFormatException e) {
            throw malformed(file, "is cut off");
        }
    }

    private static int size(DataInputStream in, Path file) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > Math.min(MOST, in.available())) {
            throw malformed(file, "is damaged");
        }
        return size;
    }

    private static RefusedException malformed(Path file, String what) {
        return new RefusedException(Failure.permanent(
                "checkpoint.malformed",
                "The checkpoint " + file + " " + what + ".",
                "Start the run from its beginning, without the checkpoint."));
    }
}
