package org.voltwin.standalone.ditto.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.stream.EventHub;
import org.voltwin.standalone.ditto.stream.EventSelection;
import org.voltwin.standalone.ditto.stream.TwinEvent;
import org.voltwin.standalone.ditto.twin.FieldSelection;

/** Server-sent events of {@code /things} and {@code /things/ID[/path]}: each change as a partial thing. */
final class EventStreamRoutes {
    private static final int MAX_QUEUED_BYTES = 1024 * 1024;

    private final Vertx vertx;
    private final EventHub hub;
    private final Duration heartbeat;

    EventStreamRoutes(Vertx vertx, EventHub hub, Duration heartbeat) {
        this.vertx = vertx;
        this.hub = hub;
        this.heartbeat = heartbeat;
    }

    static boolean wanted(Exchange exchange) {
        String accept = exchange.http().request().getHeader("Accept");
        return accept != null && accept.contains("text/event-stream");
    }

    void handle(Exchange exchange) {
        boolean oneThing = exchange.segments().size() > 1;
        JsonPointer path = oneThing ? exchange.pointerFrom(2) : JsonPointer.empty();
        String ids = oneThing ? exchange.segments().get(1) : exchange.parameter("ids");
        EventSelection selection = EventSelection.parse(
                ids,
                exchange.parameter("namespaces"),
                exchange.parameter("filter"),
                exchange.parameter("extraFields"),
                exchange.headers());
        JsonFieldSelector fields = exchange.fields();
        HttpServerResponse response = open(exchange);
        Runnable unsubscribe = hub.subscribe(
                selection,
                () -> exchange.caller().context(),
                "sse-" + java.util.UUID.randomUUID(),
                event -> shown(event, path, fields).ifPresent(json -> write(response, "data:" + json + "\n\n")));
        keepOpen(vertx, heartbeat, exchange, response, unsubscribe);
    }

    /** Until the client leaves or its token expires. */
    static void keepOpen(
            Vertx vertx, Duration heartbeat, Exchange exchange, HttpServerResponse response, Runnable unsubscribe) {
        response.write("data:\n\n");
        long timer = vertx.setPeriodic(heartbeat.toMillis(), id -> response.write("data:\n\n"));
        long untilExpiry = Duration.between(
                        java.time.Instant.now(), min(exchange.caller().expiresAt()))
                .toMillis();
        long expiry = vertx.setTimer(Math.max(1, untilExpiry), id -> response.end());
        Runnable stop = () -> {
            unsubscribe.run();
            vertx.cancelTimer(timer);
            vertx.cancelTimer(expiry);
        };
        // The connection may outlive the stream, and the other way round.
        response.endHandler(ended -> stop.run());
        response.closeHandler(closed -> stop.run());
    }

    /** Answers that a stream follows. */
    static HttpServerResponse open(Exchange exchange) {
        return exchange.prepare(200, exchange.headers())
                .setChunked(true)
                .setWriteQueueMaxSize(MAX_QUEUED_BYTES)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-cache")
                // A compressor would hold events back until it has enough of them.
                .putHeader("Content-Encoding", "identity")
                .putHeader("X-Accel-Buffering", "no");
    }

    private static java.time.Instant min(java.time.Instant expiresAt) {
        java.time.Instant far = java.time.Instant.now().plus(Duration.ofDays(20));
        return expiresAt.isBefore(far) ? expiresAt : far;
    }

    /** A reader that cannot keep up is cut off rather than filling the memory; it connects again by itself. */
    static void write(HttpServerResponse response, String frame) {
        if (response.writeQueueFull()) {
            response.close();
        } else {
            response.write(frame);
        }
    }

    static Optional<JsonValue> shown(TwinEvent event, JsonPointer path, @Nullable JsonFieldSelector fields) {
        JsonObject thing = fields == null || !path.isEmpty()
                ? event.thing().toJson()
                : event.thing().toJson(org.eclipse.ditto.base.model.json.JsonSchemaVersion.V_2, fields);
        if (!path.isEmpty()) {
            return thing.getValue(path)
                    .map(value ->
                            fields != null && value.isObject() ? FieldSelection.of(value.asObject(), fields) : value);
        }
        return thing.isEmpty() ? Optional.empty() : Optional.of(thing);
    }
}
