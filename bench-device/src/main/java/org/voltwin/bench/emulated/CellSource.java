package org.voltwin.bench.emulated;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.telemetry.Column;

/**
 * What stands in the emulated bench in place of a cell. The same order gives the same rows again: after a crash the
 * bench goes on where it was by reading the rows from the beginning.
 */
public interface CellSource {
    /** Why an order cannot be executed at all, found without much work; empty when it can be tried. */
    default Optional<Failure> refusal(BenchOrder order) {
        return Optional.empty();
    }

    /**
     * Starts executing an order from its first row.
     *
     * @throws org.voltwin.model.failure.RefusedException when it cannot
     */
    Rows open(BenchOrder order);

    /** The rows of one execution. Used by one thread. */
    interface Rows extends AutoCloseable {
        /** One of them is {@link org.voltwin.model.telemetry.Variables#TIME}. */
        List<Column> columns();

        /**
         * The next row, one value per column; null when the order is done.
         *
         * @throws org.voltwin.model.failure.RefusedException when the execution failed
         */
        @Nullable List<@Nullable Double> next();

        /** Figures about the execution, with the unit in the name; asked for after the last row. */
        Map<String, Double> summary();

        @Override
        void close();
    }
}
