package org.voltwin.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.run.CosimOptions;
import org.voltwin.cosim.run.CosimReport;
import org.voltwin.cosim.run.CosimRun;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Coupled simulations from files. */
@Command(name = "cosim", description = "Runs coupled FMUs.", mixinStandardHelpOptions = true)
public final class CosimCommand {
    /** Exit status 1 when the simulation failed. */
    @Command(name = "run", description = "Runs the FMUs of a folder and writes CSV.", mixinStandardHelpOptions = true)
    int run(
            @Parameters(
                            paramLabel = "DIR",
                            description = "FMUs, connections file, optional input.csv, parameters.json.")
                    Path folder,
            @Option(names = "--stop", defaultValue = "3600", description = "End, s.") double stopSeconds,
            @Option(names = "--step", defaultValue = "1", description = "Communication step, s.") double stepSeconds,
            @Option(names = "--out", paramLabel = "FILE", description = "CSV file.") @Nullable Path out,
            @Option(names = "--json", description = "One JSON document.") boolean json)
            throws IOException, InterruptedException {
        CosimReport report = CosimRun.run(new CosimOptions(folder, stopSeconds, stepSeconds, Optional.ofNullable(out)));
        Failure failure = report.failure();
        if (json) {
            System.out.println(Json.text(report));
            return failure == null ? 0 : 1;
        }
        report.findings()
                .forEach(f -> System.err.println((f.error() ? "error   " : "warning ") + f.place() + ": " + f.cause()));
        if (failure != null) {
            throw new RefusedException(failure);
        }
        System.out.printf(
                "  %d rows in %s; %.1f s of wall-clock time, %.0f times real time.%n",
                report.rows(), report.file(), report.wallSeconds(), report.realTimeFactor());
        return 0;
    }
}
