package org.voltwin.model.port;

import org.voltwin.model.run.RunState;

/**
 * The work that takes a run out of one stage. twin-services finds runs in that stage, calls {@link #perform} on a
 * virtual thread, and moves the run on with a conditional update, so of two workers only one wins. The work must be
 * idempotent: after a crash it is done again with the same state.
 */
public interface StageWork<S extends RunState.Open> {
    /** The state this work starts from. */
    Class<S> from();

    /**
     * Does the work; may block. Throws only for bugs and broken infrastructure: it is tried again then, later and later.
     */
    StageOutcome perform(S state) throws InterruptedException;
}
