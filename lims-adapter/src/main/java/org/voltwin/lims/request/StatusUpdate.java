package org.voltwin.lims.request;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.run.RunStage;

/**
 * {@code LIMS/status/<uuid>}: what the twin says of a run.
 *
 * @param at when the stage was entered
 * @param progress 0 to 1
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
        @Nullable String resultsStream) {}
