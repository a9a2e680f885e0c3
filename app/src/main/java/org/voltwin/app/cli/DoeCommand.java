package org.voltwin.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.voltwin.doe.design.Designs;
import org.voltwin.model.design.DesignSpecification;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.json.Json;
import org.voltwin.model.procedure.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An experiment design from a specification. */
@Command(name = "doe", description = "Designs an experiment from a specification.", mixinStandardHelpOptions = true)
public final class DoeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Specification, YAML or JSON.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        ExperimentDesign design = new Designs()
                .design(FileInput.read(file, DesignSpecification.class))
                .orThrow();
        if (json) {
            System.out.println(Json.text(design));
            return 0;
        }
        System.out.println(design.kind() + ", " + design.scenarios().size() + " runs (full factorial: "
                + design.fullFactorialRuns() + "): " + design.why());
        for (Scenario scenario : design.scenarios()) {
            System.out.println("  " + scenario.number() + "  " + scenario.parameters());
        }
        return 0;
    }
}
