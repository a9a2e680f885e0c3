package org.voltwin.cosim.fmi;

import java.util.function.Consumer;

/**
 * Where an instance's messages go.
 *
 * @param lines told each message, with the instance's name before it, after the call that it came in
 * @param descriptor a file descriptor that each message is written to at once, so that a crash takes none with it; -1
 *     for none
 */
public record LogTarget(Consumer<String> lines, int descriptor) {
    private static final int STANDARD_ERROR = 2;

    /** To somebody in this process. */
    public static LogTarget lines(Consumer<String> lines) {
        return new LogTarget(lines, -1);
    }

    /** To standard error of the process, below Java. */
    public static LogTarget standardError() {
        return new LogTarget(line -> {}, STANDARD_ERROR);
    }
}
