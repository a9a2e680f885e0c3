package org.voltwin.cosim.worker;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.json.Json;

/** One worker process from start to end, with its watch over silence and memory. */
final class WorkerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    private static final TypeReference<List<RowObserver.Signal>> SIGNALS = new TypeReference<>() {};
    /** Until its first line a process starts, and loads the models' libraries: on a machine under load that takes time. */
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LAST_LOG_LINES = 5;

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
    private final Path log;
    private final WorkerLimits limits;
    private volatile long waitingSince;
    private volatile boolean speaking;
    private volatile @Nullable Failure limitBroken;

    private WorkerProcess(Process process, Path log, WorkerLimits limits) {
        this.process = process;
        this.log = log;
        this.limits = limits;
    }

    /** @param checkpoint where the worker goes on from if it is there, and keeps the latest */
    static WorkerProcess start(Path plan, Path folder, Path checkpoint, Path log, WorkerLimits limits)
            throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Xss512k",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ReservedCodeCacheSize=16m",
                        "-XX:-UsePerfData",
                        "-XX:ErrorFile=/proc/self/fd/2",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        absoluteClassPath(),
                        WorkerMain.class.getName(),
                        plan.toString(),
                        folder.toString(),
                        checkpoint.toString())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new WorkerProcess(process, log, limits);
    }

    /** The worker has another working folder than this process, so relative entries would lead nowhere. */
    private static String absoluteClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
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
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            End end = readLines(lines, from, observer);
            process.waitFor();
            return end;
        } finally {
            process.destroyForcibly();
            process.waitFor();
            watch.interrupt();
        }
    }

    private End readLines(BufferedReader lines, long from, RowObserver observer)
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
                case 'S' -> observer.signals(Json.mapper().readValue(rest, SIGNALS));
                case 'R' -> {
                    Optional<RowObserver.Row> row = row(rest, from);
                    if (row.isPresent()) {
                        observer.row(row.get());
                    }
                }
                case 'A' -> waitingSince = 0; // it steps, though without a row
                case 'K' -> observer.remembered(Long.parseLong(rest));
                case 'E' -> {
                    RowWriter.ScenarioEnd end = Json.mapper().readValue(rest, RowWriter.ScenarioEnd.class);
                    observer.scenarioDone(end.scenario(), end.failure());
                }
                case 'D' -> {
                    return new End.Done(Json.mapper().readValue(rest, RowWriter.End.class));
                }
                case 'F' -> {
                    return new End.Failed(Json.mapper().readValue(rest, Failure.class));
                }
                default -> throw new IOException("The worker wrote a line that is not of the protocol");
            }
        }
    }

    /** The stream of a process that was just ended may fail instead of ending. */
    private @Nullable String nextLine(BufferedReader lines) throws IOException {
        try {
            return lines.readLine();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return null;
        }
    }

    /** A line that was cut off by the process's end is no row. */
    private static Optional<RowObserver.Row> row(String line, long from) {
        String[] words = line.split(" ");
        if (words.length < 5 || !words[words.length - 1].equals(RowWriter.END_OF_ROW)) {
            return Optional.empty();
        }
        long sequence = Long.parseLong(words[0]);
        if (sequence < from) {
            return Optional.empty();
        }
        double[] values = new double[words.length - 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.parseDouble(words[i + 4]);
        }
        return Optional.of(new RowObserver.Row(
                sequence,
                Integer.parseInt(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]),
                values));
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
        String how = status > 128 ? "was ended by signal " + (status - 128) : "ended with status " + status;
        return new End.Died(
                Failure.permanent(
                        "fmu.crashed",
                        "The simulation's process " + how + "." + lastLines(),
                        "Check the FMUs; the worker's log in the run's folder has the details."),
                true);
    }

    String lastLines() {
        try (Stream<String> all = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            List<String> lines =
                    all.filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LOG_LINES), lines.size());
            return last.isEmpty() ? "" : " Last lines of its log: " + String.join(" | ", last);
        } catch (IOException e) {
            return " Its log cannot be read: " + e.getMessage();
        }
    }

    private void watch() {
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
                if (residentBytes() > limits.memoryBytes()) {
                    end(
                            "fmu.memory",
                            "The simulation uses more than " + (limits.memoryBytes() >> 20) + " MiB.",
                            "Look for a leak in the FMUs, or give a higher limit.");
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

    long residentBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0; // it has just ended
        }
    }
}
