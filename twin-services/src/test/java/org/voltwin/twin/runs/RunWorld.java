package org.voltwin.twin.runs;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.voltwin.model.Examples;
import org.voltwin.model.TwinId;
import org.voltwin.model.fake.FakeMessageBus;
import org.voltwin.model.fake.FakeModelLibrary;
import org.voltwin.model.fake.FakePhysicalBenches;
import org.voltwin.model.fake.FakeVirtualBenches;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
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

/** Rooms that carry runs through all stages, with everything real but what lies outside of this room. */
abstract class RunWorld {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final TwinId BENCH = TwinId.of("org.voltwin:bench-1");

    final FakeTwins twins = new FakeTwins();
    final FakeMessageBus bus = new FakeMessageBus();
    final MemorySampleStore store = new MemorySampleStore();
    final FakeVirtualBenches virtual = new FakeVirtualBenches();
    final FakePhysicalBenches physical = new FakePhysicalBenches();
    private final FakeModelLibrary library = new FakeModelLibrary();
    final Clock clock = Clock.systemUTC();
    private final List<Room> rooms = new ArrayList<>();

    /** What TwinRoom wires, over fakes. */
    final class Room {
        final TwinMirror mirror = new TwinMirror(twins, twins);
        final RunBoard board = new RunBoard(mirror);
        final RunMoves moves = new RunMoves(twins, mirror, new StatusMessages(bus), clock);
        final TwinBenchDirectory directory = new TwinBenchDirectory(mirror, board, moves);
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

    static <S extends RunState.Open> StageWork<S> stage(Class<S> from, Function<S, StageOutcome> work) {
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

    List<StageWork<?>> others(BenchKind kind) {
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

    static byte[] message(TestRequest request) {
        ObjectNode message = Json.mapper().createObjectNode();
        message.set("voltwin_request", Json.tree(request));
        return Json.bytes(message);
    }

    void rows(int count) {
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

    List<String> stagesSaid() {
        return bus.published().stream()
                .filter(message -> message.topic().equals("LIMS/status/" + Examples.RUN))
                .map(message -> Json.read(message.payload(), JsonNode.class)
                        .orThrow()
                        .path("stage")
                        .asText())
                .distinct()
                .toList();
    }

    void awaitStage(Room room, RunStage stage) {
        await().atMost(PATIENCE)
                .until(() -> room.board
                        .find(Examples.RUN)
                        .map(run -> run.state().stage())
                        .equals(Optional.of(stage)));
    }
}
