package org.voltwin.model.port;

import java.util.UUID;
import org.voltwin.model.failure.Outcome;

/** Benches behind Eclipse Hono. Blocking. */
public interface PhysicalBenches {
    /** The command's subject on the wire. */
    String START = "start-run";

    /** The command's subject on the wire. */
    String CANCEL = "cancel-run";

    /** Sends the order as a command; ok when the bench has accepted it (again). */
    Outcome<Boolean> start(BenchOrder order);

    /** Tells the bench to stop; ok when it has, or never had the run. */
    Outcome<Boolean> cancel(BenchOrder order, UUID run);
}
