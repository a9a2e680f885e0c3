package org.voltwin.model.design;

import java.util.List;
import org.voltwin.model.procedure.Scenario;

/**
 * A design: the runs to make, in order.
 *
 * @param kind what was built
 * @param factors as specified
 * @param scenarios the runs
 * @param fullFactorialRuns what a full factorial over the same levels would have taken
 * @param why why this design, in words
 */
public record ExperimentDesign(
        String kind, List<Factor> factors, List<Scenario> scenarios, long fullFactorialRuns, String why) {
    public ExperimentDesign {
        factors = List.copyOf(factors);
        scenarios = List.copyOf(scenarios);
    }
}
