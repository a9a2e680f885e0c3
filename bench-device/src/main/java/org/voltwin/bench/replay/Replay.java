package org.voltwin.bench.replay;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.voltwin.bench.device.HonoDevice;
import org.voltwin.bench.device.Pace;
import org.voltwin.bench.device.SampleSender;
import org.voltwin.bench.measurement.MeasurementFile;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.telemetry.Variables;

/**
 * Sends a measurement file as a Hono device would: every row once by its sequence number, in the file's order. The
 * stream's id comes from the file's content, so the same file again is the same stream and nothing is stored twice.
 */
public final class Replay {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(60);
    private static final int STREAM_DIGITS = 16;

    private Replay() {}

    /**
     * Runs to the end of the file, blocking.
     *
     * @param listener told about progress, on any thread
     * @return refused with {@code measurement.*} when the file cannot be understood, {@code device.*} when the line to
     *     Hono fails; what was sent until then stays
     */
    public static Outcome<ReplaySummary> run(ReplayOptions options, Consumer<ReplayProgress> listener) {
        return MeasurementFile.open(options.file(), options.format(), options.mapping())
                .flatMap(file -> {
                    try (file) {
                        return streamId(options.file()).flatMap(stream -> run(options, file, stream, listener));
                    }
                });
    }

    /** {@code replay-} and the first 16 hexadecimal digits of the SHA-256 of the file's content. */
    public static Outcome<String> streamId(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return Outcome.ok(
                    "replay-" + HexFormat.of().formatHex(digest.digest()).substring(0, STREAM_DIGITS));
        } catch (IOException e) {
            return Outcome.refused(Failure.passing(
                    "measurement.unreadable",
                    file + " cannot be read: " + e.getMessage() + ".",
                    "Check the file and the disk it is on."));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Outcome<ReplaySummary> run(
            ReplayOptions options, MeasurementFile file, String stream, Consumer<ReplayProgress> listener) {
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(2));
        try (HonoDevice device =
                new HonoDevice(vertx, options.hono(), options.thing(), options.password(), options.device())) {
            return device.connect(CONNECT_WITHIN).flatMap(connected -> send(options, file, stream, device, listener));
        } catch (RefusedException e) {
            return Outcome.refused(e.failure());
        } finally {
            vertx.close();
        }
    }

    private static Outcome<ReplaySummary> send(
            ReplayOptions options,
            MeasurementFile file,
            String stream,
            HonoDevice device,
            Consumer<ReplayProgress> listener) {
        long began = System.nanoTime();
        Position position = new Position();
        AtomicLong sent = position.sent;
        SampleSender sender = new SampleSender(
                device,
                options.thing(),
                stream,
                null,
                String.valueOf(options.file().getFileName()),
                file.columns(),
                0,
                upTo -> listener.accept(new ReplayProgress(sent.get(), upTo, position.testSeconds)),
                System::nanoTime);
        Pace pace = new Pace(options.speed(), System::nanoTime);
        int time = timeColumn(file);
        for (@Nullable List<@Nullable Double> row = file.next(); row != null; row = file.next()) {
            Double testTime = row.get(time);
            Double testSeconds =
                    testTime == null ? null : file.columns().get(time).unit().toInside(testTime);
            waitUntilDue(pace, sender, testSeconds);
            sender.add(row);
            sent.incrementAndGet();
            if (testSeconds != null) {
                position.testSeconds = testSeconds;
            }
        }
        if (file.rows() == 0) {
            return Outcome.refused(Failure.permanent(
                    "measurement.no_rows",
                    options.file().getFileName() + " has a header, but no rows.",
                    "Export the measurement again."));
        }
        sender.finish();
        return device.awaitAcknowledged()
                .map(all -> new ReplaySummary(
                        stream,
                        file.format(),
                        file.rows(),
                        sender.batches(),
                        (System.nanoTime() - began) / 1e9,
                        device.resent(),
                        file.findings()));
    }

    private static void waitUntilDue(Pace pace, SampleSender sender, @Nullable Double testSeconds) {
        Duration wait = pace.until(testSeconds);
        sender.beforeWaiting(wait);
        try {
            pace.await(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(
                    Failure.passing("device.interrupted", "The replay was told to stop.", "Start it again."));
        }
    }

    private static int timeColumn(MeasurementFile file) {
        for (int i = 0; i < file.columns().size(); i++) {
            if (file.columns().get(i).name().equals(Variables.TIME)) {
                return i;
            }
        }
        throw new IllegalStateException("a measurement file has a time column");
    }

    /** Where the replay is, for the listener's threads. */
    private static final class Position {
        private final AtomicLong sent = new AtomicLong();
        private volatile double testSeconds = Double.NaN;
    }
}
