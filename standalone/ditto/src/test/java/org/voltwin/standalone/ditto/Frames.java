package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.json.JsonObject;

/** A WebSocket that collects what comes. */
final class Frames implements WebSocket.Listener {
    private static final int PATIENCE_SECONDS = 20;

    final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    WebSocket socket;

    /** @param headers more headers of the handshake, names and values in turn */
    static Frames open(RunningDitto ditto, String token, String... headers) {
        var frames = new Frames();
        WebSocket.Builder builder = ditto.http().newWebSocketBuilder().header("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        frames.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + ditto.port() + "/ws/2"), frames)
                .join();
        return frames;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    String next() throws InterruptedException {
        String frame = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(frame).as("a frame in time").isNotNull();
        return frame;
    }

    JsonObject nextJson(int seconds) throws InterruptedException {
        String frame = received.poll(seconds, TimeUnit.SECONDS);
        assertThat(frame).as("a frame within %d s", seconds).isNotNull();
        return JsonObject.of(frame);
    }

    JsonObject nextJson() throws InterruptedException {
        return JsonObject.of(next());
    }
}
