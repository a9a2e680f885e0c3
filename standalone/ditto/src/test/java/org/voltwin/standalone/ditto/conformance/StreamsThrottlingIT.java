package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThing;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThingResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.standalone.ditto.RunningDitto;

/** The limit of frames a session may send: none is refused, the client waits. */
class StreamsThrottlingIT {
    private static final int FRAMES = 300;

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
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
                assertThat(answers)
                        .allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(RetrieveThingResponse.class));
            }
        }
    }
}
