package org.voltwin.twin.runs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;

/**
 * An event of a physical bench about a run.
 *
 * @param event started, finished, failed or cancelled
 * @param rows rows of the stream so far; all of them when finished
 * @param summary figures with the unit in the name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchReport(
        String bench,
        UUID run,
        String event,
        long rows,
        @Nullable Map<String, Double> summary,
        @Nullable Failure failure,
        Instant at) {
    /** Content type on the wire. */
    public static final String CONTENT_TYPE = "application/vnd.voltwin.bench-event+json";

    public boolean isEnd() {
        return !event.equals("started");
    }
}
