package org.voltwin.model.design;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.procedure.Scenario;

/**
 * A design: the runs to make, in order.
 *
 * @param kind what was built
 * @param factors as specified
 * @param scenarios the runs
 * @param fullFactorialRuns what a full factorial over the same levels would have taken
 * @param why why this design, in words
 * @param wholePlots per scenario the whole plot it is part of, from 1; empty when nothing is hard to change
 */
public record ExperimentDesign(
        String kind,
        List<Factor> factors,
        List<Scenario> scenarios,
        long fullFactorialRuns,
        String why,
        @Nullable List<Integer> wholePlots) {
    public ExperimentDesign {
        factors = List.copyOf(factors);
        scenarios = List.copyOf(scenarios);
        wholePlots = wholePlots == null ? List.of() : List.copyOf(wholePlots);
    }

    /** With nothing that is hard to change. */
    public ExperimentDesign(
            String kind, List<Factor> factors, List<Scenario> scenarios, long fullFactorialRuns, String why) {
        this(kind, factors, scenarios, fullFactorialRuns, why, List.of());
    }

    /** As given, empty instead of null. */
    @Override
    public List<Integer> wholePlots() {
        return wholePlots == null ? List.of() : wholePlots;
    }
}
