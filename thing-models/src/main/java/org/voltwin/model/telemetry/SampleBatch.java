package org.voltwin.model.telemetry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.TwinId;

/**
 * Consecutive rows of one stream of samples: the message a bench sends as Hono telemetry. Row {@code i} has sequence
 * number {@code first + i}; a row sent twice is the same row.
 *
 * @param thing twin the samples are about
 * @param stream id of the stream, unique per thing: the run's uuid, or what a replay derives from its file's content
 * @param run the test run, null for measurements outside one
 * @param source for people: the bench or the file's name
 * @param first sequence number of the first row, counted from 0
 * @param columns the same in all batches of a stream
 * @param rows values per column, null where there is none
 * @param totalRows number of rows of the whole stream, known in its last batch, else null
 */
public record SampleBatch(
        TwinId thing,
        String stream,
        @Nullable UUID run,
        String source,
        long first,
        List<Column> columns,
        List<List<@Nullable Double>> rows,
        @Nullable Long totalRows) {
    /** Content type on the wire. */
    public static final String CONTENT_TYPE = "application/vnd.voltwin.samples+json";

    public SampleBatch {
        columns = List.copyOf(columns);
        List<List<@Nullable Double>> copy = new ArrayList<>(rows.size());
        for (List<@Nullable Double> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("A row of stream " + stream + " has " + row.size() + " values for "
                        + columns.size() + " columns");
            }
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
        if (first < 0) {
            throw new IllegalArgumentException("first is " + first + " but rows are counted from 0");
        }
    }
}
