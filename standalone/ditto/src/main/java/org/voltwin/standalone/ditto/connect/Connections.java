package org.voltwin.standalone.ditto.connect;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionId;
import org.eclipse.ditto.connectivity.model.ConnectivityModelFactory;
import org.eclipse.ditto.connectivity.model.ConnectivityStatus;
import org.eclipse.ditto.connectivity.model.signals.commands.exceptions.ConnectionNotAccessibleException;
import org.eclipse.ditto.connectivity.model.signals.commands.query.RetrieveConnectionLogsResponse;
import org.eclipse.ditto.connectivity.model.signals.commands.query.RetrieveConnectionMetricsResponse;
import org.eclipse.ditto.connectivity.model.signals.commands.query.RetrieveConnectionStatusResponse;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.config.ConnectivitySettings;
import org.voltwin.standalone.ditto.connect.link.Link;
import org.voltwin.standalone.ditto.connect.link.Surroundings;
import org.voltwin.standalone.ditto.connect.monitor.Monitor;
import org.voltwin.standalone.ditto.connect.transport.Transports;
import org.voltwin.standalone.ditto.journal.Journal;
import org.voltwin.standalone.ditto.twin.ConnectionTable;
import org.voltwin.standalone.ditto.twin.History;
import org.voltwin.standalone.ditto.twin.PastQuery;
import org.voltwin.standalone.ditto.twin.Reply;

/**
 * All connections: what is defined is on the disk before it is answered, and what is defined as open is kept open.
 * Used on the loop's thread, on which answers are given too.
 */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
    private static final String STATUS = "connectionStatus";

    private final ConnectionTable table;
    private final Journal journal;
    private final Surroundings surroundings;
    private final ConnectivitySettings settings;
    private final Transports transports;
    private final Executor loop;
    private final PastConnections past;
    private final Executor workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final Map<String, Monitor> monitors = new ConcurrentHashMap<>();

    public Connections(
            ConnectionTable table,
            Journal journal,
            History history,
            Surroundings surroundings,
            ConnectivitySettings settings) {
        this.table = table;
        this.journal = journal;
        this.surroundings = surroundings;
        this.settings = settings;
        this.transports = new Transports(settings);
        this.loop = surroundings.loop();
        this.past = new PastConnections(history);
    }

    /** Opens those that are to be open, as they were before a restart. */
    public void start() {
        for (JsonObject definition : table.all()) {
            if (isOpen(definition)) {
                String id = definition.getValue("id").orElseThrow().asString();
                prepare(definition)
                        .thenCompose(prepared -> relink(id, prepared))
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                LOG.warn("connection.not-open id={} {}", id, failure.toString());
                            }
                        });
            }
        }
    }

    private static boolean isOpen(JsonObject definition) {
        return definition
                .getValue(STATUS)
                .filter(status -> status.asString().equals("open"))
                .isPresent();
    }

    private CompletionStage<Prepared> prepare(JsonObject definition) {
        TopicParameters.check(definition);
        return CompletableFuture.supplyAsync(
                        () -> Prepared.of(
                                ConnectivityModelFactory.connectionFromJson(definition), settings, transports),
                        workers)
                .thenApplyAsync(prepared -> prepared, loop);
    }

    /** As they may be shown. */
    public List<JsonObject> all() {
        return table.all().stream().map(Secrets::mask).toList();
    }

    /** As it may be shown. */
    public JsonObject get(ConnectionId id) {
        return Secrets.mask(stored(id));
    }

    /** One that there still is, as it was and as it may be shown. */
    public CompletionStage<Reply> get(ConnectionId id, PastQuery when) {
        stored(id);
        return past.of(id, when);
    }

    private JsonObject stored(ConnectionId id) {
        JsonObject definition = table.get(id.toString());
        if (definition == null) {
            throw ConnectionNotAccessibleException.newBuilder(id).build();
        }
        return definition;
    }

    /**
     * Creates or replaces one; answers when it is on the disk and, if it is to be open, has tried to be.
     *
     * @param kept headers of the command, for the history
     */
    public CompletionStage<Reply> put(ConnectionId id, JsonObject sent, JsonObject kept) {
        JsonObject before = table.get(id.toString());
        JsonObject definition = before == null ? sent : Secrets.unmask(sent, before);
        return prepare(definition).thenCompose(prepared -> {
            boolean created = table.get(id.toString()) == null;
            JsonObject complete = store(prepared.connection(), kept);
            CompletionStage<Void> linked = isOpen(complete) ? relink(id.toString(), prepared) : unlink(id);
            var reply = created
                    ? new Reply(HttpStatus.CREATED, Secrets.mask(complete), null)
                    : new Reply(HttpStatus.NO_CONTENT, null, null);
            return journal.settled()
                    .thenCombine(linked.handle((done, failure) -> true), (durable, tried) -> reply)
                    .thenApplyAsync(done -> done, loop);
        });
    }

    private JsonObject store(Connection connection, JsonObject kept) {
        String id = connection.getId().toString();
        JsonObject before = table.get(id);
        Instant now = now();
        JsonObject complete = connection.toJson().toBuilder()
                .set("_revision", table.nextRevision(id))
                .set("_modified", now.toString())
                .set(
                        "_created",
                        before == null
                                ? JsonValue.of(now.toString())
                                : before.getValue("_created").orElseGet(() -> JsonValue.of(now.toString())))
                .build();
        journal.append(table.put(id, complete, kept));
        return complete;
    }

    private Instant now() {
        return surroundings.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    public CompletionStage<Reply> delete(ConnectionId id, JsonObject kept) {
        stored(id);
        journal.append(table.remove(id.toString(), now(), kept));
        CompletionStage<Void> gone = unlink(id);
        monitors.remove(id.toString());
        return journal.settled()
                .thenCombine(gone, (durable, closed) -> new Reply(HttpStatus.NO_CONTENT, null, null))
                .thenApplyAsync(done -> done, loop);
    }

    /** Answers when it is connected; fails when the first attempt fails, though more may follow. */
    public CompletionStage<Reply> open(ConnectionId id, JsonObject kept) {
        return prepare(stored(id).setValue(STATUS, "open")).thenCompose(prepared -> {
            store(prepared.connection(), kept);
            CompletionStage<Void> linked = relink(id.toString(), prepared);
            return journal.settled()
                    .thenCombine(linked, (durable, connected) -> new Reply(HttpStatus.OK, null, null))
                    .thenApplyAsync(done -> done, loop);
        });
    }

    public CompletionStage<Reply> close(ConnectionId id, JsonObject kept) {
        JsonObject definition = stored(id).setValue(STATUS, "closed");
        store(ConnectivityModelFactory.connectionFromJson(definition), kept);
        return journal.settled()
                .thenCombine(unlink(id), (durable, closed) -> new Reply(HttpStatus.OK, null, null))
                .thenApplyAsync(done -> done, loop);
    }

    private CompletionStage<Void> relink(String id, Prepared prepared) {
        return unlink(ConnectionId.of(id))
                .thenComposeAsync(
                        closed -> {
                            Monitor monitor = monitor(id);
                            monitor.enableLog();
                            var link = new Link(
                                    prepared.resolved(),
                                    prepared.mappers(),
                                    transports,
                                    monitor,
                                    surroundings,
                                    settings);
                            Link raced = links.put(id, link);
                            if (raced != null) {
                                raced.close();
                            }
                            return link.open();
                        },
                        loop);
    }

    private CompletionStage<Void> unlink(ConnectionId id) {
        Link link = links.remove(id.toString());
        if (link == null) {
            return CompletableFuture.completedFuture(null);
        }
        return link.close().thenRun(() -> {
            if (!links.containsKey(id.toString())) {
                monitor(id.toString()).muteLog();
            }
        });
    }

    private Monitor monitor(String id) {
        return monitors.computeIfAbsent(id, ignored -> new Monitor(settings.log(), surroundings.clock()));
    }

    /** Connects and disconnects; keeps nothing. */
    public CompletionStage<Reply> test(JsonObject definition) {
        return prepare(definition)
                .thenCompose(prepared -> DryRun.of(prepared, transports, settings.testingTimeout()))
                .thenApplyAsync(done -> done, loop);
    }

    public RetrieveConnectionStatusResponse status(ConnectionId id) {
        JsonObject definition = stored(id);
        Link link = links.get(id.toString());
        if (link != null) {
            return link.status();
        }
        Instant since = definition
                .getValue("_modified")
                .map(value -> Instant.parse(value.asString()))
                .orElse(Instant.EPOCH);
        boolean open = isOpen(definition);
        return RetrieveConnectionStatusResponse.getBuilder(id, DittoHeaders.empty())
                .connectionStatus(open ? ConnectivityStatus.OPEN : ConnectivityStatus.CLOSED)
                .liveStatus(open ? ConnectivityStatus.MISCONFIGURED : ConnectivityStatus.CLOSED)
                .recoveryStatus(org.eclipse.ditto.connectivity.model.RecoveryStatus.UNKNOWN)
                .connectedSince(null)
                .clientStatus(List.of(ConnectivityModelFactory.newClientStatus(
                        "standalone-1",
                        open ? ConnectivityStatus.MISCONFIGURED : ConnectivityStatus.CLOSED,
                        org.eclipse.ditto.connectivity.model.RecoveryStatus.UNKNOWN,
                        open ? "The definition cannot be used." : "DISCONNECTED",
                        since)))
                .sourceStatus(List.of())
                .targetStatus(List.of())
                .sshTunnelStatus(List.of())
                .build();
    }

    public RetrieveConnectionMetricsResponse metrics(ConnectionId id) {
        return with(id, monitor -> monitor.metrics(id));
    }

    public RetrieveConnectionLogsResponse logs(ConnectionId id) {
        return with(id, monitor -> monitor.log(id));
    }

    /** Does something with the counts or the log of a connection. */
    public <T extends @Nullable Object> T with(ConnectionId id, Function<Monitor, T> action) {
        stored(id);
        return action.apply(monitor(id.toString()));
    }

    /** Disconnects all, from any thread; completes when the brokers know, or soon after. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.supplyAsync(
                        () -> CompletableFuture.allOf(
                                links.values().stream().map(Link::close).toArray(CompletableFuture[]::new)),
                        loop)
                .thenCompose(closing -> closing)
                .completeOnTimeout(null, STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
