package org.voltwin.standalone.ditto.connect.link;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionId;
import org.eclipse.ditto.connectivity.model.ConnectivityModelFactory;
import org.eclipse.ditto.connectivity.model.ConnectivityStatus;
import org.eclipse.ditto.connectivity.model.RecoveryStatus;
import org.eclipse.ditto.connectivity.model.ResourceStatus;
import org.eclipse.ditto.connectivity.model.signals.announcements.ConnectionClosedAnnouncement;
import org.eclipse.ditto.connectivity.model.signals.announcements.ConnectionOpenedAnnouncement;
import org.eclipse.ditto.connectivity.model.signals.commands.exceptions.ConnectionFailedException;
import org.eclipse.ditto.connectivity.model.signals.commands.query.RetrieveConnectionStatusResponse;
import org.eclipse.ditto.protocol.TopicPath;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.config.ConnectivitySettings;
import org.voltwin.standalone.ditto.connect.mapping.Mappers;
import org.voltwin.standalone.ditto.connect.monitor.Monitor;
import org.voltwin.standalone.ditto.connect.transport.Received;
import org.voltwin.standalone.ditto.connect.transport.Transport;
import org.voltwin.standalone.ditto.signal.Signals;

/**
 * One open connection: keeps a transport to its broker, makes a new one when it is lost, and carries signals both ways.
 * Used on the loop's thread.
 */
public final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final String CLIENT = "standalone-1";
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** What the broker's client is doing, since when, and why. */
    private record State(ConnectivityStatus status, RecoveryStatus recovery, Instant since, String details) {}

    private final Connection connection;
    private final Transport.Factory transports;
    private final Monitor monitor;
    private final Surroundings surroundings;
    private final ConnectivitySettings settings;
    private final Executor loop;
    private final IssuedAcks acks;
    private final Outbound outbound;
    private final Inbound inbound;
    private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
    private volatile @Nullable Transport transport;
    private State state;
    private @Nullable Instant connectedSince;
    private int failures;
    private int attempt;
    private boolean closed;

    /** @param connection with what its type stands for filled in */
    public Link(
            Connection connection,
            Mappers mappers,
            Transport.Factory transports,
            Monitor monitor,
            Surroundings surroundings,
            ConnectivitySettings settings) {
        this.connection = connection;
        this.transports = transports;
        this.monitor = monitor;
        this.surroundings = surroundings;
        this.settings = settings;
        this.loop = surroundings.loop();
        this.acks = new IssuedAcks(connection, surroundings, monitor);
        this.outbound = new Outbound(connection, mappers, monitor, () -> transport, acks);
        this.inbound = new Inbound(
                connection,
                mappers,
                monitor,
                outbound,
                new SignalDispatcher(surroundings, connection.getId().toString()));
        this.state = new State(
                ConnectivityStatus.UNKNOWN,
                RecoveryStatus.UNKNOWN,
                surroundings.clock().instant(),
                "CONNECTING");
    }

    /** Connects; completes or fails with the first attempt, after which it goes on trying if the definition says so. */
    public CompletableFuture<Void> open() {
        try {
            acks.declare();
        } catch (DittoRuntimeException e) {
            // The connection works without them; who requests such an acknowledgement gets it from somebody else.
            LOG.warn("connection.labels-not-declared id={} {}", id(), Failures.say(e));
            monitor.note(false, "The acknowledgement labels are not declared: " + Failures.say(e));
        }
        outbound.subscribe(surroundings);
        connect();
        return firstAttempt;
    }

    private void connect() {
        if (closed) {
            return;
        }
        attempt++;
        int mine = attempt;
        Transport made;
        try {
            made = transports.create(connection, new AttemptListener(mine));
        } catch (DittoRuntimeException e) {
            become(ConnectivityStatus.MISCONFIGURED, RecoveryStatus.UNKNOWN, Failures.say(e));
            firstAttempt.completeExceptionally(e);
            return;
        }
        made.connect()
                .toCompletableFuture()
                .orTimeout(settings.connectingTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync((done, failure) -> connected(mine, made, failure), loop);
    }

    private void connected(int mine, Transport made, @Nullable Throwable failure) {
        if (closed || mine != attempt) {
            made.close();
            return;
        }
        if (failure != null) {
            made.close();
            failed("Could not connect: " + Failures.say(failure));
            return;
        }
        transport = made;
        failures = 0;
        connectedSince = surroundings.clock().instant();
        become(ConnectivityStatus.OPEN, RecoveryStatus.SUCCEEDED, "CONNECTED");
        LOG.info("connection.open id={}", id());
        firstAttempt.complete(null);
        outbound.announce(Signals.adapter()
                .toAdaptable(
                        ConnectionOpenedAnnouncement.of(id(), connectedSince, DittoHeaders.empty()),
                        TopicPath.Channel.NONE));
    }

    private void failed(String why) {
        LOG.warn("connection.failed id={} {}", id(), why);
        connectedSince = null;
        failures++;
        boolean again = connection.isFailoverEnabled();
        become(ConnectivityStatus.FAILED, again ? RecoveryStatus.ONGOING : RecoveryStatus.UNKNOWN, why);
        firstAttempt.completeExceptionally(ConnectionFailedException.newBuilder(id())
                .message("The connection '" + id() + "' failed.")
                .description(why)
                .build());
        if (again) {
            CompletableFuture.delayedExecutor(backoffMillis(), TimeUnit.MILLISECONDS, loop)
                    .execute(this::connect);
        }
    }

    private long backoffMillis() {
        long doubled = settings.minBackoff().toMillis() << Math.min(failures - 1, 20);
        return Math.min(doubled, settings.maxBackoff().toMillis());
    }

    private void become(ConnectivityStatus status, RecoveryStatus recovery, String details) {
        state = new State(status, recovery, surroundings.clock().instant(), details);
        monitor.note(status == ConnectivityStatus.OPEN, "The connection is " + status.getName() + ": " + details);
    }

    private ConnectionId id() {
        return connection.getId();
    }

    /** Says goodbye and disconnects; completes when it is gone. */
    public CompletableFuture<Void> close() {
        closed = true;
        outbound.unsubscribe();
        acks.release();
        Transport last = transport;
        firstAttempt.completeExceptionally(ConnectionFailedException.newBuilder(id())
                .description("It was closed before it was open.")
                .build());
        CompletableFuture<Void> goodbye = last == null
                ? CompletableFuture.completedFuture(null)
                : outbound.announce(Signals.adapter()
                        .toAdaptable(
                                ConnectionClosedAnnouncement.of(
                                        id(), surroundings.clock().instant(), DittoHeaders.empty()),
                                TopicPath.Channel.NONE));
        return goodbye.completeOnTimeout(null, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync(
                        (done, failure) -> {
                            transport = null;
                            outbound.close();
                            if (last != null) {
                                last.close();
                            }
                            monitor.note(true, "The connection is closed.");
                            return null;
                        },
                        loop);
    }

    public RetrieveConnectionStatusResponse status() {
        var clients = new ArrayList<ResourceStatus>();
        clients.add(ConnectivityModelFactory.newClientStatus(
                CLIENT, state.status(), state.recovery(), state.details(), state.since()));
        var sources = new ArrayList<ResourceStatus>();
        connection
                .getSources()
                .forEach(source -> source.getAddresses()
                        .forEach(address -> sources.add(ConnectivityModelFactory.newSourceStatus(
                                CLIENT, state.status(), address, state.details(), state.since()))));
        var targets = new ArrayList<ResourceStatus>();
        connection
                .getTargets()
                .forEach(target -> targets.add(ConnectivityModelFactory.newTargetStatus(
                        CLIENT, state.status(), target.getAddress(), state.details(), state.since())));
        return RetrieveConnectionStatusResponse.getBuilder(id(), DittoHeaders.empty())
                .connectionStatus(ConnectivityStatus.OPEN)
                .liveStatus(state.status())
                .recoveryStatus(state.recovery())
                .connectedSince(connectedSince)
                .clientStatus(clients)
                .sourceStatus(sources)
                .targetStatus(targets)
                .sshTunnelStatus(java.util.List.of())
                .build();
    }

    /** Of one transport; what an older one still says does not count. */
    private final class AttemptListener implements Transport.Listener {
        private final int mine;

        AttemptListener(int mine) {
            this.mine = mine;
        }

        @Override
        public void received(Received received) {
            inbound.received(received);
        }

        @Override
        public void lost(String why) {
            loop.execute(() -> {
                Transport gone = transport;
                if (closed || mine != attempt || gone == null) {
                    return;
                }
                transport = null;
                gone.close();
                failed("The connection to the broker was lost: " + why);
            });
        }
    }
}
