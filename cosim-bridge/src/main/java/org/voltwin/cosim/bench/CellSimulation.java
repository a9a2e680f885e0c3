package org.voltwin.cosim.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.cosim.worker.WorkerLimits;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.telemetry.Column;

/** Orders simulated without a broker: what the virtual benches, and an emulated physical bench, run. */
public final class CellSimulation {
    private CellSimulation() {}

    /**
     * Starts an order in a worker process. The worker waits while the observer blocks.
     *
     * @param modelsFolder FMUs and their connections file
     * @param workFolder this simulation's own; it is emptied first
     * @param speed test seconds per wall-clock second; {@link Double#POSITIVE_INFINITY} for as fast as possible
     * @return closing it ends the worker; the observer is told nothing more then
     */
    public static Simulation start(
            BenchOrder order,
            Path modelsFolder,
            Path workFolder,
            WorkerLimits limits,
            double speed,
            CellObserver observer) {
        return Simulation.start(
                order, modelsFolder, workFolder, limits, new CellRows(new Paced(observer, new Pace(speed))));
    }

    private record Paced(CellObserver observer, Pace pace) implements CellObserver {
        @Override
        public void columns(List<Column> columns) {
            observer.columns(columns);
        }

        @Override
        public void row(CellRow row) throws InterruptedException {
            pace.await(row.timeSeconds());
            observer.row(row);
        }

        @Override
        public void done(long rows, Map<String, Double> summary) throws InterruptedException {
            observer.done(rows, summary);
        }

        @Override
        public void broken(Failure failure) {
            observer.broken(failure);
        }
    }
}
