package org.voltwin.standalone.ditto;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.ditto.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.ack.Acks;
import org.voltwin.standalone.ditto.api.DevopsRoutes;
import org.voltwin.standalone.ditto.api.HttpApi;
import org.voltwin.standalone.ditto.api.PermissionCheck;
import org.voltwin.standalone.ditto.auth.Authenticator;
import org.voltwin.standalone.ditto.auth.BasicGuard;
import org.voltwin.standalone.ditto.config.DittoSettings;
import org.voltwin.standalone.ditto.connect.ConnectionRoutes;
import org.voltwin.standalone.ditto.connect.Connections;
import org.voltwin.standalone.ditto.connect.link.Surroundings;
import org.voltwin.standalone.ditto.devops.Loggers;
import org.voltwin.standalone.ditto.devops.Metrics;
import org.voltwin.standalone.ditto.expiry.SubjectWatch;
import org.voltwin.standalone.ditto.journal.Journal;
import org.voltwin.standalone.ditto.journal.JournalArchive;
import org.voltwin.standalone.ditto.journal.Retention;
import org.voltwin.standalone.ditto.live.Channels;
import org.voltwin.standalone.ditto.live.LiveRouter;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.policy.NamespaceRoots;
import org.voltwin.standalone.ditto.search.ThingSearch;
import org.voltwin.standalone.ditto.stream.AnnouncementHub;
import org.voltwin.standalone.ditto.stream.EventHub;
import org.voltwin.standalone.ditto.stream.PastEvents;
import org.voltwin.standalone.ditto.twin.ChangeListener;
import org.voltwin.standalone.ditto.twin.CommandGate;
import org.voltwin.standalone.ditto.twin.History;
import org.voltwin.standalone.ditto.twin.SubjectExpiries;
import org.voltwin.standalone.ditto.twin.ThingViews;
import org.voltwin.standalone.ditto.twin.Twins;
import org.voltwin.standalone.ditto.wot.MessageModels;
import org.voltwin.standalone.ditto.wot.ThingDescriptions;
import org.voltwin.standalone.ditto.wot.ValidationConfig;
import org.voltwin.standalone.ditto.wot.WotModels;
import org.voltwin.standalone.ditto.ws.WebSocketApi;

/** A running process: wires the parts, listens, and stops in order. */
public final class DittoServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DittoServer.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int MAX_HEADER_BYTES = 32 * 1024;

    private final Vertx vertx;
    private final HttpServer http;
    private final Journal journal;
    private final Connections connections;

    private record Parts(HttpServer http, Connections connections) {}

    private DittoServer(Vertx vertx, Parts parts, Journal journal) {
        this.vertx = vertx;
        this.http = parts.http();
        this.connections = parts.connections();
        this.journal = journal;
    }

    /**
     * Replays the data folder, then listens.
     *
     * @param onBroken told when the disk refuses a write: the process must end
     * @throws IOException when the data folder is damaged or the port is taken
     */
    public static DittoServer start(DittoSettings settings, Consumer<IOException> onBroken) throws IOException {
        limitSizes(settings);
        var clock = Clock.systemUTC();
        var twins = new Twins();
        var retention =
                new Retention(settings.history().retention(), settings.history().maxBytes());
        Journal journal = Journal.open(settings.dataDir(), retention, twins::replay, onBroken);
        LOG.info("journal.replayed things={} policies={}", twins.thingCount(), twins.policyCount());
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
        Context context = vertx.getOrCreateContext();
        var started = new CompletableFuture<Parts>();
        context.runOnContext(ignored -> {
            try {
                Parts parts = assemble(settings, clock, twins, journal, vertx, context);
                parts.http()
                        .listen(settings.port(), settings.hostname())
                        .onSuccess(listening -> {
                            parts.connections().start();
                            started.complete(parts);
                        })
                        .onFailure(started::completeExceptionally);
            } catch (RuntimeException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            return new DittoServer(vertx, started.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS), journal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while starting.", e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            vertx.close();
            journal.close();
            throw new IOException(
                    "Cannot listen on " + settings.hostname() + ":" + settings.port() + ": "
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage()),
                    e);
        }
    }

    /** Ditto's size validators take their limits from system properties. */
    private static void limitSizes(DittoSettings settings) {
        System.setProperty("ditto.limits.things.max-size", Long.toString(settings.maxThingBytes()));
        System.setProperty("ditto.limits.policies.max-size", Long.toString(settings.maxPolicyBytes()));
        System.setProperty("ditto.limits.messages.max-size", Long.toString(settings.maxMessageBytes()));
    }

    private static Parts assemble(
            DittoSettings settings, Clock clock, Twins twins, Journal journal, Vertx vertx, Context context) {
        Executor loop = task -> context.runOnContext(ignored -> task.run());
        var access = new Access(twins, new NamespaceRoots(settings.policies().namespaceRoots()), clock);
        var views = new ThingViews(twins, access);
        var acks = new Acks();
        var hub = new EventHub(access, views, acks);
        var announcements = new AnnouncementHub(acks);
        var history = new History(
                journal, new JournalArchive(settings.dataDir()), loop, Executors.newVirtualThreadPerTaskExecutor());
        var validation = new ValidationConfig(
                settings.wot().validation(), settings.dataDir().resolve(ValidationConfig.FILE));
        var models = new WotModels(settings.wot(), validation, twins, loop);
        var listeners = new CopyOnWriteArrayList<ChangeListener>(List.of(hub));
        var gate = new CommandGate(
                twins,
                access,
                views,
                journal,
                (change, before, after, headers) ->
                        listeners.forEach(each -> each.changed(change, before, after, headers)),
                loop,
                clock,
                settings.changesPerSnapshot(),
                new SubjectExpiries(
                        settings.policies().subjectExpiryGranularity(),
                        settings.policies().announcementGranularity()),
                models,
                history,
                new History.KeptHeaders(
                        settings.history().thingHeaders(), settings.history().policyHeaders()));
        var subjects = new SubjectWatch(twins, gate::removeExpiredSubjects, announcements::announce, clock, loop);
        listeners.add(subjects);
        vertx.setPeriodic(SubjectWatch.interval().toMillis(), timer -> subjects.tick());
        var router = new LiveRouter(twins, access, views, acks, new MessageModels(models, validation, twins));
        var channels = new Channels(
                gate, router, acks, twins, access, settings.messageTimeout(), settings.maxMessageTimeout(), loop);
        var descriptions = new ThingDescriptions(models, twins, access, settings.wot());
        var past = new PastEvents(history, hub, twins, access);
        var search = new ThingSearch(twins, access, views, settings.search());
        var authenticator = new Authenticator(settings, clock);
        var sockets = new WebSocketApi(
                vertx,
                authenticator,
                gate,
                channels,
                acks,
                hub,
                router,
                announcements,
                search,
                past,
                new PermissionCheck(twins, access),
                settings.webSocketThrottling(),
                clock,
                loop);
        var connections = new Connections(
                twins.connections(),
                journal,
                history,
                new Surroundings(channels, acks, hub, router, announcements, clock, loop),
                settings.connectivity());
        Router routes = Router.router(vertx);
        routes.get(WebSocketApi.PATH).handler(routing -> sockets.handle(routing.request()));
        var metrics = new Metrics();
        metrics.gauge("ditto_things", twins::thingCount);
        metrics.gauge("ditto_policies", twins::policyCount);
        metrics.gauge("ditto_websocket_sessions", sockets::openSessions);
        var guard = new BasicGuard(settings.devops());
        new ConnectionRoutes(guard, connections, settings.history().connectionHeaders())
                .mount(routes, settings.maxBodyBytes());
        new DevopsRoutes(guard, metrics, new Loggers(), validation, () -> overall(twins))
                .mount(routes, settings.maxBodyBytes());
        new HttpApi(
                        vertx,
                        settings,
                        authenticator,
                        gate,
                        channels,
                        search,
                        hub,
                        past,
                        descriptions,
                        router,
                        twins,
                        access,
                        loop)
                .mount(routes, settings.maxBodyBytes());
        var options = new HttpServerOptions()
                .setMaxWebSocketFrameSize((int) settings.maxBodyBytes())
                .setMaxWebSocketMessageSize((int) settings.maxBodyBytes())
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                // In HTTP/2 the address is a header.
                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(MAX_LINE_BYTES + MAX_HEADER_BYTES))
                .setHandle100ContinueAutomatically(true)
                .setCompressionSupported(true);
        // Over HTTP/2 the path is a header.
        options.getInitialSettings().setMaxHeaderListSize(96 * 1024);
        return new Parts(vertx.createHttpServer(options).requestHandler(routes), connections);
    }

    private static JsonObject overall(Twins twins) {
        return JsonObject.newBuilder()
                .set("label", "roles")
                .set("status", "UP")
                .set(
                        "children",
                        JsonObject.newBuilder()
                                .set("things", twins.thingCount())
                                .set("policies", twins.policyCount())
                                .build())
                .build();
    }

    /** The port it listens on; useful when the configured one was 0. */
    public int port() {
        return http.actualPort();
    }

    /** Takes no more requests, then writes what was accepted. */
    @Override
    public void close() throws IOException {
        try {
            connections.stop().join();
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.warn("server.close {}", e.toString());
        }
        journal.close();
    }
}
