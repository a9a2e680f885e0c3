package org.voltwin.app.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.analysis.Analysis;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.design.Factor;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.quantity.Unit;
import org.voltwin.twin.runs.DesignResults;

class ExperimentAnalysisTest {
    /** Two temperatures in four whole plots, two rates in each; the response is 10 + 2 T - 3 R in coded factors. */
    private static DesignResults results() {
        List<Scenario> scenarios = new ArrayList<>();
        List<Integer> plots = new ArrayList<>();
        Map<Integer, Map<String, Double>> figures = new TreeMap<>();
        for (int plot = 1; plot <= 4; plot++) {
            for (int half = 0; half < 2; half++) {
                int run = scenarios.size() + 1;
                int temperature = plot % 2 == 0 ? 1 : -1;
                int rate = half == 0 ? -1 : 1;
                scenarios.add(new Scenario(
                        run, Map.of("Ambient_Temperature", 25.0 + 15 * temperature, "C_Rate", 1.5 + 0.5 * rate)));
                plots.add(plot);
                double error = 0.01 * ((run * 7) % 5 - 2);
                figures.put(run, Map.of("dischargedWattHours", 10 + 2 * temperature - 3 * rate + error, "same", 1.0));
            }
        }
        return new DesignResults(
                new ExperimentDesign(
                        "d-optimal",
                        List.of(
                                new Factor("Ambient_Temperature", Unit.CELSIUS, 10, 40, 2),
                                new Factor("C_Rate", Unit.parse("1/h").orElseThrow(), 1, 2, 2)),
                        scenarios,
                        4,
                        "",
                        plots),
                figures);
    }

    @Test
    void effectsOfAFinishedExperimentAreFoundWithWholePlotsTestedAsSuch() {
        Analysis analysis =
                ExperimentAnalysis.analyse(results(), "dischargedWattHours").orThrow();

        Map<String, Double> effects = new TreeMap<>();
        analysis.coefficients().forEach(c -> effects.put(c.name(), c.value()));
        assertThat(effects.get("Ambient_Temperature")).isCloseTo(2, within(0.03));
        assertThat(effects.get("C_Rate")).isCloseTo(-3, within(0.03));
        assertThat(analysis.summary().plotDegreesOfFreedom()).isEqualTo(2);
        assertThat(analysis.next()).isNotEmpty();
    }

    private static Reply ask(Optional<DesignResults> results) throws Exception {
        return new ExperimentAnalysis(id -> results)
                .endpoint()
                .action()
                .perform(new Request(
                        new Caller("vic", "vic", Set.of(Role.VIEWER)), Map.of("id", "TR-1"), Map.of(), new byte[0]));
    }

    @Test
    void theAnswerNamesWhatCanBeAnalysed() throws Exception {
        assertThat(ask(Optional.of(results()))).isInstanceOfSatisfying(Reply.Document.class, document -> {
            assertThat(document.body().path("responses")).hasSize(1);
            assertThat(document.body().at("/analysis/response").asText()).isEqualTo("dischargedWattHours");
        });
        assertThat(ask(Optional.empty()))
                .isInstanceOfSatisfying(
                        Reply.Problem.class,
                        problem -> assertThat(problem.failure().code()).isEqualTo("analysis.not_completed"));
    }
}
