package org.voltwin.model.design;

import java.util.List;

/**
 * The problem of an experiment design. It may be contradictory: the designer refuses it with the reason.
 *
 * @param kind {@code full-factorial}, {@code latin-hypercube} or {@code auto}
 * @param factors what is varied, names unique
 * @param maxRuns budget, at least 1
 * @param seed of everything random: the same seed gives the same design
 */
public record DesignSpecification(String kind, List<Factor> factors, int maxRuns, long seed) {
    public DesignSpecification {
        factors = List.copyOf(factors);
    }
}
