package org.voltwin.standalone.edge.hono;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.hono.deviceconnection.common.Cache;

/**
 * Which adapter instance holds the command subscription of which device. In memory on purpose: the adapters live in the
 * same process, so a restart ends all connections as well.
 */
final class ConnectedDevices implements Cache<String, String> {

    private record Entry(String value, Instant expires) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Clock clock;

    ConnectedDevices(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Future<JsonObject> checkForCacheAvailability() {
        return Future.succeededFuture(new JsonObject());
    }

    @Override
    public Future<Void> put(String key, String value) {
        entries.put(key, new Entry(value, Instant.MAX));
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> put(String key, String value, long lifespan, TimeUnit unit) {
        Instant expires = lifespan < 0 ? Instant.MAX : clock.instant().plus(Duration.of(lifespan, unit.toChronoUnit()));
        entries.put(key, new Entry(value, expires));
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> putAll(Map<? extends String, ? extends String> data) {
        data.forEach(this::put);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> putAll(Map<? extends String, ? extends String> data, long lifespan, TimeUnit unit) {
        data.forEach((key, value) -> put(key, value, lifespan, unit));
        return Future.succeededFuture();
    }

    @Override
    public Future<String> get(String key) {
        Entry entry = entries.get(key);
        if (entry != null && entry.expires().isBefore(clock.instant())) {
            entries.remove(key, entry);
            entry = null;
        }
        return Future.succeededFuture(entry == null ? null : entry.value());
    }

    @Override
    public Future<Boolean> remove(String key, String value) {
        Entry entry = entries.get(key);
        return Future.succeededFuture(entry != null && entry.value().equals(value) && entries.remove(key, entry));
    }

    @Override
    public Future<Map<String, String>> getAll(Set<? extends String> keys) {
        return Future.succeededFuture(keys.stream()
                .filter(key -> get(key).result() != null)
                .collect(Collectors.toMap(key -> key, key -> get(key).result())));
    }
}
