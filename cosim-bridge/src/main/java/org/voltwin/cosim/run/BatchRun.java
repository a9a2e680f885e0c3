package org.voltwin.cosim.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.voltwin.cosim.check.FolderInspector;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.cosim.worker.SimulationPlan;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.ModelInspector.Finding;
import org.voltwin.model.procedure.Scenario;

/**
 * A parameter study over several worker processes. A scenario that fails or brings its worker down is reported, and
 * the others still run. The file holds one line per scenario in the design's order: the parameters, how it ended, the
 * time of its end and all outputs at that time. It does not depend on the number of workers.
 */
public final class BatchRun {
    private BatchRun() {}

    /** Blocks until it is done; progress is told as scenarios ended and scenarios in all. */
    public static BatchReport run(BatchOptions options, BiConsumer<Integer, Integer> progress)
            throws InterruptedException, IOException {
        long began = System.nanoTime();
        Path work = Files.createTempDirectory("voltwin-batch-");
        try {
            RunInputs.requireTimes(options.stopSeconds(), options.stepSeconds());
            RunInputs.Inputs inputs =
                    RunInputs.folder(options.model().toAbsolutePath().normalize(), work);
            Path folder = inputs.folder();
            FolderInspector.Inspection inspection = new FolderInspector().inspect(folder);
            if (inspection.failure().isPresent()) {
                return failed(
                        inputs.and(inspection.findings()), inspection.failure().get());
            }
            List<Scenario> design = DesignFile.read(options.design());
            BatchResults results = new BatchResults(design.size(), progress);
            simulate(options, folder, work, design, results);
            Path file = options.out().orElse(Path.of("batch.csv")).toAbsolutePath();
            write(file, design, results);
            List<BatchReport.ScenarioFailure> failures = results.failures(design);
            return new BatchReport(
                    file.toString(),
                    design.size(),
                    design.size() - failures.size(),
                    (System.nanoTime() - began) / 1e9,
                    failures,
                    inputs.and(inspection.findings()),
                    null);
        } catch (RefusedException e) {
            return failed(List.of(), e.failure());
        } finally {
            RunInputs.delete(work);
        }
    }

    private static BatchReport failed(List<Finding> findings, Failure failure) {
        return new BatchReport(null, 0, 0, 0, List.of(), findings, failure);
    }

    private static void simulate(
            BatchOptions options, Path folder, Path work, List<Scenario> design, BatchResults results)
            throws IOException, InterruptedException {
        ParameterFile common = RunInputs.parameters(folder);
        SimulationPlan.Stimuli stimuli = RunInputs.stimuli(folder);
        int workers = Math.min(options.workers(), design.size());
        List<BatchWorker> all = new ArrayList<>();
        for (int w = 0; w < workers; w++) {
            List<SimulationPlan.ScenarioPlan> own = new ArrayList<>();
            for (int i = w; i < design.size(); i += workers) {
                Map<String, List<Double>> parameters = new TreeMap<>(common.numbers());
                design.get(i).parameters().forEach((name, value) -> parameters.put(name, List.of(value)));
                own.add(new SimulationPlan.ScenarioPlan(
                        design.get(i).number(), options.stopSeconds(), parameters, Map.of(), common.texts(), stimuli));
            }
            all.add(new BatchWorker(options, folder, work.resolve("worker-" + w), own, results));
        }
        List<Thread> threads = all.stream()
                .map(worker -> Thread.ofVirtual().name("batch").start(worker))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void write(Path file, List<Scenario> design, BatchResults results) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        design.forEach(scenario -> names.addAll(scenario.parameters().keySet()));
        try (PrintWriter csv = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            csv.print("Scenario");
            names.forEach(name -> csv.print("," + name));
            csv.print(",Outcome,End [s]");
            for (RowObserver.Signal signal : results.signals()) {
                csv.print("," + CsvSink.head(signal));
            }
            csv.print('\n');
            for (Scenario scenario : design) {
                csv.print(scenario.number());
                for (String name : names) {
                    Double value = scenario.parameters().get(name);
                    csv.print("," + (value == null ? "" : value));
                }
                csv.print(results.line(scenario.number()));
                csv.print('\n');
            }
            if (csv.checkError()) {
                throw new IOException("The file " + file + " cannot be written to its end");
            }
        }
    }
}
