package org.voltwin.model.port;

import java.util.UUID;

/** Benches that step FMUs in worker processes. */
public interface VirtualBenches {
    /**
     * Takes an order, or says how it stands: calling again for the same run never starts a second one. A worker that
     * died is started again; rows then come again with the same sequence numbers.
     */
    BenchProgress execute(BenchOrder order);

    /** Stops the run's worker if there is one. */
    void cancel(UUID run);
}
