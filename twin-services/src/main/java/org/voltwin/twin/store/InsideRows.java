package org.voltwin.twin.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.telemetry.Column;

/**
 * Consecutive rows of a stream in the inside units, checked.
 *
 * @param run the test run, null outside one
 * @param source for people: bench or file
 * @param columns as sent; the values are in {@link org.voltwin.model.quantity.Unit#inside()} of their units
 * @param first sequence number of the first row
 * @param rows values per column, NaN where there is none
 * @param aside values that were taken out because they cannot be true
 * @param totalRows rows of the whole stream when known
 */
public record InsideRows(
        StreamKey key,
        @Nullable UUID run,
        String source,
        List<Column> columns,
        long first,
        List<double[]> rows,
        List<KeptAside> aside,
        @Nullable Long totalRows) {
    public InsideRows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        aside = List.copyOf(aside);
    }
}
