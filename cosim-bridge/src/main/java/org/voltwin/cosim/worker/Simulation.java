package org.voltwin.cosim.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.BenchOrder;

/**
 * A simulation in a worker process. A worker that died is started again from its latest checkpoint, or from the
 * beginning where the models cannot give their states; the observer is told only of the rows that it has not had, so
 * each comes once. Closing ends the worker; the observer is then told nothing more.
 */
public final class Simulation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);
    /** The worker's log in a simulation's work folder. */
    public static final String LOG_FILE = "worker.log";

    private static final String CHECKPOINT_FILE = "checkpoint";

    private final SimulationPlan plan;
    private final Path models;
    private final Path workFolder;
    private final Path checkpoint;
    private final WorkerLimits limits;
    private final EachRowOnce observer;
    private final Thread thread;
    private volatile @Nullable WorkerProcess worker;
    private volatile boolean closed;
    private volatile boolean paused;
    private volatile boolean stopping;
    private volatile long peakResidentBytes;

    private Simulation(
            SimulationPlan plan,
            Path models,
            Path workFolder,
            Path checkpoint,
            WorkerLimits limits,
            RowObserver observer,
            String name) {
        this.checkpoint = checkpoint;
        this.plan = plan;
        this.models = models;
        this.workFolder = workFolder;
        this.limits = limits;
        this.observer = new EachRowOnce(observer, checkpoint, () -> closed, this::measure);
        this.thread = Thread.ofVirtual().name("simulation-" + name).unstarted(this::run);
    }

    /**
     * Starts an order, as fast as the observer takes rows.
     *
     * @param modelsFolder FMUs and connections file
     * @param workFolder emptied, then the simulation's own
     */
    public static Simulation start(
            BenchOrder order, Path modelsFolder, Path workFolder, WorkerLimits limits, RowObserver observer) {
        return start(
                OrderPlans.of(order, workFolder.toAbsolutePath().resolve("fmus")),
                modelsFolder,
                workFolder,
                limits,
                observer,
                order.run().toString());
    }

    /** Starts a plan whose folder is {@code fmus} below the work folder. */
    public static Simulation start(
            SimulationPlan plan,
            Path modelsFolder,
            Path workFolder,
            WorkerLimits limits,
            RowObserver observer,
            String name) {
        Path work = workFolder.toAbsolutePath();
        return start(plan, modelsFolder, work, work.resolve(CHECKPOINT_FILE), limits, observer, name);
    }

    /**
     * Starts a plan, or goes on with it from a checkpoint.
     *
     * @param checkpoint kept up to date while it runs, and the place to go on from when it is there at the start; the
     *     first row is then the one with the checkpoint's number
     */
    public static Simulation start(
            SimulationPlan plan,
            Path modelsFolder,
            Path workFolder,
            Path checkpoint,
            WorkerLimits limits,
            RowObserver observer,
            String name) {
        Simulation simulation =
                new Simulation(plan, modelsFolder, workFolder.toAbsolutePath(), checkpoint, limits, observer, name);
        simulation.thread.start();
        return simulation;
    }

    /** How many rows a run had handed on when its checkpoint was made. */
    public static long rowsBefore(Path checkpoint) throws IOException {
        return Checkpoint.read(checkpoint).sequence();
    }

    /** Waits with the next step; models and memory stay. A checkpoint is made, where the models can. */
    public void pause() {
        paused = true;
        tell(Control.PAUSE);
    }

    /** Goes on after {@link #pause}. */
    public void resume() {
        paused = false;
        tell(Control.RESUME);
    }

    /** Ends with the rows there are, as if the procedure ended here; the summary then has {@code stoppedEarly}. */
    public void stop() {
        stopping = true;
        tell(Control.STOP);
    }

    /** Has a checkpoint made now; one is made every five seconds anyway. */
    public void makeCheckpoint() {
        tell(Control.CHECKPOINT);
    }

    private void tell(char wish) {
        WorkerProcess process = worker;
        if (process != null) {
            process.tell(wish);
        }
    }

    /** Waits for the end; the observer has been told by then. */
    public void await() throws InterruptedException {
        thread.join();
    }

    /** Process id of the worker at this moment. */
    public Optional<Long> workerPid() {
        return Optional.ofNullable(worker).map(WorkerProcess::pid);
    }

    /** Largest resident memory of a worker seen so far. */
    public long peakResidentBytes() {
        return peakResidentBytes;
    }

    private void measure() {
        WorkerProcess process = worker;
        if (process != null) {
            peakResidentBytes = Math.max(peakResidentBytes, process.residentBytes());
        }
    }

    private void run() {
        try {
            WorkFolder.prepare(workFolder, models);
            Path planFile = workFolder.resolve("plan.json");
            Files.write(planFile, Json.bytes(plan));
            execute(planFile);
        } catch (IOException e) {
            tellBroken(Failure.passing(
                    "cosim.io",
                    "The simulation's files or process failed: " + e.getMessage() + ".",
                    "See that the disk has room and that processes can be started."));
        } catch (RuntimeException e) {
            LOG.warn("Simulation {} ended", plan.folder(), e);
            tellBroken(Failure.passing(
                    "cosim.rows_not_taken",
                    "The simulation's rows could not be handed on: " + e.getMessage() + ".",
                    "See that the LIMS broker runs and that the disk has room."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            tellBroken(Failure.passing("cosim.interrupted", "The simulation was interrupted.", "Start it again."));
        }
    }

    private void execute(Path planFile) throws IOException, InterruptedException {
        for (int attempt = 1; !closed; attempt++) {
            Path own = workFolder.resolve("worker");
            WorkFolder.delete(own);
            Files.createDirectories(own);
            WorkerProcess process =
                    WorkerProcess.start(planFile, own, checkpoint, workFolder.resolve(LOG_FILE), limits);
            worker = process;
            if (paused) {
                process.tell(Control.PAUSE);
            }
            if (stopping) {
                process.tell(Control.STOP);
            }
            if (closed) {
                process.kill();
            }
            WorkerProcess.End end = process.read(observer.next(), observer);
            switch (end) {
                case WorkerProcess.End.Done done -> {
                    if (!closed) {
                        observer.done(done.end().rows(), done.end().summary());
                    }
                    return;
                }
                case WorkerProcess.End.Failed failed -> {
                    if (attempt > 1 && failed.failure().code().startsWith("checkpoint.")) {
                        LOG.warn(
                                "Starting from the beginning: {}",
                                failed.failure().cause());
                        Files.deleteIfExists(checkpoint);
                        continue;
                    }
                    tellBroken(failed.failure());
                    return;
                }
                case WorkerProcess.End.Died died -> {
                    if (!died.startAgain() || attempt >= limits.attempts()) {
                        tellBroken(died.failure());
                        return;
                    }
                    if (!closed) {
                        LOG.warn(
                                "Worker died, attempt {}: {}",
                                attempt,
                                died.failure().cause());
                    }
                }
            }
        }
    }

    private void tellBroken(Failure failure) {
        if (!closed) {
            observer.broken(failure);
        }
    }

    @Override
    public void close() {
        closed = true;
        WorkerProcess process = worker;
        if (process != null) {
            process.kill();
        }
        thread.interrupt();
    }
}
