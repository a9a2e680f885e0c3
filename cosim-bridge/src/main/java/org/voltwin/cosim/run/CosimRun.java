package org.voltwin.cosim.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.FolderInspector;
import org.voltwin.cosim.procedure.Protocol;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.cosim.worker.SimulationPlan;
import org.voltwin.cosim.worker.WorkerLimits;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** Runs a folder of FMUs once, in a worker process, and writes all outputs as CSV. */
public final class CosimRun {
    private static final double NANOSECONDS = 1e9;

    private CosimRun() {}

    /** Blocks until it is done. Whatever goes wrong with the models is in the report. */
    public static CosimReport run(CosimOptions options) throws InterruptedException, IOException {
        Path folder = options.folder().toAbsolutePath().normalize();
        FolderInspector.Inspection inspection = new FolderInspector().inspect(folder);
        if (inspection.failure().isPresent()) {
            return failed(inspection, inspection.failure().get());
        }
        Path work = Files.createTempDirectory("voltwin-cosim-");
        Path file = options.out().orElse(folder.resolve("results.csv")).toAbsolutePath();
        long began = System.nanoTime();
        try (PrintWriter csv = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            CsvObserver observer = new CsvObserver(csv);
            SimulationPlan plan = plan(options, folder, work.resolve("fmus"));
            try (Simulation simulation =
                    Simulation.start(plan, folder, work, WorkerLimits.usual(), observer, "cosim")) {
                simulation.await();
            }
            Failure failure = observer.failure;
            if (failure != null) {
                return failed(inspection, failure);
            }
            double wall = (System.nanoTime() - began) / NANOSECONDS;
            double simulated = observer.summary.getOrDefault("simulatedSeconds", 0.0);
            return new CosimReport(
                    file.toString(),
                    observer.rows,
                    wall,
                    simulated / wall,
                    observer.summary,
                    inspection.findings(),
                    null);
        } catch (RefusedException e) {
            return failed(inspection, e.failure());
        } finally {
            delete(work);
        }
    }

    private static CosimReport failed(FolderInspector.Inspection inspection, Failure failure) {
        return new CosimReport(null, 0, 0, 0, Map.of(), inspection.findings(), failure);
    }

    private static SimulationPlan plan(CosimOptions options, Path folder, Path copies) throws IOException {
        if (!(options.stopSeconds() > 0) || !(options.stepSeconds() > 0)) {
            throw new RefusedException(Failure.permanent(
                    "cosim.bad_times",
                    "Stop is " + options.stopSeconds() + " s and step " + options.stepSeconds() + " s.",
                    "Give numbers greater than 0."));
        }
        Path input = folder.resolve("input.csv");
        return new SimulationPlan(
                copies.toString(),
                List.of(new SimulationPlan.ScenarioPlan(
                        1,
                        options.stopSeconds(),
                        parameters(folder),
                        Map.of(),
                        Files.isRegularFile(input) ? StimulusFile.read(input) : null)),
                options.stepSeconds(),
                options.stepSeconds());
    }

    /** Numbers, or lists of numbers (of lists, row by row), by variable or /FMU/Variable. */
    private static Map<String, List<Double>> parameters(Path folder) throws IOException {
        Map<String, List<Double>> values = new TreeMap<>();
        Path procedure = folder.resolve("procedure.json");
        if (Files.isRegularFile(procedure)) {
            values.putAll(Protocol.read(procedure).parameters());
        }
        Path file = folder.resolve("parameters.json");
        if (Files.isRegularFile(file)) {
            JsonNode root = Json.read(Files.readAllBytes(file), JsonNode.class).orThrow();
            for (Map.Entry<String, JsonNode> entry : root.properties()) {
                List<Double> numbers = new ArrayList<>();
                collect(entry.getKey(), entry.getValue(), numbers);
                values.put(entry.getKey(), numbers);
            }
        }
        return values;
    }

    private static void collect(String name, JsonNode node, List<Double> numbers) {
        if (node.isNumber()) {
            numbers.add(node.asDouble());
        } else if (node.isArray()) {
            node.forEach(child -> collect(name, child, numbers));
        } else {
            throw new RefusedException(Failure.permanent(
                    "parameter.not_a_number",
                    "parameters.json gives " + name + " the value " + node + ".",
                    "Give a number or a list of numbers."));
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    private static final class CsvObserver implements RowObserver {
        private final PrintWriter csv;
        private volatile long rows;
        private volatile Map<String, Double> summary = Map.of();
        private volatile @Nullable Failure failure;

        CsvObserver(PrintWriter csv) {
            this.csv = csv;
        }

        @Override
        public void signals(List<Signal> signals) {
            csv.print("Time [s]");
            for (Signal signal : signals) {
                String unit = signal.unit().isEmpty() ? "" : " [" + signal.unit() + "]";
                csv.print(",/" + signal.fmu() + "/" + signal.name() + unit);
            }
            csv.print('\n');
        }

        @Override
        public void row(Row row) {
            csv.print(row.timeSeconds());
            for (double value : row.values()) {
                csv.print("," + value);
            }
            csv.print('\n');
        }

        @Override
        public void done(long count, Map<String, Double> figures) {
            rows = count;
            summary = figures;
        }

        @Override
        public void broken(Failure cause) {
            failure = cause;
        }
    }
}
