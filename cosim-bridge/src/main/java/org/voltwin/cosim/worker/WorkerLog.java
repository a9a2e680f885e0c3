package org.voltwin.cosim.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a worker's models and its JVM printed. Models may print without end, so only the end is ever read. */
record WorkerLog(Path file) {
    private static final int READ = 512 << 10;
    private static final long LARGEST = 32L << 20;
    private static final int LAST_LINES = 5;
    private static final int LONGEST_LINE = 300;
    private static final Pattern SIGNAL = Pattern.compile("(?m)^#\\s+(SIG[A-Z]+) \\(");
    private static final Pattern FRAME = Pattern.compile("(?m)^# Problematic frame:\\R# (.{1,200})$");
    private static final Pattern FATAL =
            Pattern.compile("(?m)^#\\s*$\\R# (A fatal error|There is insufficient memory)");

    /** The last lines that models printed, as the end of a sentence; empty when there are none. */
    String lastLines() {
        String text = end();
        Matcher fatal = FATAL.matcher(text);
        String own = fatal.find() ? text.substring(0, fatal.start()) : text;
        List<String> lines = own.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.replaceAll("\\p{Cntrl}", "?"))
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line)
                .toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return last.isEmpty() ? "" : " Last lines of its log: " + String.join(" | ", last);
    }

    /** Where native code crashed, as the JVM saw it: "SIGSEGV in C [bad.so+0x11a5]  model_step+0x25". */
    Optional<String> crash() {
        String text = end();
        Matcher signal = SIGNAL.matcher(text);
        Matcher frame = FRAME.matcher(text);
        return signal.find()
                ? Optional.of(signal.group(1)
                        + (frame.find() ? " in " + frame.group(1).strip() : ""))
                : Optional.empty();
    }

    boolean ranOutOfMemory() {
        String text = end();
        return text.contains("There is insufficient memory") || text.contains("java.lang.OutOfMemoryError");
    }

    /** Begins the log anew when it has become large; what is printed goes on at its new end. */
    void keepSmall() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() > LARGEST) {
                channel.truncate(0);
            }
        }
    }

    private String end() {
        try (FileChannel channel = FileChannel.open(file)) {
            long from = Math.max(0, channel.size() - READ);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(READ, channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                continue;
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(the log cannot be read: " + e.getMessage() + ")";
        }
    }
}
