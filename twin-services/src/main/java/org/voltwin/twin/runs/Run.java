package org.voltwin.twin.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.UUID;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.RunCodec;
import org.voltwin.model.run.RunStage;
import org.voltwin.model.run.RunState;

/**
 * A run as its twin shows it.
 *
 * @param fraction progress of the bench, 0 to 1
 * @param rows rows stored so far
 * @param message what goes on, in words; may be empty
 * @param benchReport what a physical bench said of its end; empty when nothing yet
 */
public record Run(RunState state, double fraction, long rows, String message, Optional<BenchReport> benchReport) {
    /** Reads a run's Thing; refused when it is not one. */
    static Outcome<Run> of(JsonNode thing) {
        JsonNode progress = thing.path("features").path("progress").path("properties");
        JsonNode bench = thing.path("features").path("bench").path("properties");
        return RunCodec.fromAttributes(thing.path("attributes"))
                .map(state -> new Run(
                        state,
                        state.stage() == RunStage.COMPLETED
                                ? 1
                                : progress.path("fraction").asDouble(),
                        progress.path("rows").asLong(),
                        progress.path("message").asText(""),
                        report(bench)));
    }

    private static Optional<BenchReport> report(JsonNode bench) {
        if (!bench.isObject()) {
            return Optional.empty();
        }
        return switch (Json.convert(bench, BenchReport.class)) {
            case Outcome.Ok<BenchReport> ok -> Optional.of(ok.value());
            case Outcome.Refused<BenchReport> refused -> Optional.empty();
        };
    }

    public UUID uuid() {
        return state.request().uuid();
    }
}
