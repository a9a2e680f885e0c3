package org.voltwin.twin.hono;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.RunState;
import org.voltwin.twin.collector.Bookings;
import org.voltwin.twin.collector.Collector;
import org.voltwin.twin.runs.BenchReport;
import org.voltwin.twin.runs.RunMoves;

/** Keeps what physical benches say of their runs. Blocking; throws when it must be told again. */
public final class BenchEvents {
    private static final Logger LOG = LoggerFactory.getLogger(BenchEvents.class);

    private final Bookings bookings;
    private final RunMoves moves;
    private final Collector rejections;

    public BenchEvents(Bookings bookings, RunMoves moves, Collector rejections) {
        this.bookings = bookings;
        this.moves = moves;
        this.rejections = rejections;
    }

    /** Takes an event of a device; other content types (Hono's own connection events) are not about runs. */
    public void take(String device, String topic, String contentType, byte[] payload) {
        if (!contentType.equals(BenchReport.CONTENT_TYPE)) {
            LOG.debug("Event {} of {} is not about a run", contentType, device);
            return;
        }
        Outcome<BenchReport> report = Json.read(payload, BenchReport.class).flatMap(given -> allowed(device, given));
        switch (report) {
            case Outcome.Ok<BenchReport> ok -> {
                LOG.info(
                        "Bench {}: run {} {}",
                        device,
                        ok.value().run(),
                        ok.value().event());
                moves.keepReport(ok.value());
            }
            case Outcome.Refused<BenchReport> refused ->
                rejections.reject("hono device " + device, topic, payload, refused.failure());
        }
    }

    private Outcome<BenchReport> allowed(String device, BenchReport report) {
        if (report.run() == null || report.event() == null || report.at() == null) {
            return Outcome.refused(Failure.permanent(
                    "message.wrong_shape", "The event lacks run, event or at.", "Compare it with the JSON Schema."));
        }
        Optional<TwinId> booked = bookings.run(report.run())
                .flatMap(state -> state.find(RunState.Scheduled.class))
                .map(state -> state.booking().bench());
        return booked.isPresent() && booked.get().value().equals(device)
                ? Outcome.ok(report)
                : Outcome.refused(Failure.permanent(
                        "bench.not_booked",
                        "Device " + device + " reports on run " + report.run() + ", which is not booked on it.",
                        "Report only on runs that this bench was commanded to do."));
    }
}
