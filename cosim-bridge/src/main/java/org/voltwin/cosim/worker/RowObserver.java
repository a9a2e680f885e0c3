package org.voltwin.cosim.worker;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;

/** Told of a simulation's rows, on one thread, in order; may block, which makes the simulation wait. */
public interface RowObserver {
    /**
     * A recorded signal.
     *
     * @param fmu name of the model
     * @param unit as in its description; empty when there is none
     */
    record Signal(String fmu, String name, String unit) {}

    /**
     * One row.
     *
     * @param sequence counted from 0
     * @param scenario number of the scenario
     * @param timeSeconds test time since the first scenario began
     * @param fraction of the whole simulation that is done, 0 to 1
     * @param values one per signal, in the signal's own unit
     */
    record Row(long sequence, int scenario, double timeSeconds, double fraction, double[] values) {}

    /** First of all, once. */
    void signals(List<Signal> signals);

    void row(Row row) throws InterruptedException;

    /**
     * After the last row of a scenario, where scenarios are apart.
     *
     * @param failure why it ended early; null when it did not
     */
    default void scenarioDone(int scenario, @Nullable Failure failure) {}

    /**
     * A checkpoint was made: the rows before it will not be told again, even to a later process that goes on from it.
     * Comes back when that is safe.
     *
     * @param rows how many they are
     */
    default void remembered(long rows) {}

    /** Last of all when it worked: the number of rows and figures with the unit in the name. */
    void done(long rows, Map<String, Double> summary) throws InterruptedException;

    /** Last of all when it did not. */
    void broken(Failure failure);
}
