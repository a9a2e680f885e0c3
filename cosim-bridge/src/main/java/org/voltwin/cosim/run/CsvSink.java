package org.voltwin.cosim.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** Rows as CSV: a head line with units, then a line per row; empty where there is no value. */
final class CsvSink implements RowSink {
    private final BufferedWriter csv;
    private final boolean headed;

    CsvSink(Path file) throws IOException {
        csv = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        headed = false;
    }

    /** Goes on with a file after its first rows; later ones are dropped. */
    CsvSink(Path file, long rows) throws IOException {
        long end = Files.isRegularFile(file) ? endOfLine(file, rows + 1) : -1;
        if (end < 0) {
            throw new RefusedException(Failure.permanent(
                    "checkpoint.results_missing",
                    "The results in " + file + " do not reach to the checkpoint, which was made after " + rows
                            + " rows.",
                    "Name the results file of the run that was interrupted, or start without the checkpoint."));
        }
        try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(end);
        }
        csv = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        headed = true;
    }

    /** Bytes of the first lines; negative when there are fewer. */
    private static long endOfLine(Path file, long lines) throws IOException {
        long bytes = 0;
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) { // a byte is a character
            for (long left = lines; left > 0; ) {
                int each = in.read();
                if (each < 0) {
                    return -1;
                }
                bytes++;
                left -= each == '\n' ? 1 : 0;
            }
        }
        return bytes;
    }

    @Override
    public void begin(List<RowObserver.Signal> kept) throws IOException {
        if (headed) {
            return;
        }
        csv.write("Time [s]");
        for (RowObserver.Signal signal : kept) {
            csv.write(',');
            csv.write(head(signal));
        }
        csv.write('\n');
    }

    /** The name of a signal's column. */
    static String head(RowObserver.Signal signal) {
        String unit = signal.unit().isEmpty() ? "" : " [" + signal.unit() + "]";
        return "/" + signal.fmu() + "/" + signal.name() + unit;
    }

    @Override
    public void row(double timeSeconds, double[] values) throws IOException {
        csv.write(Double.toString(timeSeconds));
        for (double value : values) {
            csv.write(',');
            csv.write(cell(value));
        }
        csv.write('\n');
    }

    /** Empty for a value that there is not: not a number, or -1e9 by the output message's convention. */
    static String cell(double value) {
        return Double.isNaN(value) || value == RowFile.INVALID ? "" : Double.toString(value);
    }

    @Override
    public void flush() throws IOException {
        csv.flush();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
