package org.voltwin.app.rooms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.voltwin.doe.analysis.Analysis;
import org.voltwin.doe.analysis.ResultsAnalyser;
import org.voltwin.doe.design.StudyPlan;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyReader;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.design.Factor;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.twin.runs.DesignResults;

/** What the runs of a finished request say: fit, analysis of variance, effects, and what to run next. */
final class ExperimentAnalysis {
    private static final String MAIN = "main";
    private static final Set<Role> READERS =
            Set.of(Role.VIEWER, Role.TEST_ENGINEER, Role.MODEL_AUTHOR, Role.LAB_ADMIN, Role.SERVICE);
    private static final List<String> USUAL = List.of(
            "energyEfficiencyFraction", "dischargedWattHours", "dischargedAmpereHours", "maxTemperatureCelsius");

    private final Function<String, Optional<DesignResults>> results;

    /** @param results of a completed run, by request number or uuid */
    ExperimentAnalysis(Function<String, Optional<DesignResults>> results) {
        this.results = results;
    }

    Endpoint endpoint() {
        return new Endpoint(
                "GET",
                "/api/tests/{id}/analysis",
                false,
                READERS,
                "Fit, analysis of variance, effects and next runs of a completed test's experiment",
                this::answer);
    }

    private Reply answer(Request request) {
        Optional<DesignResults> found = results.apply(request.path("id"));
        if (found.isEmpty()) {
            return new Reply.Problem(
                    404,
                    Failure.permanent(
                            "analysis.not_completed",
                            "There is no completed test " + request.path("id") + ".",
                            "Wait for its results, or look at the list of tests."));
        }
        Set<String> responses = responses(found.get());
        if (found.get().design().factors().isEmpty() || responses.isEmpty()) {
            return new Reply.Problem(
                    404,
                    Failure.permanent(
                            "analysis.nothing_varied",
                            "The test varies nothing, or its stream does not say which row is of which run.",
                            "Look at the result's figures instead."));
        }
        String response = request.query("response")
                .orElseGet(() -> USUAL.stream()
                        .filter(responses::contains)
                        .findFirst()
                        .orElseGet(() -> responses.iterator().next()));
        return switch (analyse(found.get(), response)) {
            case Outcome.Ok<Analysis>(Analysis analysis) -> {
                ObjectNode document = Json.mapper().createObjectNode();
                ArrayNode names = document.putArray("responses");
                responses.forEach(names::add);
                document.set("analysis", Json.tree(analysis));
                yield Reply.ok(document);
            }
            case Outcome.Refused<Analysis>(Failure failure) -> new Reply.Problem(422, failure);
        };
    }

    /** Figures that every run has and that are not the same in all of them. */
    private static Set<String> responses(DesignResults results) {
        Set<String> names = new TreeSet<>();
        results.figures().values().forEach(figures -> names.addAll(figures.keySet()));
        names.removeIf(name -> results.figures().values().stream().anyMatch(figures -> !figures.containsKey(name))
                || results.figures().values().stream()
                                .map(figures -> figures.get(name))
                                .distinct()
                                .count()
                        < 2);
        return names;
    }

    static Outcome<Analysis> analyse(DesignResults results, String response) {
        ExperimentDesign design = results.design();
        return study(design, response, MAIN).flatMap(plain -> {
            int made = results.figures().size();
            String model = Model.quadratic(plain.factors()).parameters() < made
                    ? "quadratic"
                    : Model.interactions(plain.factors()).parameters() < made ? "interactions" : MAIN;
            return study(design, response, model)
                    .flatMap(study -> new ResultsAnalyser().analyse(study, runs(design), table(results, response)));
        });
    }

    private static Outcome<Study> study(ExperimentDesign design, String response, String model) {
        ObjectNode specification = Json.mapper().createObjectNode().put("model", model);
        specification.putObject("response").put("name", response).put("goal", "maximise");
        ArrayNode factors = specification.putArray("factors");
        for (Factor factor : design.factors()) {
            factors.addObject()
                    .put("name", factor.name())
                    .put("unit", factor.unit().inside().symbol())
                    .put("low", factor.unit().toInside(factor.low()))
                    .put("high", factor.unit().toInside(factor.high()))
                    .put("levels", factor.levels())
                    .put("hardToChange", isHardToChange(design, factor.name()));
        }
        return StudyReader.read(specification);
    }

    /** Whether it has one value in each whole plot. */
    private static boolean isHardToChange(ExperimentDesign design, String factor) {
        Map<Integer, Double> byPlot = new LinkedHashMap<>();
        for (int i = 0; i < design.wholePlots().size(); i++) {
            double value = design.scenarios().get(i).parameter(factor, Double.NaN);
            if (!byPlot.merge(design.wholePlots().get(i), value, (first, second) -> first)
                    .equals(value)) {
                return false;
            }
        }
        return !byPlot.isEmpty();
    }

    private static List<StudyPlan.Run> runs(ExperimentDesign design) {
        List<StudyPlan.Run> runs = new ArrayList<>();
        for (int i = 0; i < design.scenarios().size(); i++) {
            Scenario scenario = design.scenarios().get(i);
            Map<String, Object> values = new LinkedHashMap<>();
            design.factors().forEach(f -> values.put(f.name(), scenario.parameter(f.name(), Double.NaN)));
            int plot = design.wholePlots().isEmpty() ? 0 : design.wholePlots().get(i);
            runs.add(new StudyPlan.Run(scenario.number(), 1, plot, values));
        }
        return runs;
    }

    private static String table(DesignResults results, String response) {
        StringBuilder table = new StringBuilder("run," + response + "\n");
        results.figures().forEach((run, figures) -> {
            Double value = figures.get(response);
            table.append(run).append(',').append(value == null ? "" : value).append('\n');
        });
        return table.toString();
    }
}
