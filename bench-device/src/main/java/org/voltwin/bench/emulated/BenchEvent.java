package org.voltwin.bench.emulated;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;

/**
 * What a bench says about a run: the Hono event of the contracts.
 *
 * @param rows of the stream: so far, or all when finished
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BenchEvent(
        @JsonProperty("bench") TwinId bench,
        @JsonProperty("run") UUID run,
        @JsonProperty("event") Kind event,
        @JsonProperty("rows") long rows,
        @JsonProperty("summary") @Nullable Map<String, Double> summary,
        @JsonProperty("failure") @Nullable Failure failure,
        @JsonProperty("at") Instant at) {
    static final String CONTENT_TYPE = "application/vnd.voltwin.bench-event+json";

    /** The events of a run. */
    enum Kind {
        STARTED,
        FINISHED,
        FAILED,
        CANCELLED;

        @JsonValue
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
