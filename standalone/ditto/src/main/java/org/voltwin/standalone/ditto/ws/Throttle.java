package org.voltwin.standalone.ditto.ws;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.voltwin.standalone.ditto.config.ThrottlingSettings;

/**
 * Hands on the frames of one session evenly, so many in an interval at most. When more come, the socket is not read any
 * further and the client has to wait, as with Ditto: nothing is lost, and nothing piles up here.
 */
final class Throttle {
    private static final int BURSTS_PER_INTERVAL = 10;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final Consumer<String> frames;
    private final double framesPerNano;
    private final double burst;
    private final Queue<String> waiting = new ArrayDeque<>();
    private double credit;
    private long countedAt = System.nanoTime();

    Throttle(Vertx vertx, ServerWebSocket socket, ThrottlingSettings settings, Consumer<String> frames) {
        this.vertx = vertx;
        this.socket = socket;
        this.frames = frames;
        this.framesPerNano = settings.limit() / (double) settings.interval().toNanos();
        this.burst = Math.max(1.0, settings.limit() / (double) BURSTS_PER_INTERVAL);
        this.credit = burst;
    }

    void frame(String text) {
        waiting.add(text);
        if (waiting.size() == 1) {
            handOn();
        }
    }

    private void handOn() {
        long now = System.nanoTime();
        credit = Math.min(burst, credit + (now - countedAt) * framesPerNano);
        countedAt = now;
        while (!waiting.isEmpty() && credit >= 1) {
            credit--;
            frames.accept(waiting.remove());
        }
        if (waiting.isEmpty()) {
            socket.resume();
        } else {
            socket.pause();
            long nanos = (long) Math.ceil((1 - credit) / framesPerNano);
            vertx.setTimer(Math.max(1, nanos / 1_000_000), timer -> handOn());
        }
    }
}
