package org.voltwin.cosim.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;

/** Hands on signals and each row once, over restarts of the worker; nothing once the simulation is closed. */
final class EachRowOnce implements RowObserver {
    private static final Logger LOG = LoggerFactory.getLogger(EachRowOnce.class);
    private static final int MEASURE_EVERY = 256;

    private final RowObserver observer;
    private final Path checkpoint;
    private final BooleanSupplier closed;
    private final Runnable measure;
    private volatile long next;
    private boolean signalsTold;

    /** @param measure run now and then */
    EachRowOnce(RowObserver observer, Path checkpoint, BooleanSupplier closed, Runnable measure) {
        this.observer = observer;
        this.checkpoint = checkpoint;
        this.closed = closed;
        this.measure = measure;
    }

    /** The number of the row that has not been handed on yet. */
    long next() {
        return next;
    }

    @Override
    public void signals(List<Signal> signals) {
        if (!signalsTold) {
            observer.signals(signals);
        }
        signalsTold = true;
    }

    @Override
    public void row(Row row) throws InterruptedException {
        if (closed.getAsBoolean() || row.sequence() < next) {
            return;
        }
        if (row.sequence() % MEASURE_EVERY == 0) {
            measure.run();
        }
        observer.row(row);
        next = row.sequence() + 1;
    }

    /** The worker has made a checkpoint, and all rows before it have come: it becomes the valid one. */
    @Override
    public void remembered(long rows) {
        if (closed.getAsBoolean()) {
            return;
        }
        observer.remembered(rows);
        try {
            Checkpoint.accept(checkpoint, rows);
        } catch (IOException e) {
            LOG.warn("The checkpoint {} is not kept: {}", checkpoint, e.getMessage());
        }
    }

    @Override
    public void scenarioDone(int scenario, @Nullable Failure failure) {
        observer.scenarioDone(scenario, failure);
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
