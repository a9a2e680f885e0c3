package org.voltwin.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.analysis.Analysis;
import org.voltwin.doe.analysis.ResultsAnalyser;
import org.voltwin.doe.design.StudyDesigner;
import org.voltwin.doe.design.StudyPlan;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyReader;
import org.voltwin.model.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the results of a design say. */
@Command(
        name = "analyse",
        description = "Fits a design's model to results: effects, ANOVA, checks, predictions, what to run next.",
        mixinStandardHelpOptions = true)
public final class AnalyseCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "DESIGN",
            description = "Specification, design.json, or the folder that holds it.")
    private Path design = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "RESULTS.csv",
            description = "The design's table with a column for the response, or run numbers and the response.")
    private Path results = Path.of("");

    @Option(names = "--response", paramLabel = "NAME", description = "Column of the response.")
    private @Nullable String response;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "main, interactions, quadratic, cubic, or terms such as A,B,A:B,A^2.")
    private @Nullable String model;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR", description = "Writes analysis.json, residuals.csv and next.csv.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        JsonNode document = FileInput.tree(Files.isDirectory(design) ? design.resolve("design.json") : design);
        boolean made = document.has("specification");
        JsonNode specification = changed(made ? document.path("specification") : document);
        Study study = StudyReader.read(specification).orThrow();
        StudyPlan plan = made
                ? Json.convert(document, StudyPlan.class).orThrow()
                : new StudyDesigner().design(study).orThrow();
        Analysis analysis = new ResultsAnalyser()
                .analyse(study, plan, FileInput.text(results))
                .orThrow();
        Path folder = out;
        if (folder != null) {
            FileOutput.to(folder, () -> {
                Files.createDirectories(folder);
                Files.write(folder.resolve("analysis.json"), Json.bytes(analysis));
                Files.writeString(folder.resolve("residuals.csv"), AnalysisText.residuals(analysis));
                Files.writeString(folder.resolve("next.csv"), AnalysisText.next(analysis));
            });
        }
        System.out.print(json ? Json.text(analysis) + "\n" : AnalysisText.of(analysis));
        return 0;
    }

    private JsonNode changed(JsonNode specification) {
        if (!(specification instanceof ObjectNode given)) {
            return specification;
        }
        ObjectNode copy = given.deepCopy();
        if (response != null) {
            ObjectNode section = copy.path("response") instanceof ObjectNode there ? there : copy.putObject("response");
            section.put("name", response);
        }
        String terms = model;
        if (terms != null && terms.matches("[a-z]+")) {
            copy.put("model", terms);
        } else if (terms != null) {
            var list = copy.putArray("model");
            for (String term : terms.split(",")) {
                list.add(term.strip());
            }
        }
        return copy;
    }
}
