package org.voltwin.doe.design;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.voltwin.model.design.DesignSpecification;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.design.Factor;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.quantity.Unit;

class DesignsTest {
    private static final Factor AMBIENT = new Factor(Scenario.AMBIENT_TEMPERATURE, Unit.CELSIUS, 10, 40, 3);
    private static final Factor C_RATE = new Factor(Scenario.C_RATE, Unit.PER_HOUR, 0.5, 2, 4);
    private static final Factor SOC = new Factor(Scenario.INITIAL_SOC, Unit.PERCENT, 20, 80, 2);

    private final Designs designs = new Designs();

    @Test
    void nothingToVaryIsOneRun() {
        assertThat(design("auto", 5).scenarios()).containsExactly(new Scenario(1, Map.of()));
    }

    @Test
    void fullFactorialHasEveryCombinationOnce() {
        ExperimentDesign design = design("full-factorial", 24, AMBIENT, C_RATE, SOC);
        assertThat(design.fullFactorialRuns()).isEqualTo(3 * 4 * 2);
        assertThat(design.scenarios()).hasSize(24);
        assertThat(design.scenarios().stream().map(Scenario::parameters).distinct())
                .hasSize(24);
        assertThat(values(design, Scenario.C_RATE)).containsExactly(0.5, 1.0, 1.5, 2.0);
        assertThat(values(design, Scenario.AMBIENT_TEMPERATURE)).containsExactly(10.0, 25.0, 40.0);
    }

    @Test
    void percentBecomesFraction() {
        assertThat(values(design("full-factorial", 2, SOC), Scenario.INITIAL_SOC))
                .containsExactly(0.2, 0.8);
    }

    @Test
    void autoTakesTheFactorialThatJustFitsAndElseSaysWhyWhat() {
        assertThat(design("auto", 12, AMBIENT, C_RATE).kind()).isEqualTo("full-factorial");
        ExperimentDesign thrifty = design("auto", 11, AMBIENT, C_RATE);
        assertThat(thrifty.kind()).isEqualTo("central-composite");
        assertThat(thrifty.scenarios()).hasSize(11);
        assertThat(thrifty.fullFactorialRuns()).isEqualTo(12);
        assertThat(thrifty.why()).contains("predicts equally well in all directions");
    }

    @Test
    void aSimulationRepeatsNothing() {
        ExperimentDesign spread = designs.design(new DesignSpecification(
                        "auto", List.of(AMBIENT, C_RATE), 11, 42, Map.of("response", Map.of("noise", 0))))
                .orThrow();
        assertThat(spread.kind()).isEqualTo("latin-hypercube");
        assertThat(spread.scenarios()).hasSize(11);
        assertThat(spread.why()).contains("Without noise");
    }

    @Test
    void theStudyAddsConstraintsAndHardChanges() {
        ExperimentDesign design = designs.design(new DesignSpecification(
                        "auto",
                        List.of(AMBIENT, C_RATE),
                        12,
                        42,
                        Map.of(
                                "constraints",
                                List.of("C_Rate <= 1 || Ambient_Temperature >= 20"),
                                "factors",
                                List.of(Map.of("name", Scenario.AMBIENT_TEMPERATURE, "hardToChange", true)),
                                "wholePlots",
                                4)))
                .orThrow();
        assertThat(design.kind()).isEqualTo("i-optimal");
        assertThat(values(design, Scenario.AMBIENT_TEMPERATURE)).hasSizeLessThanOrEqualTo(4);
        assertThat(design.scenarios())
                .allMatch(s -> s.parameter(Scenario.C_RATE, 9) <= 1 + 1e-6
                        || s.parameter(Scenario.AMBIENT_TEMPERATURE, 0) >= 20 - 1e-6);
    }

    @Test
    void autoTakesFewOfALargerBudget() {
        Factor fine = new Factor("x", Unit.FRACTION, 0, 1, 100);
        Factor finer = new Factor("y", Unit.FRACTION, 0, 1, 100);
        assertThat(design("auto", 5000, fine, finer).scenarios()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void latinHypercubeTakesEachLevelOnceInEachColumn() {
        ExperimentDesign design = design("latin-hypercube", 7, AMBIENT, C_RATE, SOC);
        for (String factor : List.of(Scenario.AMBIENT_TEMPERATURE, Scenario.C_RATE, Scenario.INITIAL_SOC)) {
            assertThat(values(design, factor)).hasSize(7);
        }
        assertThat(values(design, Scenario.AMBIENT_TEMPERATURE))
                .containsExactly(10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0);
    }

    @Test
    void oneRunIsTheMiddle() {
        assertThat(values(design("latin-hypercube", 1, AMBIENT), Scenario.AMBIENT_TEMPERATURE))
                .containsExactly(25.0);
    }

    @Test
    void theSameSeedGivesTheSameDesign() {
        assertThat(design("latin-hypercube", 30, AMBIENT, C_RATE))
                .isEqualTo(design("latin-hypercube", 30, AMBIENT, C_RATE));
    }

    @Test
    void aLargeDesignComesInReasonableTime() {
        assertThat(design("latin-hypercube", 2000, AMBIENT, C_RATE, SOC).scenarios())
                .hasSize(2000);
    }

    @Test
    void contradictionsAreRefused() {
        assertThat(refusal("star", 1).code()).isEqualTo("design.unknown_kind");
        assertThat(refusal("auto", 0).code()).isEqualTo("design.no_budget");
        assertThat(refusal("auto", 9, AMBIENT, AMBIENT).code()).isEqualTo("design.duplicate_factor");
        assertThat(refusal("auto", 9, new Factor("T", Unit.CELSIUS, 40, 10, 2)).cause())
                .contains("'T'", "40.0", "10.0", "degC");
        assertThat(refusal("auto", 9, new Factor("T", Unit.CELSIUS, 10, 10, 2)).code())
                .isEqualTo("design.empty_range");
        assertThat(refusal("auto", 9, new Factor("T", Unit.CELSIUS, Double.NaN, 10, 2))
                        .cause())
                .contains("factors[0].low");
        assertThat(refusal("auto", 9, new Factor("T", Unit.CELSIUS, 0, 10, 1)).code())
                .isEqualTo("design.bad_levels");
        assertThat(refusal("full-factorial", 11, AMBIENT, C_RATE).cause()).contains("12 runs", "11");
    }

    @Test
    void problemsAndPlansAreJson() {
        DesignSpecification problem = new DesignSpecification("auto", List.of(AMBIENT, SOC), 6, 7);
        assertThat(Json.read(Json.bytes(problem), DesignSpecification.class)).isEqualTo(Outcome.ok(problem));
        ExperimentDesign plan = designs.design(problem).orThrow();
        assertThat(Json.read(Json.bytes(plan), ExperimentDesign.class)).isEqualTo(Outcome.ok(plan));
    }

    private ExperimentDesign design(String kind, int maxRuns, Factor... factors) {
        return designs.design(new DesignSpecification(kind, List.of(factors), maxRuns, 42))
                .orThrow();
    }

    private Failure refusal(String kind, int maxRuns, Factor... factors) {
        return ((Outcome.Refused<ExperimentDesign>)
                        designs.design(new DesignSpecification(kind, List.of(factors), maxRuns, 42)))
                .failure();
    }

    private static TreeSet<Double> values(ExperimentDesign design, String factor) {
        TreeSet<Double> values = new TreeSet<>();
        design.scenarios().forEach(s -> values.add(Math.round(s.parameters().get(factor) * 1e9) / 1e9));
        return values;
    }
}
