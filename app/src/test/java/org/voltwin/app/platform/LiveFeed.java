package org.voltwin.app.platform;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;
import org.voltwin.lims.broker.BrokerConfiguration;
import org.voltwin.lims.broker.MqttMessageBus;
import org.voltwin.model.json.Json;
import org.voltwin.model.telemetry.ResultMessage;

/** What a subscriber of {@code LIMS/metrics/#} sees: which rows of which run, from which kind of bench. */
final class LiveFeed implements AutoCloseable {
    private record Stream(UUID run, String bench) {}

    private final MqttMessageBus bus;
    private final Map<Stream, Set<Long>> rows = new ConcurrentHashMap<>();

    LiveFeed(PlatformConfig config, Secrets secrets) throws Exception {
        bus = new MqttMessageBus(new BrokerConfiguration(
                "localhost", config.ports().limsBroker(), null, null, "lims", secrets.get("broker.lims"), "live-feed"));
        bus.subscribe("watching", "LIMS/metrics/#", (topic, payload) -> {
                    take(Json.read(payload, ResultMessage.class).orThrow());
                    return CompletableFuture.completedFuture(null);
                })
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private void take(ResultMessage message) {
        Set<Long> seen = rows.computeIfAbsent(
                new Stream(message.testUuid(), message.testBench()), stream -> ConcurrentHashMap.newKeySet());
        long first = message.sequence();
        for (int i = 0; i < message.variables().getFirst().values().size(); i++) {
            seen.add(first + i);
        }
    }

    /** Different rows seen so far. */
    int rows(UUID run, String bench) {
        return rows.getOrDefault(new Stream(run, bench), Set.of()).size();
    }

    @Override
    public void close() {
        bus.close();
    }
}
