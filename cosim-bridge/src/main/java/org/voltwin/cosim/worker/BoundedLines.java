package org.voltwin.cosim.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of a stream that a hostile model may write to: no line may fill this process's memory. */
final class BoundedLines implements AutoCloseable {
    /** A line that is longer than allowed. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException(String message) {
            super(message);
        }
    }

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private byte[] line = new byte[1 << 10];
    private int length;
    private int next;
    private int end;

    /** @param longest bytes of a line */
    BoundedLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The next line, the last one even without its end; null at the end of the stream. */
    @Nullable String read() throws IOException {
        length = 0;
        while (true) {
            for (int i = next; i < end; i++) {
                if (buffer[i] == '\n') {
                    append(i);
                    next = i + 1;
                    return text();
                }
            }
            append(end);
            next = 0;
            end = in.read(buffer);
            if (end < 0) {
                end = 0;
                return length == 0 ? null : text();
            }
        }
    }

    private void append(int to) throws IOException {
        int more = to - next;
        if (length + more > longest) {
            throw new TooLongException("A line has more than " + longest + " bytes");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.min(longest, Math.max(2 * line.length, length + more)));
        }
        System.arraycopy(buffer, next, line, length, more);
        length += more;
    }

    private String text() {
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
