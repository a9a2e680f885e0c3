package org.voltwin.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.design.StudyDesigner;
import org.voltwin.doe.design.StudyPlan;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyReader;
import org.voltwin.doe.trust.Trust;
import org.voltwin.model.json.Json;
import org.voltwin.model.procedure.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An experiment design from a specification. */
@Command(
        name = "doe",
        description = "Designs an experiment from a specification.",
        mixinStandardHelpOptions = true,
        subcommands = AnalyseCommand.class)
public final class DoeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    // Optional for picocli only because 'doe analyse' has none.
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Specification, YAML or JSON: docs/doe.md.")
    private @Nullable Path file;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Writes design.csv, design.json and run-NNN/{parameters.json,input.csv}.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Path given = file;
        if (given == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Missing required parameter: 'FILE'");
        }
        JsonNode specification = FileInput.tree(given);
        Study study = StudyReader.read(specification).orThrow();
        StudyPlan plan = new StudyDesigner().design(study).orThrow();
        List<Scenario> scenarios = plan.scenarios(study.factors());
        ObjectNode document = (ObjectNode) Json.tree(plan);
        document.set("specification", specification);
        document.set("scenarios", Json.tree(scenarios));
        document.put("fullFactorialRuns", plan.trust().fullFactorialRuns());
        Path folder = out;
        if (folder != null) {
            FileOutput.to(folder, () -> write(folder, study, plan, scenarios, document));
        }
        if (json) {
            System.out.println(Json.text(document));
        } else {
            show(study, plan);
        }
        return 0;
    }

    /** The same files as the pipeline's doe-output; a run's folder is what {@code cosim run} takes beside the FMUs. */
    private static void write(Path folder, Study study, StudyPlan plan, List<Scenario> scenarios, ObjectNode document)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("design.csv"), plan.csv(study.factors()));
        Files.writeString(folder.resolve("design.json"), Json.text(document));
        for (Scenario scenario : scenarios) {
            Path run = Files.createDirectories(folder.resolve("run-%03d".formatted(scenario.number())));
            Files.write(run.resolve("parameters.json"), Json.bytes(scenario.parameters()));
            Files.writeString(run.resolve("input.csv"), scenario.inputTable());
        }
    }

    private static void show(Study study, StudyPlan plan) {
        Trust trust = plan.trust();
        System.out.println(plan.kind() + ", " + plan.runs().size() + " runs (full factorial: "
                + trust.fullFactorialRuns() + "): " + plan.why());
        plan.notes().forEach(note -> System.out.println("  " + note));
        System.out.println();
        System.out.print(plan.csv(study.factors()).replace(",", "\t"));
        System.out.println();
        line("Model", String.join(", ", trust.model()));
        line("D, A, G efficiency, %", trust.dEfficiency() + ", " + trust.aEfficiency() + ", " + trust.gEfficiency());
        line("Average prediction variance", trust.averagePredictionVariance());
        line("Largest variance inflation", trust.largestVarianceInflation());
        line("Centred discrepancy, squared", trust.centredDiscrepancy());
        line("Resolution", trust.resolution());
        List<String> aliases = trust.aliasGroups();
        if (aliases != null) {
            aliases.forEach(group -> line("Aliased", group));
        }
        for (Trust.EffectPower power : trust.power()) {
            line("Power for " + power.effect(), power.power());
        }
        if (plan.hours() > 0) {
            line("Channel-hours", Math.round(plan.hours() * 10) / 10.0);
        }
    }

    private static void line(String name, @Nullable Object value) {
        if (value != null) {
            System.out.printf("  %-32s %s%n", name, value);
        }
    }
}
