package org.voltwin.bench.measurement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;

/**
 * A measurement file, read row by row. Every row of the file is one row, in the file's order, with the time axis as it
 * is. Positive current charges. Not thread-safe.
 */
public final class MeasurementFile implements AutoCloseable {
    private final Path file;
    private final LineReader lines;
    private final Layout layout;
    private final long[] nothingIn;
    private long rows;

    private MeasurementFile(Path file, LineReader lines, Layout layout) {
        this.file = file;
        this.lines = lines;
        this.layout = layout;
        this.nothingIn = new long[layout.sources().size()];
    }

    /**
     * Opens a file and reads its header.
     *
     * @param format empty: found out from the content; with a mapping it is {@link MeasurementFormat#GENERIC}
     * @param mapping for {@link MeasurementFormat#GENERIC}: a {@link ColumnMapping} as JSON
     * @return refused when the file cannot be read, or its columns cannot be understood; the cause names file, line and
     *     column
     */
    public static Outcome<MeasurementFile> open(Path file, Optional<MeasurementFormat> format, Optional<Path> mapping) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return Outcome.refused(Failure.permanent(
                    "measurement.no_such_file",
                    "There is no readable file " + file + ".",
                    "Give the path of a measurement file."));
        }
        LineReader lines = null;
        try {
            lines = LineReader.open(file);
            Layout layout = Layouts.detect(file, lines, format, mapping);
            check(file, layout);
            return Outcome.ok(new MeasurementFile(file, lines, layout));
        } catch (RefusedException e) {
            closeQuietly(lines);
            return Outcome.refused(e.failure());
        } catch (IOException | UncheckedIOException e) {
            closeQuietly(lines);
            return Outcome.refused(Failure.passing(
                    "measurement.unreadable",
                    file + " cannot be read: " + e.getMessage() + ".",
                    "Check the file and the disk it is on."));
        }
    }

    public MeasurementFormat format() {
        return layout.format();
    }

    /** The columns of every row; one of them is {@link Variables#TIME}. */
    public List<Column> columns() {
        return layout.columns();
    }

    /** What is known by now: more after the last row than before the first. */
    public List<Finding> findings() {
        List<Finding> all = new java.util.ArrayList<>(layout.findings());
        for (int i = 0; i < nothingIn.length; i++) {
            if (nothingIn[i] > 0) {
                String name = layout.sources().get(i).column().name();
                all.add(new Finding(
                        "measurement.no_value",
                        "Column " + name + " has no value in " + nothingIn[i] + " of " + rows + " rows."));
            }
        }
        return List.copyOf(all);
    }

    /**
     * The next row, one value per column and null where nothing was measured; null after the last.
     *
     * @throws RefusedException when the row cannot be understood, with file, line and column
     */
    public @Nullable List<@Nullable Double> next() {
        LineReader.Line line = lines.next();
        while (line != null && line.text().isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            return null;
        }
        List<@Nullable Double> row = layout.row(new Place(file, line.number()), line.text());
        rows++;
        for (int i = 0; i < nothingIn.length; i++) {
            if (row.get(i) == null) {
                nothingIn[i]++;
            }
        }
        return row;
    }

    /** Rows read so far. */
    public long rows() {
        return rows;
    }

    private static void check(Path file, Layout layout) {
        if (!layout.has(column -> column.name().equals(Variables.TIME))) {
            throw Place.refusal(
                    file,
                    "measurement.no_time",
                    "no column is the test time.",
                    "Export the test time, or name its column in a mapping.");
        }
        Set<String> names = new HashSet<>();
        for (Column column : layout.columns()) {
            if (!names.add(column.name())) {
                throw Place.refusal(
                        file,
                        "measurement.column_twice",
                        "two columns are " + column.name() + ".",
                        "Give them different names in the header, or in a mapping.");
            }
        }
    }

    private static void closeQuietly(@Nullable LineReader lines) {
        if (lines != null) {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(lines);
    }
}
