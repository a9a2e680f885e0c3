package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThing;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThingResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.standalone.ditto.RunningDitto;

/** Sessions that send too much have to wait; sessions that read too little are cut off. */
class StreamsThrottlingIT {
    private static final int FRAMES = 300;
    private static final int TOO_SLOW = 1013;

    @TempDir
    Path folder;

    @Test
    void aSessionThatSendsTooMuchIsServedEvenly() throws Exception {
        try (var ditto = new RunningDitto(folder, "ditto.gateway.streaming.websocket.throttling.enabled = true")) {
            var client = ditto.as("alice");
            var id = ThingId.of("org.stream:throttled");
            assertThat(client.put("/api/2/things/" + id, "{}").status()).isEqualTo(201);
            try (var socket = StreamsSocket.open(ditto, client.token())) {
                long start = System.nanoTime();
                var answers = IntStream.range(0, FRAMES)
                        .mapToObj(i -> socket.send(RetrieveThing.of(
                                id,
                                DittoHeaders.newBuilder().correlationId("r" + i).build())))
                        .toList();
                CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                        .get(20, TimeUnit.SECONDS);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(2500));
                assertThat(answers)
                        .allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(RetrieveThingResponse.class));
            }
            aSessionThatDoesNotReadIsCutOff(client, id);
        }
    }

    /** In the server of the other test: 24 MB of events are more than the queue and the operating system hold. */
    private static void aSessionThatDoesNotReadIsCutOff(RunningDitto.Client client, ThingId id) throws Exception {
        var closed = new CompletableFuture<Integer>();
        WebSocket slow = client.ditto()
                .http()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + client.token())
                .buildAsync(URI.create("ws://127.0.0.1:" + client.ditto().port() + "/ws/2"), new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket socket) {
                        // Asks for the first frame only, the acknowledgement of the subscription.
                        socket.request(1);
                    }

                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        // Asks for no more.
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        closed.complete(status);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable error) {
                        closed.completeExceptionally(error);
                    }
                })
                .join();
        slow.sendText("START-SEND-EVENTS", true).join();
        String value = "\"" + "x".repeat(80 * 1024) + "\"";
        for (int i = 0; i < 300; i++) {
            assertThat(client.put("/api/2/things/" + id + "/attributes/large", value)
                            .status())
                    .isBetween(201, 204);
        }
        slow.request(Long.MAX_VALUE);
        try {
            assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(TOO_SLOW);
        } catch (ExecutionException e) {
            // The server did not wait for it to read all it had missed.
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }
    }
}
