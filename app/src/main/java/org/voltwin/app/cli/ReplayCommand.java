package org.voltwin.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.bench.device.DeviceOptions;
import org.voltwin.bench.device.DeviceRegistry;
import org.voltwin.bench.device.HonoAddress;
import org.voltwin.bench.measurement.MeasurementFormat;
import org.voltwin.bench.replay.Replay;
import org.voltwin.bench.replay.ReplayOptions;
import org.voltwin.bench.replay.ReplayProgress;
import org.voltwin.bench.replay.ReplaySummary;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Streams a measurement file as a Hono device. */
@Command(
        name = "replay",
        description = "Streams a measurement file as a physical bench.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Parameters(paramLabel = "FILE", description = "BDF CSV, Maccor text, Arbin CSV, or a CSV with --mapping.")
    private Path file = Path.of("");

    @Option(names = "--thing", required = true, paramLabel = "ID", description = "Twin of the cell, module or pack.")
    private String thing = "";

    @Option(names = "--speed", defaultValue = "1", description = "Times real time; 0 = as fast as it is taken.")
    private double speed;

    @Option(names = "--format", defaultValue = "auto", description = "auto, bdf, maccor, arbin or csv.")
    private String format = "auto";

    @Option(names = "--mapping", paramLabel = "FILE", description = "Column mapping of a generic CSV (JSON).")
    private @Nullable Path mapping;

    @Option(names = "--json", description = "One JSON document at the end, nothing else on standard output.")
    private boolean json;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private long shownAt;

    @Override
    public Integer call() throws InterruptedException {
        DataFolder data = options.data();
        PlatformConfig config = options.config();
        if (!TwinId.isValid(thing)) {
            throw new RefusedException(Failure.permanent(
                    "replay.bad_thing",
                    "'" + thing + "' is not a twin id.",
                    "Give one such as org.voltwin:cell-SLPBA-01 with --thing."));
        }
        UpCommand.requireRunning(data);
        TwinId twin = TwinId.of(thing);
        try (DeviceRegistry registry = new DeviceRegistry(
                URI.create("http://localhost:" + config.ports().registry()),
                "lab",
                ApiClient.tokens(config, data),
                new SecureRandom())) {
            registry.ensureDevice(twin).orThrow();
            String password = registry.newPassword(twin, "replay").orThrow();
            ReplaySummary summary = Replay.run(
                            new ReplayOptions(
                                    file,
                                    twin,
                                    speed,
                                    chosenFormat(),
                                    Optional.ofNullable(mapping),
                                    new HonoAddress("localhost", config.ports().honoMqtt(), "lab"),
                                    () -> password,
                                    DeviceOptions.defaults()),
                            this::show)
                    .orThrow();
            JsonNode stored = awaitStored(ApiClient.of(config, data), summary);
            report(config, summary, stored);
            return stored.path("rows").asLong() >= summary.rows() ? 0 : 1;
        }
    }

    private Optional<MeasurementFormat> chosenFormat() {
        if (format.equals("auto")) {
            return Optional.empty();
        }
        Optional<MeasurementFormat> known = MeasurementFormat.of(format);
        if (known.isEmpty()) {
            throw new RefusedException(Failure.permanent(
                    "replay.unknown_format",
                    "'" + format + "' is not a format.",
                    "Use auto, bdf, maccor, arbin or csv."));
        }
        return known;
    }

    private void show(ReplayProgress progress) {
        long now = System.nanoTime();
        if (!json && now - shownAt > 1_000_000_000L) {
            shownAt = now;
            System.err.printf(
                    "  %d rows sent, %d acknowledged, test time %.0f s%n",
                    progress.rowsSent(), progress.rowsAcknowledged(), progress.testTimeSeconds());
        }
    }

    /** What the store has of the stream, as soon as that is everything, or after a while. */
    private JsonNode awaitStored(ApiClient api, ReplaySummary summary) throws InterruptedException {
        Instant giveUp = Instant.now().plus(LONGEST_WAIT);
        JsonNode stored = MissingNode.getInstance();
        while (Instant.now().isBefore(giveUp)) {
            for (JsonNode item : api.get("/api/measurements?thing=" + thing).path("items")) {
                if (item.path("stream").asText().equals(summary.stream())) {
                    stored = item;
                }
            }
            if (stored.path("rows").asLong() >= summary.rows()) {
                return stored;
            }
            synchronized (this) {
                wait(300);
            }
        }
        return stored;
    }

    private void report(PlatformConfig config, ReplaySummary summary, JsonNode stored) {
        if (json) {
            ObjectNode document = (ObjectNode) Json.tree(summary);
            document.put("storedRows", stored.path("rows").asLong())
                    .put("keptAsideValues", stored.path("keptAside").asLong());
            System.out.println(Json.text(document));
            return;
        }
        System.out.printf(
                "  %d rows of %s acknowledged in %.1f s (%d messages, %d sent again); %d rows are stored.%n",
                summary.rows(),
                file.getFileName(),
                summary.seconds(),
                summary.batches(),
                summary.resent(),
                stored.path("rows").asLong());
        if (stored.path("keptAside").asLong() > 0) {
            System.out.println("  note: " + stored.path("keptAside").asLong()
                    + " values cannot be true and are kept aside, not drawn.");
        }
        summary.findings().forEach(finding -> System.out.println("  note: " + finding.text()));
        System.out.println(
                "  Look at " + config.publicUrl() + "/trends?thing=" + thing + "&stream=" + summary.stream());
    }
}
