package org.voltwin.cosim.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.cosim.worker.SimulationPlan;
import org.voltwin.cosim.worker.WorkerLimits;
import org.voltwin.model.failure.Failure;

/** One worker's share of a batch. When its process fails, the scenario at work is to blame and the rest go on. */
final class BatchWorker implements Runnable, RowObserver {
    private final BatchOptions options;
    private final Path folder;
    private final Path work;
    private final List<SimulationPlan.ScenarioPlan> share;
    private final BatchResults results;
    private RowObserver.@Nullable Row last;
    private volatile @Nullable Failure broken;

    BatchWorker(
            BatchOptions options,
            Path folder,
            Path work,
            List<SimulationPlan.ScenarioPlan> share,
            BatchResults results) {
        this.options = options;
        this.folder = folder;
        this.work = work;
        this.share = share;
        this.results = results;
    }

    @Override
    public void run() {
        try {
            for (List<SimulationPlan.ScenarioPlan> left = left(); !left.isEmpty(); left = left()) {
                broken = null;
                SimulationPlan plan = new SimulationPlan(
                        work.resolve("fmus").toString(),
                        left,
                        options.stopSeconds(),
                        options.stepSeconds(),
                        options.stepping().apart());
                try (Simulation simulation = Simulation.start(plan, folder, work, once(), this, "batch")) {
                    simulation.await();
                }
                blame();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            left().forEach(scenario -> results.ended(scenario.number(), null, interrupted()));
        }
    }

    /** A scenario that brings its process down would do so again. */
    private static WorkerLimits once() {
        WorkerLimits usual = WorkerLimits.usual();
        return new WorkerLimits(usual.memoryBytes(), usual.silence(), 1);
    }

    private List<SimulationPlan.ScenarioPlan> left() {
        return share.stream()
                .filter(scenario -> !results.hasEnded(scenario.number()))
                .toList();
    }

    private void blame() {
        Failure failure = broken;
        List<SimulationPlan.ScenarioPlan> left = left();
        if (left.isEmpty()) {
            return;
        }
        if (failure == null || failure.code().startsWith("cosim.")) {
            Failure cause = failure == null ? interrupted() : failure; // not a scenario's fault: all would meet it
            left.forEach(scenario -> results.ended(scenario.number(), null, cause));
        } else {
            results.ended(left.getFirst().number(), null, failure);
        }
    }

    private static Failure interrupted() {
        return Failure.passing("cosim.interrupted", "The batch was interrupted.", "Start it again.");
    }

    @Override
    public void signals(List<Signal> signals) {
        results.signals(signals);
    }

    @Override
    public void row(Row row) {
        last = row;
    }

    @Override
    public void scenarioDone(int scenario, @Nullable Failure failure) {
        Row row = last;
        results.ended(scenario, row != null && row.scenario() == scenario ? row : null, failure);
    }

    @Override
    public void done(long rows, Map<String, Double> summary) {
        // Every scenario has told its own end.
    }

    @Override
    public void broken(Failure failure) {
        broken = failure;
    }
}
