package org.voltwin.cosim.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.cosim.check.FolderInspector;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.BenchProgress;
import org.voltwin.model.port.MessageBus;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;

/** One order on a virtual bench, from waiting for a free worker to its end. */
final class VirtualRun implements CellObserver {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualRun.class);
    private static final long FLUSH_MILLISECONDS = 250;
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("virtual-run-flush").factory());

    private final BenchOrder order;
    private final VirtualBenchConfig config;
    private final Semaphore workers;
    private final RowPublisher publisher;
    private final Path runFolder;
    private final Path workFolder;
    private final Thread thread;
    private final Semaphore flushing = new Semaphore(1);
    private volatile BenchProgress progress = new BenchProgress.Working(0, 0);
    private volatile boolean leaving;
    private volatile @Nullable Simulation simulation;
    private @Nullable PrintWriter csv;

    VirtualRun(BenchOrder order, VirtualBenchConfig config, Semaphore workers, MessageBus bus) {
        this.order = order;
        this.config = config;
        this.workers = workers;
        this.publisher = new RowPublisher(bus, order);
        this.runFolder = config.storageRoot().resolve(order.folder()).normalize();
        this.workFolder = config.workFolder().resolve(order.run().toString());
        this.thread = Thread.ofVirtual().name("virtual-run-" + order.run()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    BenchProgress progress() {
        return progress;
    }

    Optional<Simulation> simulation() {
        return Optional.ofNullable(simulation);
    }

    void cancel() {
        thread.interrupt();
    }

    /** Ends the worker because this process ends: the run goes on with the next process, so it is not broken. */
    void leave() {
        leaving = true;
        thread.interrupt();
    }

    private void run() {
        try {
            workers.acquire();
        } catch (InterruptedException e) {
            broken(cancelled());
            return;
        }
        try {
            simulate();
        } catch (InterruptedException e) {
            broken(cancelled());
        } catch (RefusedException e) {
            broken(e.failure());
        } catch (IOException e) {
            broken(Failure.passing(
                    "cosim.io",
                    "The run's folder cannot be used: " + e.getMessage() + ".",
                    "See that the storage is there and has room."));
        } finally {
            closeCsv();
            workers.release();
        }
    }

    private static Failure cancelled() {
        return Failure.permanent("run.cancelled", "The run was cancelled.", "File the request again if it is wanted.");
    }

    private void simulate() throws InterruptedException, IOException {
        if (!runFolder.startsWith(config.storageRoot().normalize())) {
            throw new RefusedException(Failure.permanent(
                    "order.bad_folder", "The order's folder leads out of the storage.", "Send the run's own folder."));
        }
        Path models = runFolder.resolve("fastest-models").resolve("fmus");
        if (!Files.isDirectory(models)) {
            throw new RefusedException(Failure.permanent(
                    "fmu.missing",
                    "There is no folder " + order.folder() + "/fastest-models/fmus.",
                    "Have the models delivered again, then file the request again."));
        }
        new FolderInspector().inspect(models).failure().ifPresent(failure -> {
            throw new RefusedException(failure);
        });
        try (Simulation running =
                CellSimulation.start(order, models, workFolder, config.limits(), order.speed(), this)) {
            simulation = running;
            ScheduledFuture<?> flushes = CLOCK.scheduleWithFixedDelay(
                    () -> Thread.ofVirtual().name("flush-" + order.run()).start(() -> flush(running)),
                    FLUSH_MILLISECONDS,
                    FLUSH_MILLISECONDS,
                    TimeUnit.MILLISECONDS);
            try {
                running.await();
            } finally {
                flushes.cancel(false);
            }
        }
    }

    /** On a thread of its own: a broker that takes nothing must not hold up the flushes of other runs. */
    private void flush(Simulation running) {
        if (!(progress instanceof BenchProgress.Working) || !flushing.tryAcquire()) {
            return; // it has ended, or the flush before still waits
        }
        try {
            publisher.flushIfDue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread
        } catch (RuntimeException e) {
            publishFailed(e);
            running.close();
        } finally {
            flushing.release();
        }
    }

    @Override
    public void columns(List<Column> columns) {
        publisher.columns(columns);
        try {
            Path output = Files.createDirectories(runFolder.resolve("simulation-output"));
            PrintWriter writer = new PrintWriter(
                    Files.newBufferedWriter(output.resolve("results.csv.part"), StandardCharsets.UTF_8));
            writer.print(Variables.TIME + " [s]");
            columns.forEach(column ->
                    writer.print("," + column.name() + " [" + column.unit().symbol() + "]"));
            writer.print('\n');
            csv = writer;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void row(CellRow row) throws InterruptedException {
        PrintWriter writer = csv;
        if (writer != null) {
            writer.print(row.timeSeconds());
            for (double value : row.values()) {
                writer.print(Double.isNaN(value) ? "," : "," + value);
            }
            writer.print('\n');
        }
        publisher.add(row);
        if (progress instanceof BenchProgress.Working) {
            progress = new BenchProgress.Working(row.fraction(), row.sequence() + 1);
        }
    }

    @Override
    public void done(long rows, Map<String, Double> summary) throws InterruptedException {
        try {
            publisher.finish(rows);
            closeCsv();
            Path output = runFolder.resolve("simulation-output");
            Files.move(
                    output.resolve("results.csv.part"),
                    output.resolve("results.csv"),
                    StandardCopyOption.REPLACE_EXISTING);
            progress = new BenchProgress.Done(rows, summary);
            LOG.info("Run {} done: {} rows", order.run(), rows);
        } catch (CompletionException e) {
            publishFailed(e);
        } catch (IOException e) {
            broken(Failure.passing(
                    "cosim.io",
                    "results.csv cannot be written: " + e.getMessage() + ".",
                    "See that the disk has room."));
        }
    }

    @Override
    public void broken(Failure failure) {
        if (leaving) {
            return;
        }
        LOG.warn("Run {} broken: {}", order.run(), failure.inOneLine());
        try {
            Path log = workFolder.resolve(Simulation.LOG_FILE);
            if (Files.isRegularFile(log) && Files.isDirectory(runFolder)) {
                Path output = Files.createDirectories(runFolder.resolve("simulation-output"));
                Files.copy(log, output.resolve(Simulation.LOG_FILE), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            LOG.warn("The worker's log of run {} could not be kept: {}", order.run(), e.getMessage());
        }
        progress = new BenchProgress.Broken(failure);
    }

    private void publishFailed(RuntimeException error) {
        broken(Failure.passing(
                "cosim.publish_failed",
                "The broker did not take the results: " + error.getMessage() + ".",
                "See that the LIMS broker runs."));
    }

    private synchronized void closeCsv() {
        PrintWriter writer = csv;
        csv = null;
        if (writer != null) {
            writer.close();
        }
    }
}
