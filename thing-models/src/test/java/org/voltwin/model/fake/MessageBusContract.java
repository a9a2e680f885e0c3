package org.voltwin.model.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.voltwin.model.port.MessageBus;

/** What every message bus does; run against the fake and the real broker. */
public abstract class MessageBusContract {
    /** A bus connected to a broker that all buses of this test share. */
    protected abstract MessageBus bus() throws Exception;

    @Test
    void deliversWhatMatchesInOrder() throws Exception {
        MessageBus bus = bus();
        List<String> got = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> all = new CompletableFuture<>();
        bus.subscribe("contract-order", "LIMS/metrics/+/simulation_metrics", (topic, payload) -> {
                    got.add(new String(payload, UTF_8));
                    if (got.size() == 20) {
                        all.complete(null);
                    }
                    return CompletableFuture.completedFuture(null);
                })
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        for (int i = 0; i < 20; i++) {
            bus.publish("LIMS/metrics/b1/simulation_metrics", String.valueOf(i).getBytes(UTF_8), false)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            bus.publish("LIMS/status/other", "no".getBytes(UTF_8), false)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        }
        all.get(20, TimeUnit.SECONDS);

        assertThat(got)
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 20)
                        .mapToObj(String::valueOf)
                        .toList());
    }
}
