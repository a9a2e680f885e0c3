package org.voltwin.twin.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.telemetry.Column;

/**
 * What is known of a stream.
 *
 * @param columns as sent; stored values are in the inside units
 * @param rows distinct rows stored
 * @param totalRows rows of the whole stream, null until known
 * @param keptAside distinct values kept aside, by reason
 * @param charge how far its charge was counted, null when never
 */
public record StreamInfo(
        StreamKey key,
        @Nullable UUID run,
        String source,
        List<Column> columns,
        Instant firstAt,
        Instant updatedAt,
        long rows,
        @Nullable Long totalRows,
        Map<String, Long> keptAside,
        @Nullable ChargeMark charge) {
    public StreamInfo {
        columns = List.copyOf(columns);
        keptAside = Map.copyOf(keptAside);
    }

    public long keptAsideValues() {
        return keptAside.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether rows are still to come as far as is known. */
    public boolean isComplete() {
        return totalRows != null && rows >= totalRows;
    }
}
