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
 * @param design further keys of the experiment's specification: constraints, model, objective (docs/doe.md)
 */
public record ProcedurePlan(
        TestProcedure procedure, List<Factor> factors, Map<String, Double> fixed, Map<String, Object> design) {
    public ProcedurePlan {
        factors = List.copyOf(factors);
        design = java.util.Collections.unmodifiableMap(new TreeMap<>(design));
        fixed = java.util.Collections.unmodifiableMap(new TreeMap<>(fixed));
    }
}
