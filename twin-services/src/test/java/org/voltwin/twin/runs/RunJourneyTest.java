package org.voltwin.twin.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voltwin.model.Examples;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.fake.FakeMessageBus;
import org.voltwin.model.fake.FakeModelLibrary;
import org.voltwin.model.fake.FakePhysicalBenches;
import org.voltwin.model.fake.FakeVirtualBenches;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.port.BenchProgress;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.Delivery;
import org.voltwin.model.run.RunStage;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.SimulationFolder;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.birth.BirthHandler;
import org.voltwin.twin.collector.Collector;
import org.voltwin.twin.collector.Lanes;
import org.voltwin.twin.ditto.FakeTwins;
import org.voltwin.twin.ditto.TwinMirror;
import org.voltwin.twin.requests.RequestHandler;
import org.voltwin.twin.store.InsideRows;
import org.voltwin.twin.store.MemorySampleStore;
import org.voltwin.twin.store.StreamKey;

/** A request on its way through all stages, with everything real but what lies outside of this room. */
final class RunJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TwinId BENCH = TwinId.of("org.voltwin:bench-1");

    private final FakeTwins twins = new FakeTwins();
    private final FakeMessageBus bus = new FakeMessageBus();
    private final MemorySampleStore store = new MemorySampleStore();
    private final FakeVirtualBenches virtual = new FakeVirtualBenches();
    private final FakePhysicalBenches physical = new FakePhysicalBenches();
    private final FakeModelLibrary library = new FakeModelLibrary();
    private final Clock clock = Clock.systemUTC();
    private final List<Room> rooms = new ArrayList<>();

    /** What TwinRoom wires, over fakes. */
    private final class Room {
        private final TwinMirror mirror = new TwinMirror(twins, twins);
        private final RunBoard board = new RunBoard(mirror);
        private final RunMoves moves = new RunMoves(twins, mirror, new StatusMessages(bus), clock);
        private final TwinBenchDirectory directory = new TwinBenchDirectory(mirror, board);
        private final RunEngine engine =
                new RunEngine(board, moves, new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(50)), clock);
        private final Lanes lanes = new Lanes("test", 2);

        void start(List<StageWork<?>> others) {
            rooms.add(this);
            mirror.start();
            List<StageWork<?>> works = new ArrayList<>(others);
            works.add(new ModelSelectionStage(library, clock));
            works.add(new DispatchStage(directory, virtual, physical, clock));
            works.add(new CompletionStage(board, moves, store, directory, virtual, physical, clock));
            engine.start(works);
        }

        void listen() {
            new RequestHandler(
                            bus,
                            moves,
                            new RunCancellation(board, moves, directory, virtual, physical, clock),
                            new BirthHandler(twins, clock),
                            new Collector(store, board, clock),
                            store,
                            lanes,
                            clock)
                    .start();
        }

        void close() {
            engine.close();
            lanes.close();
            mirror.close();
        }
    }

    @BeforeEach
    void offerModels() {
        library.offer(Examples.models(), Map.of());
    }

    @AfterEach
    void closeRooms() {
        rooms.forEach(Room::close);
    }

    private static <S extends RunState.Open> StageWork<S> stage(Class<S> from, Function<S, StageOutcome> work) {
        return new StageWork<>() {
            @Override
            public Class<S> from() {
                return from;
            }

            @Override
            public StageOutcome perform(S state) {
                return work.apply(state);
            }
        };
    }

    private List<StageWork<?>> others(BenchKind kind) {
        return List.of(
                stage(
                        RunState.Modelled.class,
                        s -> new StageOutcome.Advance(
                                s.delivered(new Delivery("p", List.of("battery.fmu"), List.of()), clock.instant()))),
                stage(
                        RunState.Delivered.class,
                        s -> new StageOutcome.Advance(s.validated(
                                new SimulationFolder("f", "f/fmus", "f/doe", List.of(), 1), clock.instant()))),
                stage(
                        RunState.Validated.class,
                        s -> new StageOutcome.Advance(s.designed(Examples.design(), clock.instant()))),
                stage(
                        RunState.Designed.class,
                        s -> new StageOutcome.Advance(s.scheduled(
                                new Booking(
                                        BENCH,
                                        kind,
                                        1,
                                        clock.instant(),
                                        clock.instant(),
                                        clock.instant().plusSeconds(60),
                                        clock.instant().plusSeconds(60),
                                        "free",
                                        "f/s.json"),
                                clock.instant()))));
    }

    private static byte[] message(TestRequest request) {
        ObjectNode message = Json.mapper().createObjectNode();
        message.set("voltwin_request", Json.tree(request));
        return Json.bytes(message);
    }

    private void rows(int count) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new double[] {i * 36, -5, 4 - i * 0.01});
        }
        store.append(
                        new InsideRows(
                                new StreamKey(Examples.cell().twin(), Examples.RUN.toString()),
                                Examples.RUN,
                                "bench",
                                List.of(
                                        new Column(Variables.TIME, Unit.SECOND, Direction.INPUT),
                                        new Column(Variables.CURRENT, Unit.AMPERE, Direction.INPUT),
                                        new Column(Variables.VOLTAGE, Unit.VOLT, Direction.OUTPUT)),
                                0,
                                rows,
                                List.of(),
                                (long) count),
                        clock.instant())
                .orThrow();
    }

    private List<String> stagesSaid() {
        return bus.published().stream()
                .filter(message -> message.topic().equals("LIMS/status/" + Examples.RUN))
                .map(message -> Json.read(message.payload(), JsonNode.class)
                        .orThrow()
                        .path("stage")
                        .asText())
                .distinct()
                .toList();
    }

    private void awaitStage(Room room, RunStage stage) {
        await().atMost(PATIENCE)
                .until(() -> room.board
                        .find(Examples.RUN)
                        .map(run -> run.state().stage())
                        .equals(Optional.of(stage)));
    }

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
        assertThat(stagesSaid())
                .containsExactly(
                        "requested",
                        "modelled",
                        "delivered",
                        "validated",
                        "designed",
                        "scheduled",
                        "running",
                        "completed");
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
    void passingFailureIsTriedAgainAndThenFailsWithTheStage() {
        AtomicInteger tries = new AtomicInteger();
        Room room = new Room();
        room.start(List.of(stage(RunState.Modelled.class, s -> {
            tries.incrementAndGet();
            return new StageOutcome.Fail(Failure.passing("pool.unreachable", "The pool is away.", "Bring it back."));
        })));
        room.moves.create(Examples.request());

        awaitStage(room, RunStage.FAILED);

        RunState.Failed failed =
                (RunState.Failed) room.board.find(Examples.RUN).orElseThrow().state();
        assertThat(tries).hasValue(3);
        assertThat(failed.before().stage()).isEqualTo(RunStage.MODELLED);
        assertThat(failed.failure().remedy()).isEqualTo("Bring it back.");
    }

    @Test
    void resultThatItsTwinDoesNotTakeFailsTheRunInsteadOfBeingTriedForever() {
        Room room = new Room();
        room.start(others(BenchKind.VIRTUAL));
        room.moves.create(Examples.request());
        awaitStage(room, RunStage.RUNNING);
        rows(5);
        virtual.set(Examples.RUN, new BenchProgress.Done(5, Map.of("stepSeconds/cell", 1.0)));

        awaitStage(room, RunStage.FAILED);

        RunState.Failed failed =
                (RunState.Failed) room.board.find(Examples.RUN).orElseThrow().state();
        assertThat(failed.failure().code()).isEqualTo("twin.refused");
        assertThat(failed.failure().cause()).contains("stepSeconds/cell");
    }

    @Test
    void brokenInfrastructureIsTriedUntilItWorks() {
        AtomicInteger tries = new AtomicInteger();
        Room room = new Room();
        room.start(List.of(stage(RunState.Modelled.class, s -> {
            if (tries.incrementAndGet() < 6) {
                throw new IllegalStateException("database away");
            }
            return new StageOutcome.Advance(s.delivered(new Delivery("p", List.of(), List.of()), clock.instant()));
        })));
        room.moves.create(Examples.request());

        awaitStage(room, RunStage.DELIVERED);
        assertThat(tries).hasValue(6);
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

        long moves = bus.published().stream()
                .filter(m -> m.topic().startsWith("LIMS/status/")
                        && new String(m.payload(), UTF_8).contains("\"stage\":\"delivered\""))
                .count();
        assertThat(moves).isEqualTo(1);
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

    @Test
    void dittoAwayForAWhileOnlyDelays() {
        Room room = new Room();
        room.start(others(BenchKind.VIRTUAL));
        room.listen();
        await().atMost(PATIENCE).until(room.mirror::isSynced);
        twins.setDown(true);
        bus.publish(RequestHandler.REQUESTS, message(Examples.request()), false);
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        twins.setDown(false);

        awaitStage(room, RunStage.RUNNING);
        assertThat(room.board.find("TR-2026-000001")).isPresent();
        assertThat(Outcome.ok(room.board.run(Examples.RUN))).isNotNull();
    }
}
