package org.voltwin.model.port;

import java.util.Map;
import org.voltwin.model.failure.Failure;

/** How an order stands on its bench. */
public sealed interface BenchProgress {
    /**
     * At work.
     *
     * @param fraction 0 to 1
     * @param rows rows sent so far
     */
    record Working(double fraction, long rows) implements BenchProgress {}

    /**
     * Done.
     *
     * @param rows rows of the whole stream, all acknowledged by whom they were sent to
     * @param summary figures with the unit in the name
     */
    record Done(long rows, Map<String, Double> summary) implements BenchProgress {}

    /** Ended without a result. */
    record Broken(Failure failure) implements BenchProgress {}
}
