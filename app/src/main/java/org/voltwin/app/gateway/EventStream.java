package org.voltwin.app.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.http.Reply;
import org.voltwin.model.json.Json;

/**
 * Writes a publisher's events as server-sent events. Asks for the next only when the connection can take it; ends when
 * the token does, so that a client comes back with a fresh one.
 */
final class EventStream implements Flow.Subscriber<Reply.Event> {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final long HEARTBEAT_MILLISECONDS = 15_000;

    private final Vertx vertx;
    private final Context context;
    private final HttpServerResponse response;
    private final long heartbeat;
    private final long end;
    private Flow.@Nullable Subscription subscription;
    private boolean closed;

    /** To be called on the connection's event loop. */
    EventStream(Vertx vertx, HttpServerResponse response, Instant tokenExpires) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.response = response;
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Encoding", "identity") // a compressor would hold events back
                .putHeader("X-Accel-Buffering", "no");
        response.write(": live\n\n");
        heartbeat = vertx.setPeriodic(HEARTBEAT_MILLISECONDS, id -> response.write(": still here\n\n"));
        long left = Math.max(1, Duration.between(Instant.now(), tokenExpires).toMillis());
        end = vertx.setTimer(left, id -> finish());
        response.closeHandler(gone -> finish());
        response.exceptionHandler(gone -> finish());
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        context.runOnContext(v -> {
            subscription = given;
            if (closed) {
                given.cancel();
            } else {
                given.request(1);
            }
        });
    }

    @Override
    public void onNext(Reply.Event event) {
        String text = "event: " + event.name() + "\ndata: " + Json.text(event.data()) + "\n\n";
        context.runOnContext(v -> {
            if (closed) {
                return;
            }
            response.write(text);
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> askForNext());
            } else {
                askForNext();
            }
        });
    }

    private void askForNext() {
        Flow.Subscription now = subscription;
        if (!closed && now != null) {
            now.request(1);
        }
    }

    @Override
    public void onError(Throwable error) {
        LOG.warn("An event stream ended: {}", error.toString());
        context.runOnContext(v -> finish());
    }

    @Override
    public void onComplete() {
        context.runOnContext(v -> finish());
    }

    private void finish() {
        if (closed) {
            return;
        }
        closed = true;
        vertx.cancelTimer(heartbeat);
        vertx.cancelTimer(end);
        Flow.Subscription now = subscription;
        if (now != null) {
            now.cancel();
        }
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }
}
