package org.voltwin.twin;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.run.RunState;
import org.voltwin.twin.analysis.AnalysisApi;
import org.voltwin.twin.birth.BirthHandler;
import org.voltwin.twin.collector.Collector;
import org.voltwin.twin.collector.Lanes;
import org.voltwin.twin.collector.LiveResults;
import org.voltwin.twin.ditto.DittoChangeFeed;
import org.voltwin.twin.ditto.DittoHttp;
import org.voltwin.twin.ditto.TwinMirror;
import org.voltwin.twin.hono.BenchEvents;
import org.voltwin.twin.hono.HonoBenches;
import org.voltwin.twin.hono.HonoLink;
import org.voltwin.twin.requests.RequestHandler;
import org.voltwin.twin.runs.BenchChannels;
import org.voltwin.twin.runs.CompletionStage;
import org.voltwin.twin.runs.DesignResults;
import org.voltwin.twin.runs.DispatchStage;
import org.voltwin.twin.runs.ModelSelectionStage;
import org.voltwin.twin.runs.RetryPolicy;
import org.voltwin.twin.runs.Run;
import org.voltwin.twin.runs.RunBoard;
import org.voltwin.twin.runs.RunCancellation;
import org.voltwin.twin.runs.RunEngine;
import org.voltwin.twin.runs.RunMoves;
import org.voltwin.twin.runs.StatusMessages;
import org.voltwin.twin.runs.TwinBenchDirectory;
import org.voltwin.twin.store.MongoSampleStore;
import org.voltwin.twin.updater.RunFacts;
import org.voltwin.twin.updater.TwinUpdater;

/**
 * The room as app sees it. Construct it, give {@link #benchDirectory()} to the rooms whose stages need it, then
 * {@link #start} with those stages. Nothing here needs Ditto, Hono or the store to be up: connections are tried until
 * they stand, and {@link #health()} says which do.
 */
public final class TwinRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TwinRoom.class);
    private static final int LANES = 4;

    private final TwinConfig config;
    private final TwinPorts ports;
    private final MongoSampleStore store;
    private final DittoHttp ditto;
    private final TwinMirror mirror;
    private final RunBoard board;
    private final RunMoves moves;
    private final TwinBenchDirectory directory;
    private final HonoLink hono;
    private final HonoBenches physicalBenches;
    private final Collector collector;
    private final BirthHandler birth;
    private final TwinUpdater updater;
    private final AnalysisApi analysis;
    private final RunEngine engine;
    private final Lanes lanes = new Lanes("samples", LANES);
    private final Lanes requestLanes = new Lanes("requests", 2);
    private final ScheduledExecutorService channels = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bench-channels").factory());

    public TwinRoom(Vertx vertx, TwinConfig config, TwinPorts ports) {
        this.config = config;
        this.ports = ports;
        store = new MongoSampleStore(config.mongoUri(), config.mongoDatabase());
        ditto = new DittoHttp(config.dittoUrl(), config.accessToken());
        mirror = new TwinMirror(ditto, new DittoChangeFeed(config.dittoWebSocketUrl(), config.accessToken()));
        board = new RunBoard(mirror);
        moves = new RunMoves(ditto, mirror, new StatusMessages(ports.bus()), ports.clock());
        directory = new TwinBenchDirectory(mirror, board, moves);
        hono = new HonoLink(vertx, config.hono());
        physicalBenches = new HonoBenches(hono);
        collector = new Collector(store, board, ports.clock());
        birth = new BirthHandler(ditto, ports.clock());
        updater =
                new TwinUpdater(store, ditto, birth, uuid -> board.find(uuid).flatMap(TwinRoom::facts), ports.clock());
        analysis = new AnalysisApi(store, board, mirror, directory);
        engine = new RunEngine(board, moves, RetryPolicy.usual(), ports.clock());
    }

    private static Optional<RunFacts> facts(Run run) {
        return run.state()
                .find(RunState.Scheduled.class)
                .map(scheduled -> new RunFacts(
                        scheduled.booking().bench(),
                        scheduled.booking().kind().id(),
                        scheduled.before().before().before().before().models().name() + " "
                                + scheduled
                                        .before()
                                        .before()
                                        .before()
                                        .before()
                                        .models()
                                        .version(),
                        run.fraction()));
    }

    /** Benches and bookings, for the scheduling stage. Usable at once; empty until the twins were seen. */
    public BenchDirectory benchDirectory() {
        return directory;
    }

    /** The analysis API. */
    public List<Endpoint> endpoints() {
        return analysis.endpoints();
    }

    /** What a completed run's experiment gave, by request number or uuid; empty when there is none. Blocking. */
    public Optional<DesignResults> designResults(String idOrUuid) {
        return board.find(idOrUuid).flatMap(run -> DesignResults.of(run.state(), store));
    }

    /** Whether all twins were seen since the start: before that, an empty plan may only be unknown. */
    public boolean isReady() {
        return mirror.isSynced();
    }

    /** Starts everything; returns at once. {@code stages} are those of the other rooms. */
    public void start(List<StageWork<?>> stages) {
        collector.addListener(updater);
        collector.addListener(analysis::stored);
        collector.addListener(new LiveResults(ports.bus(), board));
        mirror.addListener((id, thing) -> {
            if (thing.isEmpty()) {
                birth.forget(id);
            }
        });
        mirror.start();
        updater.start();
        listenToResults();
        listenToHono();
        listenToRequests();
        engine.start(allStages(stages));
        BenchChannels benchChannels = new BenchChannels(mirror, board, ditto);
        channels.scheduleWithFixedDelay(() -> updateChannels(benchChannels), 1, 1, TimeUnit.SECONDS);
    }

    private List<StageWork<?>> allStages(List<StageWork<?>> others) {
        List<StageWork<?>> all = new ArrayList<>(others);
        all.add(new ModelSelectionStage(ports.models(), ports.clock()));
        all.add(new DispatchStage(directory, ports.virtualBenches(), physicalBenches, ports.clock()));
        all.add(new CompletionStage(
                board, moves, store, directory, ports.virtualBenches(), physicalBenches, ports.clock()));
        return all;
    }

    private void listenToResults() {
        for (int i = 0; i < config.resultTopics().size(); i++) {
            String topicFilter = config.resultTopics().get(i);
            ports.bus()
                    .subscribe(
                            i == 0 ? "collector" : "collector-" + i,
                            topicFilter,
                            (topic, payload) -> lanes.submit(topic, () -> collector.takeResult(topic, payload)))
                    .whenComplete((done, error) -> {
                        if (error != null) {
                            LOG.error("Cannot listen to {}", topicFilter, error);
                        }
                    });
        }
    }

    private void listenToHono() {
        BenchEvents events = new BenchEvents(board, moves, collector);
        hono.start(
                (device, topic, contentType, payload) ->
                        lanes.submit(device, () -> collector.takeTelemetry(device, topic, contentType, payload)),
                (device, topic, contentType, payload) ->
                        lanes.submit(device, () -> events.take(device, topic, contentType, payload)));
    }

    private void listenToRequests() {
        RunCancellation cancellation =
                new RunCancellation(board, moves, directory, ports.virtualBenches(), physicalBenches, ports.clock());
        new RequestHandler(ports.bus(), moves, cancellation, birth, collector, store, requestLanes, ports.clock())
                .start();
    }

    private static void updateChannels(BenchChannels benchChannels) {
        try {
            benchChannels.update();
        } catch (RuntimeException e) {
            LOG.info("Bench channels are updated later: {}", e.toString());
        }
    }

    /** Name of what this room needs, and whether it can be used now. Blocking, a few seconds at most. */
    public Map<String, Boolean> health() {
        Map<String, Boolean> health = new TreeMap<>();
        health.put("ditto", ditto.isUp());
        health.put("ditto-events", mirror.hasEvents());
        health.put("hono", hono.isUp());
        health.put("store", store.isUp());
        health.put("twins", mirror.isSynced());
        return health;
    }

    @Override
    public void close() {
        engine.close();
        channels.shutdownNow();
        requestLanes.close();
        hono.close();
        lanes.close();
        updater.close();
        mirror.close();
        ditto.close();
        store.close();
    }
}
