package org.voltwin.standalone.ditto.ws;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaderDefinition;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.ack.Acks;
import org.voltwin.standalone.ditto.api.Errors;
import org.voltwin.standalone.ditto.api.PermissionCheck;
import org.voltwin.standalone.ditto.auth.Authenticator;
import org.voltwin.standalone.ditto.auth.Caller;
import org.voltwin.standalone.ditto.config.ThrottlingSettings;
import org.voltwin.standalone.ditto.live.Channels;
import org.voltwin.standalone.ditto.live.LiveRouter;
import org.voltwin.standalone.ditto.search.ThingSearch;
import org.voltwin.standalone.ditto.stream.AnnouncementHub;
import org.voltwin.standalone.ditto.stream.EventHub;
import org.voltwin.standalone.ditto.stream.PastEvents;
import org.voltwin.standalone.ditto.twin.CommandGate;

/** {@code /ws/2}: signs the client in, then opens a session. */
public final class WebSocketApi {
    /** Path of the WebSocket. */
    public static final String PATH = "/ws/2";

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketApi.class);
    private static final int MAX_QUEUED_BYTES = 8 * 1024 * 1024;
    private static final Duration LONGEST_TIMER = Duration.ofDays(20);

    private final Vertx vertx;
    private final Authenticator authenticator;
    private final CommandGate gate;
    private final Channels channels;
    private final Acks acks;
    private final EventHub hub;
    private final LiveRouter router;
    private final AnnouncementHub announcements;
    private final ThingSearch search;
    private final PastEvents past;
    private final PermissionEnvelopes permissions;
    private final ThrottlingSettings throttling;
    private final Clock clock;
    private final Executor loop;
    private final AtomicInteger open = new AtomicInteger();
    private final Executor workers = Executors.newVirtualThreadPerTaskExecutor();

    public WebSocketApi(
            Vertx vertx,
            Authenticator authenticator,
            CommandGate gate,
            Channels channels,
            Acks acks,
            EventHub hub,
            LiveRouter router,
            AnnouncementHub announcements,
            ThingSearch search,
            PastEvents past,
            PermissionCheck permissions,
            ThrottlingSettings throttling,
            Clock clock,
            Executor loop) {
        this.vertx = vertx;
        this.authenticator = authenticator;
        this.gate = gate;
        this.channels = channels;
        this.acks = acks;
        this.hub = hub;
        this.router = router;
        this.announcements = announcements;
        this.search = search;
        this.past = past;
        this.permissions = new PermissionEnvelopes(permissions);
        this.throttling = throttling;
        this.clock = clock;
        this.loop = loop;
    }

    /** How many clients are connected now. */
    public int openSessions() {
        return open.get();
    }

    /** Takes an upgrade request on the loop. */
    public void handle(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        String parameter = request.getParam("access_token");
        String authorization = header == null && parameter != null ? "Bearer " + parameter : header;
        String preAuthenticated = request.getHeader(Authenticator.PRE_AUTHENTICATED);
        Set<AcknowledgementLabel> declared;
        try {
            declared = declaredAcknowledgements(request);
        } catch (RuntimeException e) {
            refuse(request, e);
            return;
        }
        request.pause();
        CompletableFuture.supplyAsync(() -> authenticator.authenticate(authorization, preAuthenticated), workers)
                .whenCompleteAsync(
                        (caller, failure) -> {
                            request.resume();
                            if (failure != null) {
                                refuse(request, failure);
                            } else {
                                request.toWebSocket()
                                        .onSuccess(socket -> open(socket, caller, declared))
                                        .onFailure(e -> LOG.warn("session.not-upgraded {}", e.toString()));
                            }
                        },
                        loop);
    }

    private static void refuse(HttpServerRequest request, Throwable failure) {
        DittoRuntimeException error = Errors.of(failure, DittoHeaders.empty());
        request.response()
                .setStatusCode(error.getHttpStatus().getCode())
                .putHeader("Content-Type", "application/json")
                .end(error.toJsonString());
    }

    /** Header or parameter {@code declared-acks}: a JSON array of labels, or labels with commas between. */
    private static Set<AcknowledgementLabel> declaredAcknowledgements(HttpServerRequest request) {
        String name = DittoHeaderDefinition.DECLARED_ACKS.getKey();
        String header = request.getHeader(name);
        String text = header == null ? request.getParam(name) : header;
        if (text == null || text.isBlank()) {
            return Set.of();
        }
        Stream<String> labels = text.strip().startsWith("[")
                ? JsonArray.of(text).stream().map(JsonValue::formatAsString)
                : Arrays.stream(text.split(",")).map(String::strip);
        return labels.map(AcknowledgementLabel::of).collect(Collectors.toUnmodifiableSet());
    }

    private void open(ServerWebSocket socket, Caller caller, Set<AcknowledgementLabel> declared) {
        socket.setWriteQueueMaxSize(MAX_QUEUED_BYTES);
        var session = new Session(
                socket,
                caller,
                channels,
                acks,
                hub,
                router,
                announcements,
                authenticator,
                sink -> new SearchSession(search, gate, loop, workers, sink),
                past,
                permissions,
                loop,
                workers);
        var timer = new ExpiryTimer(session);
        session.onRenewed(timer::restart);
        timer.restart();
        if (throttling.enabled()) {
            var throttle = new Throttle(vertx, socket, throttling, session::frame);
            socket.textMessageHandler(throttle::frame);
        } else {
            socket.textMessageHandler(session::frame);
        }
        socket.exceptionHandler(
                e -> LOG.debug("session.failed remote={} cause={}", socket.remoteAddress(), e.toString()));
        open.incrementAndGet();
        socket.closeHandler(closed -> {
            open.decrementAndGet();
            timer.stop();
            session.closed();
        });
        session.declare(declared);
    }

    /** Ends a session when its token expires. */
    private final class ExpiryTimer {
        private final Session session;
        private long id = -1;

        ExpiryTimer(Session session) {
            this.session = session;
        }

        void restart() {
            stop();
            var now = clock.instant();
            var expiresAt = session.caller().expiresAt();
            if (expiresAt.isBefore(now.plus(LONGEST_TIMER))) {
                long millis = Math.max(1, Duration.between(now, expiresAt).toMillis());
                id = vertx.setTimer(millis, fired -> session.expired());
            }
        }

        void stop() {
            vertx.cancelTimer(id);
        }
    }
}
