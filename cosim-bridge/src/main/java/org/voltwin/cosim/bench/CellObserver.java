package org.voltwin.cosim.bench;

import java.util.List;
import java.util.Map;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.telemetry.Column;

/** Told what a simulated unit under test does, on one thread, in order; may block, which makes the simulation wait. */
public interface CellObserver {
    /**
     * One row.
     *
     * @param sequence counted from 0
     * @param timeSeconds test time since the first scenario began
     * @param fraction of the whole order that is done, 0 to 1
     * @param values one per column, in the column's unit, which is the inside one; NaN where invalid
     */
    record CellRow(long sequence, double timeSeconds, double fraction, double[] values) {}

    /** First of all, once; time is not among them. */
    void columns(List<Column> columns);

    void row(CellRow row) throws InterruptedException;

    /** Last of all when it worked. */
    void done(long rows, Map<String, Double> summary) throws InterruptedException;

    /** Last of all when it did not. */
    void broken(Failure failure);
}
