package org.voltwin.twin.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.RunCodec;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;
import org.voltwin.twin.ditto.TwinMirror;
import org.voltwin.twin.ditto.Twins;

/**
 * The only writer of run twins. A move is conditional on the stage before it, so of two workers only one wins. Blocking;
 * throws when Ditto cannot be reached.
 */
public final class RunMoves {
    private static final Logger LOG = LoggerFactory.getLogger(RunMoves.class);
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);
    private static final double VISIBLE_FRACTION = 0.001;

    private final Twins twins;
    private final TwinMirror mirror;
    private final StatusMessages statuses;
    private final Clock clock;
    private final Map<UUID, Instant> lastProgress = new ConcurrentHashMap<>();

    public RunMoves(Twins twins, TwinMirror mirror, StatusMessages statuses, Clock clock) {
        this.twins = twins;
        this.mirror = mirror;
        this.statuses = statuses;
        this.clock = clock;
    }

    /** Creates the run's twin; the same request again changes nothing. False when it was there. */
    public boolean create(TestRequest request) {
        TwinId id = TwinId.ofRun(request.uuid());
        RunState.Requested state = new RunState.Requested(request, clock.instant());
        ObjectNode thing = Json.mapper().createObjectNode();
        thing.put("policyId", "org.voltwin:lab");
        thing.put("definition", "org.voltwin:test-run:1.0.0");
        thing.set("attributes", RunCodec.toAttributes(state));
        thing.putObject("features")
                .putObject("progress")
                .set("properties", progressProperties(0, 0, "", clock.instant()));
        boolean created = false;
        if (mirror.refresh(id).isEmpty()) {
            // said first: as soon as the twin is there, the engine moves it on and says that
            statuses.publish(new Run(state, 0, 0, "", Optional.empty()), state.since());
            created = twins.createIfAbsent(id, thing);
            LOG.info("Run {} ({}) requested", request.number(), request.uuid());
            mirror.refresh(id);
        }
        return created;
    }

    /** Moves a run on; false when somebody else has moved it before. */
    public boolean move(Run run, RunState next) {
        RunState from = run.state();
        TwinId id = TwinId.ofRun(run.uuid());
        String message = message(next);
        double fraction = next instanceof RunState.Completed ? 1 : run.fraction();
        ObjectNode patch = Json.mapper().createObjectNode();
        patch.set("attributes", difference(RunCodec.toAttributes(from), RunCodec.toAttributes(next)));
        patch.putObject("features")
                .putObject("progress")
                .set("properties", progressProperties(fraction, run.rows(), message, clock.instant()));
        boolean moved = twins.merge(
                id, patch, Optional.of("eq(attributes/stage,\"" + from.stage().id() + "\")"));
        if (moved) {
            LOG.info(
                    "Run {} {} -> {} {}",
                    next.request().number(),
                    from.stage().id(),
                    next.stage().id(),
                    message);
            statuses.publish(new Run(next, fraction, run.rows(), message, run.benchReport()), clock.instant());
        }
        mirror.refresh(id);
        return moved;
    }

    /** Gives a run that is still where it was planned another place; false when somebody was faster. */
    public boolean rebook(RunState.Scheduled planned, Booking other) {
        TwinId id = TwinId.ofRun(planned.request().uuid());
        ObjectNode patch = Json.mapper().createObjectNode();
        // A merge would leave what the other place does not have.
        ObjectNode booking = patch.putObject("attributes").putObject("booking");
        Json.tree(planned.booking()).fieldNames().forEachRemaining(booking::putNull);
        booking.setAll((ObjectNode) Json.tree(other));
        boolean rebooked = twins.merge(
                id,
                patch,
                Optional.of("and(eq(attributes/stage,\"scheduled\"),eq(attributes/booking/start,\""
                        + Json.tree(planned.booking()).path("start").asText() + "\"))"));
        mirror.refresh(id);
        if (rebooked) {
            LOG.info("Run {} moves to {} at {}", planned.request().number(), other.bench(), other.start());
            statuses.publish(new Run(planned.rebooked(other), 0, 0, other.why(), Optional.empty()), clock.instant());
        }
        return rebooked;
    }

    private static String message(RunState state) {
        return switch (state) {
            case RunState.Failed failed -> failed.failure().cause();
            case RunState.Cancelled cancelled -> "Cancelled by " + cancelled.by();
            case RunState.Scheduled scheduled -> scheduled.booking().why();
            case RunState.Requested requested -> "";
            case RunState.Modelled modelled -> "";
            case RunState.Delivered delivered -> "";
            case RunState.Validated validated -> "";
            case RunState.Designed designed -> "";
            case RunState.Running running -> "";
            case RunState.Completed completed -> "";
        };
    }

    private static ObjectNode difference(ObjectNode before, ObjectNode after) {
        ObjectNode patch = Json.mapper().createObjectNode();
        after.properties().forEach(entry -> {
            if (!entry.getValue().equals(before.get(entry.getKey()))) {
                patch.set(entry.getKey(), entry.getValue());
            }
        });
        return patch;
    }

    /** Shows how far a run is, at most once a second and only when it shows a difference. */
    public void progress(Run run, double fraction, long rows, String message) {
        boolean same = Math.abs(run.fraction() - fraction) < VISIBLE_FRACTION
                && run.rows() == rows
                && run.message().equals(message);
        Instant now = clock.instant();
        Instant last = lastProgress.getOrDefault(run.uuid(), Instant.EPOCH);
        if (same || now.isBefore(last.plus(PROGRESS_INTERVAL))) {
            return;
        }
        lastProgress.put(run.uuid(), now);
        ObjectNode patch = Json.mapper().createObjectNode();
        patch.putObject("features")
                .putObject("progress")
                .set("properties", progressProperties(fraction, rows, message, now));
        String stage = run.state().stage().id();
        TwinId id = TwinId.ofRun(run.uuid());
        if (twins.merge(id, patch, Optional.of("eq(attributes/stage,\"" + stage + "\")"))) {
            statuses.publish(new Run(run.state(), fraction, rows, message, run.benchReport()), now);
        }
        mirror.refresh(id);
    }

    private static ObjectNode progressProperties(double fraction, long rows, String message, Instant at) {
        ObjectNode properties = Json.mapper().createObjectNode();
        properties.put("fraction", fraction);
        properties.put("rows", rows);
        properties.put("message", message);
        properties.put("updatedAt", at.toString());
        return properties;
    }

    /** Keeps what a physical bench said of a run on the run's twin; false when there is no such run. */
    public boolean keepReport(BenchReport report) {
        TwinId id = TwinId.ofRun(report.run());
        ObjectNode patch = Json.mapper().createObjectNode();
        JsonNode properties = Json.tree(report);
        patch.putObject("features").putObject("bench").set("properties", properties);
        boolean kept = twins.merge(id, patch, Optional.empty());
        mirror.refresh(id);
        return kept;
    }

    /** Says again where a run stands. */
    public void republish(Run run) {
        statuses.publish(run, clock.instant());
    }
}
