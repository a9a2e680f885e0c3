package org.voltwin.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** Writes what a command was asked to leave behind; a folder or disk that does not take it is no fault of the program. */
final class FileOutput {
    private FileOutput() {}

    /** Something that writes to the file or folder it was given. */
    @FunctionalInterface
    interface Writing {
        void run() throws IOException;
    }

    static void to(Path place, Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new RefusedException(Failure.permanent(
                    "output.unwritable",
                    "Nothing can be written to " + place + " (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + ").",
                    "Name a place that you may write to, with space left."));
        }
    }
}
