package org.voltwin.lims.request;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.run.RunStage;

/**
 * {@code LIMS/status/<uuid>}: what the twin says of a run.
 *
 * @param at when this was said
 * @param progress 0 to 1
 * @param transitions when each stage so far was entered, by the stage's id; may be absent
 */
record StatusUpdate(
        UUID uuid,
        RunStage stage,
        Instant at,
        double progress,
        @Nullable String message,
        @Nullable Failure failure,
        @Nullable String folder,
        @Nullable String bench,
        @Nullable String resultsStream,
        @Nullable Map<String, Instant> transitions) {

    /** When the stages that this message tells of were entered. A message that was lost is made up for by the next. */
    Map<RunStage, Instant> times() {
        Map<RunStage, Instant> times = new EnumMap<>(RunStage.class);
        times.put(stage, at);
        if (transitions != null) {
            for (RunStage known : RunStage.values()) {
                Instant entered = transitions.get(known.id());
                if (entered != null) {
                    times.put(known, entered);
                }
            }
        }
        return times;
    }
}
