package org.voltwin.cosim.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.cosim.worker.WorkerLimits;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.telemetry.Column;

/** Everything an order gave. */
public final class Recording implements CellObserver {
    public final List<CellRow> rows = new ArrayList<>();
    public List<Column> columns = List.of();
    public Map<String, Double> summary = new TreeMap<>();
    public long total = -1;
    public @Nullable Failure failure;
    public long peakResidentBytes;

    public static Recording of(BenchOrder order, Path models, Path work) throws InterruptedException {
        Recording recording = new Recording();
        try (Simulation simulation =
                CellSimulation.start(order, models, work, WorkerLimits.usual(), Double.POSITIVE_INFINITY, recording)) {
            simulation.await();
            recording.peakResidentBytes = simulation.peakResidentBytes();
        }
        return recording;
    }

    public int index(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new AssertionError("No column " + name + " in " + columns);
    }

    public double value(int row, String name) {
        return rows.get(row).values()[index(name)];
    }

    public double last(String name) {
        return value(rows.size() - 1, name);
    }

    /** The last row of a procedure step. */
    public int lastRowOfStep(int step) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (value(i, "Step") == step) {
                return i;
            }
        }
        throw new AssertionError("No row of step " + step);
    }

    @Override
    public void columns(List<Column> all) {
        columns = all;
    }

    @Override
    public void row(CellRow row) {
        rows.add(row);
    }

    @Override
    public void done(long count, Map<String, Double> figures) {
        total = count;
        summary = figures;
    }

    @Override
    public void broken(Failure cause) {
        failure = cause;
    }
}
