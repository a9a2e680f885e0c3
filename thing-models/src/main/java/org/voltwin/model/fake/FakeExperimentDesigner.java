package org.voltwin.model.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.voltwin.model.design.DesignSpecification;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.design.Factor;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.ExperimentDesigner;
import org.voltwin.model.procedure.Scenario;

/** A designer that gives two scenarios: all factors low, all factors high. */
public final class FakeExperimentDesigner implements ExperimentDesigner {
    @Override
    public Outcome<ExperimentDesign> design(DesignSpecification specification) {
        for (Factor factor : specification.factors()) {
            if (factor.low() >= factor.high()) {
                return Outcome.refused(Failure.permanent(
                        "design.empty_range",
                        "Factor " + factor.name() + " has no range.",
                        "Give a low value below the high one."));
            }
        }
        List<Scenario> scenarios = new ArrayList<>();
        scenarios.add(new Scenario(1, values(specification, true)));
        if (!specification.factors().isEmpty()) {
            scenarios.add(new Scenario(2, values(specification, false)));
        }
        return Outcome.ok(new ExperimentDesign("fake", specification.factors(), scenarios, scenarios.size(), "fake"));
    }

    private static Map<String, Double> values(DesignSpecification specification, boolean low) {
        return specification.factors().stream()
                .collect(Collectors.toMap(Factor::name, factor -> low ? factor.low() : factor.high()));
    }
}
