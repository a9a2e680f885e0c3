package org.voltwin.bench.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lines of a file with their numbers; lines can be looked at before they are taken. */
final class LineReader implements AutoCloseable {
    /**
     * A line.
     *
     * @param number counted from 1
     */
    record Line(long number, String text) {}

    private final BufferedReader reader;
    private final Deque<Line> ahead = new ArrayDeque<>();
    private long read;

    private LineReader(BufferedReader reader) {
        this.reader = reader;
    }

    /** Bytes that are no UTF-8 (old cyclers write Latin-1) become replacement characters: numbers have none. */
    static LineReader open(Path file) throws IOException {
        return new LineReader(new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8), 1 << 16));
    }

    @Nullable Line next() {
        Line waiting = ahead.pollFirst();
        return waiting != null ? waiting : fromFile();
    }

    /** Puts a line back, so that it is the next one. */
    void putBack(Line line) {
        ahead.addFirst(line);
    }

    /** The line {@code offset} lines ahead (0 = the next one), without taking it. */
    @Nullable Line peek(int offset) {
        while (ahead.size() <= offset) {
            Line line = fromFile();
            if (line == null) {
                return null;
            }
            ahead.addLast(line);
        }
        return ahead.stream().skip(offset).findFirst().orElse(null);
    }

    private @Nullable Line fromFile() {
        try {
            String text = reader.readLine();
            if (text == null) {
                return null;
            }
            read++;
            return new Line(read, read == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
