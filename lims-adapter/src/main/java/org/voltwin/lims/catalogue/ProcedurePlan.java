package org.voltwin.lims.catalogue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.model.design.Factor;
import org.voltwin.model.procedure.TestProcedure;

/**
 * How a test is done electrically.
 *
 * @param procedure the steps
 * @param factors what the experiment design varies
 * @param fixed scenario parameters that stay the same, by name
 */
public record ProcedurePlan(TestProcedure procedure, List<Factor> factors, Map<String, Double> fixed) {
    public ProcedurePlan {
        factors = List.copyOf(factors);
        fixed = java.util.Collections.unmodifiableMap(new TreeMap<>(fixed));
    }
}
