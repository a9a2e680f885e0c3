package org.voltwin.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.voltwin.cosim.check.FmuCheck;
import org.voltwin.cosim.trial.FmuTrial;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.ModelInspector.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Diagnosis of FMUs. */
@Command(name = "fmu", description = "Looks into FMUs.", mixinStandardHelpOptions = true)
public final class FmuCommand {
    /** Exit status 1 when an error was found. */
    @Command(name = "check", description = "Every finding, with cause and remedy.", mixinStandardHelpOptions = true)
    int check(
            @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files,
            @Option(names = "--no-run", description = "Do not try to start the FMUs.") boolean noRun,
            @Option(names = "--json", description = "One JSON document.") boolean json)
            throws IOException, InterruptedException {
        List<Finding> findings = noRun ? FmuCheck.check(files) : FmuTrial.check(files);
        if (json) {
            System.out.println(Json.text(Json.mapper().createObjectNode().set("findings", Json.tree(findings))));
        } else if (findings.isEmpty()) {
            System.out.println("No findings in " + files.size() + " files.");
        } else {
            for (Finding finding : findings) {
                System.out.println(
                        (finding.error() ? "error   " : "warning ") + finding.place() + ": " + finding.cause());
                System.out.println(
                        "        " + finding.remedy() + "  [" + finding.category() + ", " + finding.code() + "]");
            }
        }
        return findings.stream().anyMatch(Finding::error) ? 1 : 0;
    }
}
