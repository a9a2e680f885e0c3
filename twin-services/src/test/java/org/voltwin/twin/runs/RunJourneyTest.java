package org.voltwin.twin.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.voltwin.model.Examples;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.port.BenchProgress;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.run.Delivery;
import org.voltwin.model.run.RunStage;
import org.voltwin.model.run.RunState;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.requests.RequestHandler;

/** A request on its way through all stages. */
final class RunJourneyTest extends RunWorld {
    @Test
    void virtualRunGoesThroughAllStages() {
        Room room = new Room();
        room.start(others(BenchKind.VIRTUAL));
        room.listen();
        virtual.set(Examples.RUN, new BenchProgress.Working(0.5, 50));

        bus.publish(RequestHandler.REQUESTS, message(Examples.request()), false);
        awaitStage(room, RunStage.RUNNING);
        await().atMost(PATIENCE)
                .until(() -> room.board.find(Examples.RUN).orElseThrow().fraction() == 0.5);
        virtual.set(Examples.RUN, new BenchProgress.Done(101, Map.of("steps", 4.0)));
        rows(100);
        await().atMost(PATIENCE)
                .until(() ->
                        room.board.find(Examples.RUN).orElseThrow().message().contains("100 of 101"));
        rows(101);
        awaitStage(room, RunStage.COMPLETED);

        RunState.Completed completed =
                (RunState.Completed) room.board.find(Examples.RUN).orElseThrow().state();
        assertThat(completed.transitions()).hasSize(8);
        assertThat(completed.result().rows()).isEqualTo(101);
        // 5 A over 100 x 36 s = 1 h
        assertThat(completed.result().summary().get("dischargedAmpereHours"))
                .isCloseTo(5.0, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(completed.result().summary())
                .containsEntry("minVoltageVolts", 3.0)
                .containsEntry("steps", 4.0);
        assertThat(completed.result().variables())
                .extracting(Column::name)
                .containsExactly(Variables.CURRENT, Variables.VOLTAGE);
        // A stage is said after the board shows it.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stagesSaid())
                        .containsExactly(
                                "requested",
                                "modelled",
                                "delivered",
                                "validated",
                                "designed",
                                "scheduled",
                                "running",
                                "completed"));
        assertThat(twins.thing(Examples.cell().twin())).isPresent();
        assertThat(bus.published())
                .anySatisfy(message -> assertThat(message.topic()).isEqualTo("LIMS/requests/ack/" + Examples.RUN));
    }

    @Test
    void theSameRequestAgainIsAnsweredAgainAndChangesNothing() {
        Room room = new Room();
        room.start(List.of());
        room.listen();

        bus.publish(RequestHandler.REQUESTS, message(Examples.request()), false);
        bus.publish(RequestHandler.REQUESTS, message(Examples.request()), false);

        await().atMost(PATIENCE)
                .until(() -> bus.published().stream()
                                .filter(m -> m.topic().equals("LIMS/requests/ack/" + Examples.RUN))
                                .count()
                        == 2);
        awaitStage(room, RunStage.MODELLED);
        assertThat(room.board.all()).hasSize(1);
    }

    @Test
    void badRequestIsKeptAndAnsweredNo() {
        Room room = new Room();
        room.start(List.of());
        room.listen();

        bus.publish(RequestHandler.REQUESTS, "not json".getBytes(UTF_8), false);

        await().atMost(PATIENCE)
                .until(() -> bus.published().stream()
                        .anyMatch(m -> m.topic().equals("LIMS/requests/ack/unknown")
                                && new String(m.payload(), UTF_8).contains("\"accepted\":false")));
        assertThat(store.rejected(10)).singleElement().satisfies(rejected -> {
            assertThat(rejected.failure().code()).isEqualTo("message.not_json");
            assertThat(new String(rejected.payload(), UTF_8)).isEqualTo("not json");
        });
    }

    @Test
    void physicalRunEndsWithTheBenchsEvent() {
        Room room = new Room();
        room.start(others(BenchKind.PHYSICAL));
        room.moves.create(Examples.request());
        awaitStage(room, RunStage.RUNNING);
        assertThat(physical.started()).singleElement().satisfies(order -> {
            assertThat(order.run()).isEqualTo(Examples.RUN);
            assertThat(order.scenarios()).hasSize(2);
        });

        rows(10);
        room.moves.keepReport(
                new BenchReport(BENCH.value(), Examples.RUN, "finished", 10, Map.of(), null, clock.instant()));

        awaitStage(room, RunStage.COMPLETED);
    }

    @Test
    void ofTwoRoomsOnlyOneMovesTheRun() {
        AtomicInteger done = new AtomicInteger();
        List<StageWork<?>> slow = List.of(stage(RunState.Modelled.class, s -> {
            done.incrementAndGet();
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            return new StageOutcome.Advance(
                    s.delivered(new Delivery("p" + done.get(), List.of(), List.of()), clock.instant()));
        }));
        Room one = new Room();
        Room other = new Room();
        one.start(slow);
        other.start(slow);
        one.moves.create(Examples.request());

        awaitStage(one, RunStage.DELIVERED);
        awaitStage(other, RunStage.DELIVERED);

        await().atMost(PATIENCE).until(() -> timesSaid(RunStage.DELIVERED) > 0);
        assertThat(timesSaid(RunStage.DELIVERED)).isEqualTo(1);
    }

    private long timesSaid(RunStage stage) {
        return bus.published().stream()
                .filter(m -> m.topic().startsWith("LIMS/status/")
                        && new String(m.payload(), UTF_8).contains("\"stage\":\"" + stage.id() + "\""))
                .count();
    }

    @Test
    void anotherRoomGoesOnAfterACrash() {
        Room first = new Room();
        first.start(others(BenchKind.VIRTUAL));
        first.moves.create(Examples.request());
        awaitStage(first, RunStage.RUNNING);
        first.close();
        rows(5);
        virtual.set(Examples.RUN, new BenchProgress.Done(5, Map.of()));

        Room second = new Room();
        second.start(others(BenchKind.VIRTUAL));

        awaitStage(second, RunStage.COMPLETED);
    }

    @Test
    void cancellingStopsTheBenchAndAgainChangesNothing() {
        Room room = new Room();
        room.start(others(BenchKind.VIRTUAL));
        room.listen();
        room.moves.create(Examples.request());
        awaitStage(room, RunStage.RUNNING);

        byte[] cancel = Json.bytes(Map.of("uuid", Examples.RUN, "by", "erin"));
        bus.publish(RequestHandler.CANCELLATIONS, cancel, false);
        bus.publish(RequestHandler.CANCELLATIONS, cancel, false);

        awaitStage(room, RunStage.CANCELLED);
        await().atMost(10, TimeUnit.SECONDS).until(() -> virtual.cancelled().contains(Examples.RUN));
        assertThat(store.rejected(10)).isEmpty();
        bus.publish(RequestHandler.CANCELLATIONS, Json.bytes(Map.of("uuid", UUID.randomUUID(), "by", "erin")), false);
        await().atMost(PATIENCE).until(() -> store.rejected(10).size() == 1);
    }
}
