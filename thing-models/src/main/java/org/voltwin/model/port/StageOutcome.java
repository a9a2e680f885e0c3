package org.voltwin.model.port;

import java.time.Duration;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.run.RunState;

/** What came of a stage's work. */
public sealed interface StageOutcome {
    /** Done: the run is in the next state. */
    record Advance(RunState next) implements StageOutcome {}

    /** Not yet: look again after {@code retryAfter}. {@code reason} is shown to people. */
    record Wait(String reason, Duration retryAfter) implements StageOutcome {}

    /** It cannot go on; a failure whose retry helps is tried again a few times before the run fails. */
    record Fail(Failure failure) implements StageOutcome {}
}
