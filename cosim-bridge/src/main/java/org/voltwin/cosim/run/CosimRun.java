package org.voltwin.cosim.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
            Path folder = RunInputs.folder(given, work);
            FolderInspector.Inspection inspection = new FolderInspector().inspect(folder);
            findings = inspection.findings();
            if (inspection.failure().isPresent()) {
                return failed(findings, inspection.failure().get());
            }
            Path beside = Files.isDirectory(given) ? given : given.resolveSibling("");
            Path file = options.out().orElse(beside.resolve("results.csv")).toAbsolutePath();
            SimulationPlan plan = plan(options, folder, work.resolve("run").resolve("fmus"));
            CsvFile rows;
            try (PrintWriter csv = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                rows = new CsvFile(csv, options.selection());
                try (Simulation simulation =
                        Simulation.start(plan, folder, work.resolve("run"), WorkerLimits.usual(), rows, "cosim")) {
                    simulation.await();
                }
                if (csv.checkError()) {
                    throw new IOException("The file " + file + " cannot be written to its end");
                }
            }
            Failure failure = rows.failure();
            if (failure != null) {
                return failed(findings, failure);
            }
            double wall = (System.nanoTime() - began) / NANOSECONDS;
            double simulated = rows.summary().getOrDefault("simulatedSeconds", 0.0);
            return new CosimReport(
                    file.toString(), rows.rows(), wall, simulated / wall, rows.summary(), findings, null);
        } catch (RefusedException e) {
            return failed(findings, e.failure());
        }
    }

    private static CosimReport failed(List<Finding> findings, Failure failure) {
        return new CosimReport(null, 0, 0, 0, Map.of(), findings, failure);
    }

    private static SimulationPlan plan(CosimOptions options, Path folder, Path copies) throws IOException {
        RunInputs.requireTimes(options.stopSeconds(), options.stepSeconds(), options.sampleSeconds());
        return new SimulationPlan(
                copies.toString(),
                List.of(new SimulationPlan.ScenarioPlan(
                        1, options.stopSeconds(), RunInputs.parameters(folder), Map.of(), RunInputs.stimuli(folder))),
                options.sampleSeconds(),
                options.stepSeconds(),
                options.stepping());
    }
}
