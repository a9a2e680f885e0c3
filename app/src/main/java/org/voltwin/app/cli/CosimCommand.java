package org.voltwin.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.run.BatchOptions;
import org.voltwin.cosim.run.BatchReport;
import org.voltwin.cosim.run.BatchRun;
import org.voltwin.cosim.run.CosimOptions;
import org.voltwin.cosim.run.CosimReport;
import org.voltwin.cosim.run.CosimRun;
import org.voltwin.cosim.run.Selection;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.ModelInspector.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
                            description = "FMUs, connections file, optional input.csv, parameters.json; or an SSP file"
                                    + " (.ssd, .ssp).")
                    Path folder,
            @Option(names = "--stop", defaultValue = "3600", description = "End, s.") double stopSeconds,
            @Option(names = "--step", defaultValue = "1", description = "Communication step, s.") double stepSeconds,
            @Option(names = "--sample", description = "Distance of rows, s; by default the step.") @Nullable Double sampleSeconds,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "CSV, or Arrow for .arrow; by default results.csv.")
                    @Nullable Path out,
            @Option(
                            names = "--signals",
                            paramLabel = "PATTERN[:N]",
                            description = "Signals to keep, * for any characters, :N for every Nth row; repeatable.")
                    @Nullable List<String> signals,
            @Option(
                            names = "--checkpoint",
                            paramLabel = "FILE",
                            description = "Kept up to date; where it is there the run goes on from it.")
                    @Nullable Path checkpoint,
            @Mixin SteppingOptions stepping,
            @Option(names = "--json", description = "One JSON document.") boolean json)
            throws IOException, InterruptedException {
        CosimReport report = CosimRun.run(new CosimOptions(
                folder,
                stopSeconds,
                stepSeconds,
                sampleSeconds == null ? stepSeconds : sampleSeconds,
                Optional.ofNullable(out),
                stepping.read(),
                signals == null ? Selection.ALL : new Selection(signals),
                Optional.ofNullable(checkpoint)));
        Failure failure = report.failure();
        if (json) {
            System.out.println(Json.text(report));
            return failure == null ? 0 : 1;
        }
        print(report.findings());
        if (failure != null) {
            throw new RefusedException(failure);
        }
        System.out.printf(
                "  %d rows in %s; %.1f s of wall-clock time, %.0f times real time.%n",
                report.rows(), report.file(), report.wallSeconds(), report.realTimeFactor());
        return 0;
    }

    private static void print(List<Finding> findings) {
        findings.forEach(f -> System.err.println((f.error() ? "error   " : "warning ") + f.place() + ": " + f.cause()));
    }

    /** Exit status 1 when nothing ran, 2 when some scenarios failed. */
    @Command(
            name = "batch",
            description = "Runs the scenarios of a design over several processes; one CSV line each.",
            mixinStandardHelpOptions = true)
    int batch(
            @Parameters(index = "0", paramLabel = "DIR", description = "As for run.") Path folder,
            @Parameters(index = "1", paramLabel = "DESIGN", description = "CSV or JSON, a scenario per line or object.")
                    Path design,
            @Option(names = "--stop", defaultValue = "3600", description = "End, s.") double stopSeconds,
            @Option(names = "--step", defaultValue = "1", description = "Communication step, s.") double stepSeconds,
            @Option(names = "--workers", description = "Processes at once; by default one per core.") @Nullable Integer workers,
            @Option(names = "--out", paramLabel = "FILE", description = "CSV file; by default batch.csv here.")
                    @Nullable Path out,
            @Mixin SteppingOptions stepping,
            @Option(names = "--json", description = "One JSON document.") boolean json)
            throws IOException, InterruptedException {
        BatchReport report = BatchRun.run(
                new BatchOptions(
                        folder,
                        design,
                        Optional.ofNullable(out),
                        stopSeconds,
                        stepSeconds,
                        workers == null ? Runtime.getRuntime().availableProcessors() : Math.max(1, workers),
                        stepping.read()),
                (done, all) -> {
                    if (!json && (done % Math.max(1, all / 20) == 0 || done.equals(all))) {
                        System.err.println("  " + done + " of " + all);
                    }
                });
        Failure failure = report.failure();
        int status = failure != null ? 1 : report.failures().isEmpty() ? 0 : 2;
        if (json) {
            System.out.println(Json.text(report));
            return status;
        }
        print(report.findings());
        if (failure != null) {
            throw new RefusedException(failure);
        }
        report.failures()
                .forEach(failed -> System.err.println("scenario " + failed.scenario() + " " + failed.parameters() + ": "
                        + failed.failure().cause()));
        System.out.printf(
                "  %d of %d scenarios in %s; %.1f s of wall-clock time.%n",
                report.completed(), report.scenarios(), report.file(), report.wallSeconds());
        return status;
    }
}
