package org.voltwin.cosim.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;

/** A simulation's raw rows. */
final class Rows implements RowObserver {
    static final WorkerLimits LIMITS = new WorkerLimits(512L << 20, Duration.ofSeconds(60), 2);
    /** For what is about silence; a machine under load may need longer than that to start a worker. */
    static final WorkerLimits SOON = new WorkerLimits(512L << 20, Duration.ofSeconds(3), 2);

    /** Also read while the simulation runs. */
    final List<Row> rows = new CopyOnWriteArrayList<>();

    List<Signal> signals = List.of();
    long done = -1;
    Map<String, Double> summary = Map.of();

    @Nullable Failure failure;

    static Rows of(Path models, Path work, double stop, double interval, Map<String, List<Double>> parameters)
            throws InterruptedException {
        return of(models, work, stop, interval, parameters, 1);
    }

    static Rows of(
            Path models,
            Path work,
            double stop,
            double interval,
            Map<String, List<Double>> parameters,
            double longestStep)
            throws InterruptedException {
        return of(models, work, stop, interval, parameters, longestStep, LIMITS);
    }

    static Rows of(
            Path models,
            Path work,
            double stop,
            double interval,
            Map<String, List<Double>> parameters,
            double longestStep,
            WorkerLimits limits)
            throws InterruptedException {
        Rows rows = new Rows();
        SimulationPlan plan = new SimulationPlan(
                work.toAbsolutePath().resolve("fmus").toString(),
                List.of(new SimulationPlan.ScenarioPlan(1, stop, parameters, Map.of(), null)),
                interval,
                longestStep);
        try (Simulation simulation = Simulation.start(plan, models, work, limits, rows, "test")) {
            simulation.await();
        }
        return rows;
    }

    double[] column(String name) {
        for (int i = 0; i < signals.size(); i++) {
            if (signals.get(i).name().equals(name)) {
                int index = i;
                return rows.stream().mapToDouble(row -> row.values()[index]).toArray();
            }
        }
        throw new AssertionError("No signal " + name);
    }

    @Override
    public void signals(List<Signal> all) {
        signals = all;
    }

    @Override
    public void row(Row row) {
        rows.add(row);
    }

    @Override
    public void done(long count, Map<String, Double> figures) {
        done = count;
        summary = figures;
    }

    @Override
    public void broken(Failure cause) {
        failure = cause;
    }
}
