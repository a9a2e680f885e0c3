package org.voltwin.cosim.worker;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;

/** One worker process from start to end, with its watch over silence and memory. */
final class WorkerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    /** Until its first line a process starts, and loads the models' libraries: on a machine under load that takes time. */
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LONGEST_LINE = 8 << 20;
    private static final int LOG_EVERY = 20;
    private static final long LARGEST_FOLDER = 2L << 30;

    /** How a process ended. */
    sealed interface End {
        /** All rows came. */
        record Done(RowWriter.End end) implements End {}

        /** It said why it could not. */
        record Failed(Failure failure) implements End {}

        /** It went away without a word: killed, crashed, or ended for a limit. */
        record Died(Failure failure, boolean startAgain) implements End {}
    }

    private final Process process;
    private final WorkerLog log;
    private final Path folder;
    private final WorkerLimits limits;
    private final ResidentMemory memory;
    private volatile long waitingSince;
    private volatile boolean speaking;
    private volatile long largestResidentBytes;
    private volatile @Nullable Failure limitBroken;

    private WorkerProcess(Process process, WorkerLog log, Path folder, WorkerLimits limits) {
        this.process = process;
        this.log = log;
        this.folder = folder;
        this.limits = limits;
        memory = new ResidentMemory(process);
    }

    /** @param checkpoint where the worker goes on from if it is there, and keeps the latest */
    static WorkerProcess start(Path plan, Path folder, Path checkpoint, Path log, WorkerLimits limits)
            throws IOException {
        ProcessBuilder builder = WorkerCommand.of(plan, folder, checkpoint, limits.memoryBytes());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        return new WorkerProcess(process, new WorkerLog(log), folder, limits);
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Tells the worker one of the letters of {@link Control}; a worker that has just ended does not hear it. */
    void tell(char wish) {
        try {
            Writer writer = process.outputWriter();
            writer.write(wish);
            writer.flush();
        } catch (IOException e) {
            LOG.debug("Worker {} did not hear '{}': {}", pid(), wish, e.getMessage());
        }
    }

    /** What the end of this process would do to it. */
    void closeInput() throws IOException {
        process.outputWriter().close();
    }

    /** Hands on rows from {@code from} on; blocks until the process has ended. */
    End read(long from, RowObserver observer) throws IOException, InterruptedException {
        Thread watch = Thread.ofVirtual().name("worker-watch-" + pid()).start(this::watch);
        try (BoundedLines lines = new BoundedLines(process.getInputStream(), LONGEST_LINE)) {
            End end = readLines(lines, from, observer);
            process.waitFor();
            return end;
        } catch (WorkerLine.ForeignException e) {
            return new End.Died(
                    Failure.permanent(
                            "fmu.foreign_rows",
                            "An FMU wrote into the channel of the results." + log.lastLines(),
                            "Use another version of the FMUs: they write to files that they did not open."),
                    false);
        } finally {
            process.destroyForcibly();
            process.waitFor();
            watch.interrupt();
        }
    }

    private End readLines(BoundedLines lines, long from, RowObserver observer)
            throws IOException, InterruptedException {
        while (true) {
            waitingSince = System.nanoTime();
            String line = nextLine(lines);
            waitingSince = 0;
            speaking = true;
            if (line == null || line.length() < 3) {
                return died();
            }
            String rest = line.substring(2);
            switch (line.charAt(0)) {
                case 'S' -> observer.signals(WorkerLine.signals(rest));
                case 'R' -> {
                    Optional<RowObserver.Row> row = WorkerLine.row(rest, from);
                    if (row.isPresent()) {
                        observer.row(row.get());
                    }
                }
                case 'A' -> waitingSince = 0; // it steps, though without a row
                case 'K' -> observer.remembered(WorkerLine.number(rest));
                case 'E' -> {
                    RowWriter.ScenarioEnd end = WorkerLine.json(rest, RowWriter.ScenarioEnd.class);
                    observer.scenarioDone(end.scenario(), end.failure());
                }
                case 'D' -> {
                    return new End.Done(WorkerLine.json(rest, RowWriter.End.class));
                }
                case 'F' -> {
                    return new End.Failed(WorkerLine.json(rest, Failure.class));
                }
                default -> throw new WorkerLine.ForeignException();
            }
        }
    }

    /** The stream of a process that was just ended may fail instead of ending. */
    private @Nullable String nextLine(BoundedLines lines) throws IOException {
        try {
            return lines.read();
        } catch (BoundedLines.TooLongException e) {
            throw new WorkerLine.ForeignException();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return null;
        }
    }

    private End died() throws InterruptedException {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        Failure limit = limitBroken;
        if (limit != null) {
            return new End.Died(limit, false);
        }
        int status = process.exitValue();
        String how = log.crash().map(crash -> "crashed with " + crash).orElseGet(() -> how(status));
        if (log.ranOutOfMemory() || status != 0 && largestResidentBytes > limits.memoryBytes() / 2) {
            return new End.Died(
                    Failure.permanent(
                            "fmu.memory",
                            "The simulation's process ran out of memory and " + how + "." + log.lastLines(),
                            "Look for a leak in the FMUs, or give a higher limit."),
                    false);
        }
        return new End.Died(
                Failure.permanent(
                        "fmu.crashed",
                        "The simulation's process " + how + "." + log.lastLines(),
                        "Check the FMUs; the worker's log in the run's folder has the details."),
                true);
    }

    private static String how(int status) {
        if (status > 128) {
            return "was ended by signal " + (status - 128);
        }
        return "ended with status " + status + " and without a result: an FMU ended it, or closed its files";
    }

    private void watch() {
        int looks = 0;
        try {
            while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                long since = waitingSince;
                Duration allowed =
                        speaking || limits.silence().compareTo(LONGEST_START) > 0 ? limits.silence() : LONGEST_START;
                if (since != 0 && System.nanoTime() - since > allowed.toNanos()) {
                    end(
                            "fmu.hang",
                            "The simulation gave no row for " + allowed.toSeconds() + " s.",
                            "Look for an endless loop in the FMUs, or give a longer limit.");
                }
                largestResidentBytes = Math.max(largestResidentBytes, residentBytes());
                if (largestResidentBytes > limits.memoryBytes()) {
                    end(
                            "fmu.memory",
                            "The simulation uses more than " + (limits.memoryBytes() >> 20) + " MiB.",
                            "Look for a leak in the FMUs, or give a higher limit.");
                }
                looks++;
                if (looks % LOG_EVERY == 0) {
                    watchFiles();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the reader has finished
        }
    }

    private void end(String code, String cause, String remedy) {
        limitBroken = Failure.permanent(code, cause, remedy);
        process.destroyForcibly();
    }

    private void watchFiles() {
        try {
            log.keepSmall();
            if (WorkFolder.sizeBytes(folder) > LARGEST_FOLDER) {
                end(
                        "fmu.disk",
                        "The simulation wrote more than " + (LARGEST_FOLDER >> 20) + " MiB of files.",
                        "Look for what the FMUs write without end.");
            }
        } catch (IOException e) {
            LOG.debug("The files of worker {} cannot be looked at: {}", pid(), e.getMessage());
        }
    }

    /** Of the worker and of what stands between it and this process. */
    long residentBytes() {
        return memory.bytes();
    }
}
