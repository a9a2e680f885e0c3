package org.voltwin.twin.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.ClimateChamber;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.RunState;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.twin.ditto.TwinMirror;

/** Benches from their twins, bookings from the runs that are scheduled or running. */
public final class TwinBenchDirectory implements BenchDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(TwinBenchDirectory.class);
    private static final String KIND = "bench";

    private final TwinMirror mirror;
    private final RunBoard board;
    private final RunMoves moves;

    public TwinBenchDirectory(TwinMirror mirror, RunBoard board, RunMoves moves) {
        this.mirror = mirror;
        this.board = board;
        this.moves = moves;
    }

    @Override
    public List<Bench> benches() {
        List<Bench> benches = new ArrayList<>();
        for (JsonNode thing : mirror.ofKind(KIND)) {
            ObjectNode attributes = Json.mapper().createObjectNode();
            if (thing.path("attributes") instanceof ObjectNode given) {
                attributes.setAll(given);
            }
            attributes.put("twin", thing.path("thingId").asText());
            switch (Json.convert(attributes, Bench.class)) {
                case Outcome.Ok<Bench> bench -> benches.add(bench.value());
                case Outcome.Refused<Bench> refused ->
                    LOG.warn(
                            "{} is not a bench: {}",
                            thing.path("thingId").asText(),
                            refused.failure().inOneLine());
            }
        }
        benches.sort(Comparator.comparing(Bench::twin));
        return benches;
    }

    @Override
    public List<Assignment> bookings() {
        return board.all().stream()
                .map(Run::state)
                .filter(state -> state instanceof RunState.Scheduled || state instanceof RunState.Running)
                .flatMap(state -> state.find(RunState.Scheduled.class).stream())
                .map(TwinBenchDirectory::assignment)
                .sorted(Comparator.comparing(Assignment::start))
                .toList();
    }

    @Override
    public List<ClimateChamber> chambers() {
        return mirror.ofKind("chamber").stream()
                .flatMap(thing -> Chambers.of(thing).stream())
                .sorted(Comparator.comparing(ClimateChamber::twin))
                .toList();
    }

    @Override
    public boolean isComplete() {
        return board.isComplete();
    }

    @Override
    public List<RunState.Open> booked() {
        List<RunState.Open> booked = new ArrayList<>();
        for (Run run : board.all()) {
            switch (run.state()) {
                case RunState.Scheduled scheduled -> booked.add(scheduled);
                case RunState.Running running -> booked.add(running);
                default -> LOG.trace("{} has no place", run.uuid());
            }
        }
        return booked;
    }

    @Override
    public boolean rebook(RunState.Scheduled planned, Booking other) {
        return moves.rebook(planned, other);
    }

    /** The booking of a run as an assignment. */
    static Assignment assignment(RunState.Scheduled state) {
        return state.booking().assignment(state.request().uuid().toString());
    }
}
