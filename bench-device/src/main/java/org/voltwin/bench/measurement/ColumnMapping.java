package org.voltwin.bench.measurement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Direction;

/**
 * What the columns of a table are: the mapping file of {@link MeasurementFormat#GENERIC}.
 *
 * @param delimiter one character; null means a comma
 * @param skipLines lines before the header; null means none
 * @param columns at least one, one of them for {@code Time}; columns of the table that are not named are left out
 */
public record ColumnMapping(
        @JsonProperty("delimiter") @Nullable String delimiter,
        @JsonProperty("skipLines") @Nullable Integer skipLines,
        @JsonProperty("columns") List<Mapped> columns) {
    /**
     * One column.
     *
     * @param from its name in the table's header
     * @param name Voltwin's variable
     * @param unit unit of the values after the factor
     * @param factor multiplies the values, -1 where a positive current discharges; null means 1
     * @param direction null means output
     */
    public record Mapped(
            @JsonProperty("from") String from,
            @JsonProperty("name") String name,
            @JsonProperty("unit") Unit unit,
            @JsonProperty("factor") @Nullable Double factor,
            @JsonProperty("direction") @Nullable Direction direction) {}

    public ColumnMapping {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("columns is empty: name at least the time and one more");
        }
        if (delimiter != null && delimiter.length() != 1) {
            throw new IllegalArgumentException("delimiter is '" + delimiter + "', but must be one character");
        }
        if (skipLines != null && skipLines < 0) {
            throw new IllegalArgumentException("skipLines is " + skipLines + ", but must be 0 or more");
        }
    }

    /** Reads a mapping file; refused with the place in it. */
    public static Outcome<ColumnMapping> read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            return Outcome.refused(Failure.permanent(
                    "measurement.no_mapping",
                    "The mapping file " + file + " cannot be read: " + e.getMessage() + ".",
                    "Give the path of a mapping file."));
        }
        return Json.read(bytes, ColumnMapping.class);
    }
}
