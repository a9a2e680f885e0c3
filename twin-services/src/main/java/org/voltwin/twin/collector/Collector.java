package org.voltwin.twin.collector;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.RunState;
import org.voltwin.model.telemetry.ResultMessage;
import org.voltwin.model.telemetry.SampleBatch;
import org.voltwin.twin.store.InsideRows;
import org.voltwin.twin.store.RejectedMessage;
import org.voltwin.twin.store.SampleStore;
import org.voltwin.twin.store.StreamInfo;
import org.voltwin.twin.store.StreamKey;

/**
 * Takes messages with samples, from whatever lane. Blocking: when a method returns, the message is in the store, as
 * samples or as a rejected message, and may be acknowledged; when it throws, the message must come again.
 */
public final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final String LIMS_BROKER = "lims broker";

    /** Told of rows that are stored; must not block for long. */
    @FunctionalInterface
    public interface Listener {
        void stored(InsideRows rows, StreamInfo stream);
    }

    private final SampleStore store;
    private final Bookings bookings;
    private final Clock clock;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    public Collector(SampleStore store, Bookings bookings, Clock clock) {
        this.store = store;
        this.bookings = bookings;
        this.clock = clock;
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** Takes Hono telemetry of a device. */
    public void takeTelemetry(String device, String topic, String contentType, byte[] payload) {
        String source = "hono device " + device;
        if (!contentType.equals(SampleBatch.CONTENT_TYPE)) {
            reject(
                    source,
                    topic,
                    payload,
                    Failure.permanent(
                            "samples.wrong_content_type",
                            "The content type is '" + contentType + "'.",
                            "Send samples as " + SampleBatch.CONTENT_TYPE + "."));
            return;
        }
        Outcome<InsideRows> rows = Json.read(payload, SampleBatch.class)
                .flatMap(batch -> allowed(device, batch))
                .flatMap(InsideConversion::rows);
        finish(source, topic, payload, rows);
    }

    private Outcome<SampleBatch> allowed(String device, SampleBatch batch) {
        if (TwinId.isValid(device)
                && bookings.mayReport(TwinId.of(device), batch.thing(), Optional.ofNullable(batch.run()))) {
            return Outcome.ok(batch);
        }
        return Outcome.refused(Failure.permanent(
                "samples.not_allowed",
                "Device " + device + " reports on " + batch.thing() + ", which is not its own twin nor the unit under"
                        + " test of a run that is booked on it.",
                "Report on the device's own thing, or name the run that is booked on this bench."));
    }

    /** Takes a result message from the LIMS broker. */
    public void takeResult(String topic, byte[] payload) {
        Outcome<InsideRows> rows = Json.read(payload, ResultMessage.class)
                .flatMap(InsideConversion::complete)
                .flatMap(this::thing)
                .flatMap(addressed ->
                        InsideConversion.batch(addressed.message(), addressed.key(), first(addressed, payload)))
                .flatMap(InsideConversion::rows);
        finish(LIMS_BROKER, topic, payload, rows);
    }

    private record Addressed(ResultMessage message, StreamKey key) {}

    private Outcome<Addressed> thing(ResultMessage message) {
        Optional<TwinId> ofRun = bookings.run(message.testUuid())
                .map(RunState::request)
                .map(request -> request.unit().twin());
        String type = Optional.ofNullable(message.testType()).orElse("").toLowerCase(Locale.ROOT);
        String kind =
                type.startsWith("module") || type.startsWith("pack") ? type.substring(0, type.indexOf('-')) : "cell";
        String name = TwinId.NAMESPACE + ":" + kind + "-" + message.testUut().replaceAll("[^A-Za-z0-9_.-]+", "-");
        if (ofRun.isEmpty() && (message.testUut().isBlank() || !TwinId.isValid(name))) {
            return Outcome.refused(Failure.permanent(
                    "samples.unknown_unit_under_test",
                    "The message's test_UUT is '" + message.testUut() + "' and its test_UUID is no run known here.",
                    "Name the unit under test by its code."));
        }
        return Outcome.ok(new Addressed(
                message,
                new StreamKey(
                        ofRun.orElseGet(() -> TwinId.of(name)),
                        message.testUuid().toString())));
    }

    private long first(Addressed addressed, byte[] payload) {
        Long sequence = addressed.message().sequence();
        if (sequence != null) {
            return sequence;
        }
        int count = addressed.message().variables().stream()
                .mapToInt(variable -> variable.values().size())
                .max()
                .orElse(0);
        return store.allot(addressed.key(), digest(payload), count);
    }

    private void finish(String source, String topic, byte[] payload, Outcome<InsideRows> converted) {
        switch (converted) {
            case Outcome.Refused<InsideRows> refused -> reject(source, topic, payload, refused.failure());
            case Outcome.Ok<InsideRows> rows -> {
                switch (store.append(rows.value(), clock.instant())) {
                    case Outcome.Refused<StreamInfo> refused -> reject(source, topic, payload, refused.failure());
                    case Outcome.Ok<StreamInfo> stream ->
                        listeners.forEach(listener -> listener.stored(rows.value(), stream.value()));
                }
            }
        }
    }

    /** Keeps a message that could not be taken, and says so in the log. */
    public void reject(String source, String topic, byte[] payload, Failure failure) {
        LOG.warn("Rejected a message from {} on {}: {}", source, topic, failure.inOneLine());
        store.reject(new RejectedMessage(clock.instant(), source, topic, failure, payload));
    }

    private static String digest(byte[] payload) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
