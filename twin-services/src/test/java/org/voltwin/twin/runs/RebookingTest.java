package org.voltwin.twin.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voltwin.model.Examples;
import org.voltwin.model.TwinId;
import org.voltwin.model.fake.FakeMessageBus;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.ClimateChamber;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.RunCodec;
import org.voltwin.model.run.RunState;
import org.voltwin.model.schedule.PlanFigures;
import org.voltwin.model.schedule.PlannedSoak;
import org.voltwin.twin.ditto.FakeTwins;
import org.voltwin.twin.ditto.TwinMirror;

class RebookingTest {
    private final FakeTwins twins = new FakeTwins();
    private final TwinMirror mirror = new TwinMirror(twins, twins);
    private final RunBoard board = new RunBoard(mirror);
    private final RunMoves moves =
            new RunMoves(twins, mirror, new StatusMessages(new FakeMessageBus()), Clock.systemUTC());
    private final TwinBenchDirectory directory = new TwinBenchDirectory(mirror, board, moves);
    private final RunState.Scheduled planned = Examples.scheduled();
    private final TwinId id = TwinId.ofRun(planned.request().uuid());

    @BeforeEach
    void aScheduledRun() {
        ObjectNode thing = Json.mapper().createObjectNode();
        thing.set("attributes", RunCodec.toAttributes(planned));
        twins.createIfAbsent(id, thing);
        mirror.refresh(id);
    }

    private static Booking later(Booking booking, Duration by) {
        Instant start = booking.start().plus(by);
        return new Booking(
                booking.bench(),
                booking.kind(),
                2,
                start,
                start,
                booking.end().plus(by),
                booking.tearDownEnd().plus(by),
                "it made room",
                booking.outputPath(),
                "Ada",
                null,
                List.of(new PlannedSoak(1, 10, 1, 2, start, booking.end().plus(by))),
                new PlanFigures(start, "urgent", by, by, 0, 1, 3, "late acceptance", "the longest chain of tests"));
    }

    @Test
    void aPlaceIsGivenOnceOnly() {
        Booking other = later(planned.booking(), Duration.ofHours(2));

        assertThat(directory.rebook(planned, other)).isTrue();
        assertThat(directory.rebook(planned, later(planned.booking(), Duration.ofHours(4))))
                .as("the place it was to leave is not its place any more")
                .isFalse();

        assertThat(directory.booked()).singleElement().isEqualTo(planned.rebooked(other));
        assertThat(directory.bookings().getFirst().soaks()).isEqualTo(other.soaks());
    }

    @Test
    void whatHasBegunStays() {
        moves.move(board.find(planned.request().uuid()).orElseThrow(), planned.running(Instant.now()));

        assertThat(directory.rebook(planned, later(planned.booking(), Duration.ofHours(2))))
                .isFalse();
    }

    @Test
    void chambersComeFromTheirTwins() throws Exception {
        ObjectNode chamber = (ObjectNode) Json.mapper().readTree("""
                        {"attributes": {"name": "C1", "benches": ["org.voltwin:bench-1"], "lowestCelsius": -20,
                          "highestCelsius": 60, "heatingKelvinPerMinute": 2, "coolingKelvinPerMinute": 0.5},
                         "features": {"climate": {"properties": {"temperatureCelsius": 23.5}}}}""");
        TwinId twin = TwinId.of("org.voltwin:chamber-1");
        twins.createIfAbsent(twin, chamber);
        mirror.refresh(twin);
        twins.createIfAbsent(TwinId.of("org.voltwin:chamber-2"), Json.mapper().createObjectNode());
        mirror.refresh(TwinId.of("org.voltwin:chamber-2"));

        assertThat(directory.chambers()).singleElement().satisfies(found -> {
            assertThat(found.degreesPerHour()).isEqualTo(30);
            assertThat(found.presentCelsius()).isEqualTo(23.5);
            assertThat(found)
                    .extracting(ClimateChamber::benches)
                    .isEqualTo(java.util.Set.of(TwinId.of("org.voltwin:bench-1")));
        });
    }
}
