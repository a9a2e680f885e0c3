package org.voltwin.lims.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.voltwin.lims.catalogue.ProcedurePlan;
import org.voltwin.lims.catalogue.Procedures;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.design.DesignSpecification;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.port.ExperimentDesigner;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;

/** DoE runner: designs the experiment and writes {@code doe-output/}. The same request gives the same design. */
public final class DoeRunnerStage implements StageWork<RunState.Validated> {
    private final LaboratoryStorage storage;
    private final ExperimentDesigner designer;
    private final Procedures procedures;
    private final int maxRuns;
    private final Clock clock;

    /** @param maxRuns budget of scenarios per request */
    public DoeRunnerStage(
            LaboratoryStorage storage, ExperimentDesigner designer, Procedures procedures, int maxRuns, Clock clock) {
        this.storage = storage;
        this.designer = designer;
        this.procedures = procedures;
        this.maxRuns = maxRuns;
        this.clock = clock;
    }

    @Override
    public Class<RunState.Validated> from() {
        return RunState.Validated.class;
    }

    @Override
    public StageOutcome perform(RunState.Validated state) {
        return switch (design(state.request())) {
            case Outcome.Refused<ExperimentDesign>(Failure failure) -> new StageOutcome.Fail(failure);
            case Outcome.Ok<ExperimentDesign>(ExperimentDesign found) -> {
                ExperimentDesign design = withFixed(found, fixed(state.request()));
                write(storage.resolve(state.folder().path()).resolve("doe-output"), design);
                yield new StageOutcome.Advance(state.designed(design, clock.instant()));
            }
        };
    }

    private Outcome<ExperimentDesign> design(TestRequest request) {
        if (request.factors().isEmpty()) {
            return Outcome.ok(new ExperimentDesign(
                    "single",
                    List.of(),
                    List.of(new Scenario(1, Map.of())),
                    1,
                    "The test varies nothing: one run is the whole design."));
        }
        return designer.design(new DesignSpecification(
                "auto", request.factors(), maxRuns, request.uuid().getLeastSignificantBits(), study(request)));
    }

    /** What the catalogue says of the design; a simulation has no noise, which decides what {@code auto} chooses. */
    private Map<String, Object> study(TestRequest request) {
        Map<String, Object> study = new TreeMap<>();
        if (request.benchKind() == BenchKind.VIRTUAL) {
            study.put("response", Map.of("noise", 0));
        }
        plan(request).map(ProcedurePlan::design).ifPresent(study::putAll);
        return study;
    }

    private Map<String, Double> fixed(TestRequest request) {
        return plan(request).map(ProcedurePlan::fixed).orElse(Map.of());
    }

    private Optional<ProcedurePlan> plan(TestRequest request) {
        return procedures.find(
                request.standard(), request.testName(), request.unit().level());
    }

    private static ExperimentDesign withFixed(ExperimentDesign design, Map<String, Double> fixed) {
        List<Scenario> scenarios = design.scenarios().stream()
                .map(scenario -> {
                    Map<String, Double> all = new TreeMap<>(fixed);
                    all.putAll(scenario.parameters());
                    return new Scenario(scenario.number(), all);
                })
                .toList();
        return new ExperimentDesign(
                design.kind(),
                design.factors(),
                scenarios,
                design.fullFactorialRuns(),
                design.why(),
                design.wholePlots());
    }

    private static void write(Path output, ExperimentDesign design) {
        try {
            TreeSet<String> names = new TreeSet<>();
            design.scenarios()
                    .forEach(scenario -> names.addAll(scenario.parameters().keySet()));
            StringBuilder table = new StringBuilder("run");
            names.forEach(name -> table.append(',').append(name));
            table.append('\n');
            for (Scenario scenario : design.scenarios()) {
                table.append(scenario.number());
                names.forEach(name -> table.append(',').append(value(scenario, name)));
                table.append('\n');
                Path run = output.resolve("run-%03d".formatted(scenario.number()));
                LaboratoryStorage.write(run.resolve("parameters.json"), Json.bytes(scenario.parameters()));
                LaboratoryStorage.write(
                        run.resolve("input.csv"), scenario.inputTable().getBytes(UTF_8));
            }
            LaboratoryStorage.write(
                    output.resolve("design.csv"), table.toString().getBytes(UTF_8));
            LaboratoryStorage.write(output.resolve("design.json"), Json.bytes(design));
        } catch (IOException e) {
            throw new UncheckedIOException("DoE runner in " + output, e);
        }
    }

    private static String value(Scenario scenario, String name) {
        Double value = scenario.parameters().get(name);
        return value == null ? "" : value.toString();
    }
}
