package org.voltwin.cosim.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.voltwin.cosim.check.FolderInspector;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.cosim.worker.SimulationPlan;
import org.voltwin.cosim.worker.WorkerLimits;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.ModelInspector.Finding;

/** Runs a folder of FMUs once, in a worker process, and writes all outputs as CSV. */
public final class CosimRun {
    private static final double NANOSECONDS = 1e9;

    private CosimRun() {}

    /** Blocks until it is done. Whatever goes wrong with the models is in the report. */
    public static CosimReport run(CosimOptions options) throws InterruptedException, IOException {
        Path work = Files.createTempDirectory("voltwin-cosim-");
        try {
            return run(options, work);
        } finally {
            RunInputs.delete(work);
        }
    }

    private static CosimReport run(CosimOptions options, Path work) throws InterruptedException, IOException {
        Path given = options.folder().toAbsolutePath().normalize();
        List<Finding> findings = List.of();
        long began = System.nanoTime();
        try {
            RunInputs.Inputs inputs = RunInputs.folder(given, work);
            Path folder = inputs.folder();
            findings = inputs.findings();
            FolderInspector.Inspection inspection = new FolderInspector().inspect(folder);
            findings = inputs.and(inspection.findings());
            if (inspection.failure().isPresent()) {
                return failed(findings, inspection.failure().get());
            }
            Path beside = Files.isDirectory(given) ? given : given.resolveSibling("");
            Path file = options.out().orElse(beside.resolve("results.csv")).toAbsolutePath();
            SimulationPlan plan = plan(options, folder, work.resolve("run").resolve("fmus"));
            Path checkpoint = options.checkpoint().map(Path::toAbsolutePath).orElse(work.resolve("checkpoint"));
            RowFile rows = new RowFile(sink(file, checkpoint), options.selection());
            try (rows;
                    Simulation simulation = Simulation.start(
                            plan, folder, work.resolve("run"), checkpoint, WorkerLimits.usual(), rows, "cosim")) {
                simulation.await();
            }
            Failure failure = rows.failure();
            if (failure != null) {
                return failed(findings, failure);
            }
            if (options.checkpoint().isPresent()) {
                Files.deleteIfExists(checkpoint); // it is done: the next run is a new one
            }
            double wall = (System.nanoTime() - began) / NANOSECONDS;
            double simulated = rows.summary().getOrDefault("simulatedSeconds", 0.0);
            return new CosimReport(
                    file.toString(), rows.rows(), wall, simulated / wall, rows.summary(), findings, null);
        } catch (RefusedException e) {
            return failed(findings, e.failure());
        }
    }

    /** A checkpoint that is there is gone on from, with the rows that were written before it. */
    private static RowSink sink(Path file, Path checkpoint) throws IOException {
        boolean arrow = file.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".arrow");
        if (!Files.isRegularFile(checkpoint)) {
            return arrow ? new ArrowSink(file) : new CsvSink(file);
        }
        long rows = Simulation.rowsBefore(checkpoint);
        return arrow ? new ArrowSink(file, rows) : new CsvSink(file, rows);
    }

    private static CosimReport failed(List<Finding> findings, Failure failure) {
        return new CosimReport(null, 0, 0, 0, Map.of(), findings, failure);
    }

    private static SimulationPlan plan(CosimOptions options, Path folder, Path copies) throws IOException {
        RunInputs.requireTimes(options.stopSeconds(), options.stepSeconds(), options.sampleSeconds());
        ParameterFile parameters = RunInputs.parameters(folder);
        return new SimulationPlan(
                copies.toString(),
                List.of(new SimulationPlan.ScenarioPlan(
                        1,
                        options.stopSeconds(),
                        parameters.numbers(),
                        Map.of(),
                        parameters.texts(),
                        RunInputs.stimuli(folder))),
                options.sampleSeconds(),
                options.stepSeconds(),
                options.stepping());
    }
}
