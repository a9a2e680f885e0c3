package org.voltwin.doe.design;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.factors.StudyReader;
import org.voltwin.model.design.DesignSpecification;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.design.Factor;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.ExperimentDesigner;
import org.voltwin.model.procedure.Scenario;

/**
 * The pipeline's way to {@link StudyDesigner}. Pure: the same specification gives the same design. Values of scenarios
 * are in the unit used inside ({@link org.voltwin.model.quantity.Unit#inside()}), whatever unit a range is given in.
 */
public final class Designs implements ExperimentDesigner {
    private static final String FACTORS = "factors";
    private static final String NAME = "name";
    private static final ExperimentDesign SINGLE = new ExperimentDesign(
            "single",
            List.of(),
            List.of(new Scenario(1, Map.of())),
            1,
            "Nothing is varied: one run with the procedure as it is.");

    /** The design; refused with a {@code design.*} code that names what is in the way. */
    @Override
    public Outcome<ExperimentDesign> design(DesignSpecification specification) {
        ObjectNode tree = tree(specification);
        return StudyReader.read(tree)
                .flatMap(study -> study.factors().isEmpty()
                        ? Outcome.ok(SINGLE)
                        : new StudyDesigner().design(study).map(plan -> experiment(specification, study, plan)));
    }

    private static ExperimentDesign experiment(DesignSpecification specification, Study study, StudyPlan plan) {
        List<String> why = new ArrayList<>(List.of(plan.why()));
        why.addAll(plan.notes());
        return new ExperimentDesign(
                plan.kind(),
                factors(specification, study),
                plan.scenarios(study.factors()),
                plan.trust().fullFactorialRuns(),
                String.join(" ", why),
                plan.wholePlots());
    }

    /** Those of the request, and behind them what the study varies beside them. */
    private static List<Factor> factors(DesignSpecification specification, Study study) {
        List<Factor> factors = new ArrayList<>(specification.factors());
        for (StudyFactor factor : study.factors()) {
            boolean known = factors.stream().map(Factor::name).anyMatch(factor.name()::equals);
            if (!known && factor instanceof StudyFactor.Continuous c) {
                factors.add(new Factor(c.name(), c.unit(), c.low(), c.high(), c.levels()));
            }
        }
        return factors;
    }

    /** The specification as {@link StudyReader} takes it. */
    private static ObjectNode tree(DesignSpecification specification) {
        ObjectNode tree = Json.mapper().createObjectNode();
        tree.put("kind", specification.kind());
        tree.put("seed", specification.seed());
        ArrayNode factors = Json.mapper().createArrayNode();
        specification.factors().forEach(factor -> factors.add(tree(factor)));
        tree.setAll((ObjectNode) Json.tree(specification.study()));
        tree.path(FACTORS).forEach(more -> add(factors, more));
        tree.set(FACTORS, factors);
        if (!tree.has("budget")) {
            tree.put("maxRuns", specification.maxRuns());
        }
        return tree;
    }

    private static ObjectNode tree(Factor factor) {
        return Json.mapper()
                .createObjectNode()
                .put(NAME, factor.name())
                .put("unit", factor.unit().symbol())
                .put("low", factor.low())
                .put("high", factor.high())
                .put("levels", factor.levels());
    }

    private static void add(ArrayNode factors, JsonNode more) {
        for (JsonNode there : factors) {
            if (more instanceof ObjectNode keys && there.path(NAME).equals(more.path(NAME))) {
                ((ObjectNode) there).setAll(keys);
                return;
            }
        }
        factors.add(more);
    }
}
