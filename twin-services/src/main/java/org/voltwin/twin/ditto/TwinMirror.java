package org.voltwin.twin.ditto;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;

/**
 * Voltwin's things as last seen, so that lists are quick. Fed by events (which say only that something changed: the
 * thing is then read) and, to be sure, by searches. An older revision never replaces a newer one.
 */
public final class TwinMirror implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TwinMirror.class);
    private static final String EVERYTHING = "like(thingId,\"org.voltwin:*\")";
    private static final String OPEN_RUNS = "and(like(thingId,\"org.voltwin:run-*\"),"
            + "not(in(attributes/stage,\"completed\",\"failed\",\"cancelled\")))";
    private static final Duration OPEN_RUNS_EVERY = Duration.ofSeconds(5);
    private static final int EVERYTHING_EVERY = 12;
    private static final int LOCKS = 64;

    /** Told of every change, in order per thing; must not block for long. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param thing as it is now, empty when it was deleted
         */
        void changed(TwinId id, Optional<JsonNode> thing);
    }

    private final Twins twins;
    private final ChangeFeed feed;
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();
    private final Map<TwinId, JsonNode> things = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> dirty = new LinkedBlockingQueue<>();
    private @Nullable Thread worker;
    private volatile boolean wholeSearchDue = true;
    private volatile boolean synced;
    private volatile boolean closed;

    public TwinMirror(Twins twins, ChangeFeed feed) {
        this.twins = twins;
        this.feed = feed;
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** Begins to follow; returns at once. Listeners hear of every thing once. */
    public void start() {
        feed.start(new ChangeFeed.Listener() {
            @Override
            public void changed(String thingId) {
                dirty.add(thingId);
            }

            @Override
            public void begun() {
                wholeSearchDue = true;
                dirty.add("");
            }
        });
        worker = Thread.ofVirtual().name("twin-mirror").start(this::follow);
    }

    /** Whether everything was seen at least once. */
    public boolean isSynced() {
        return synced;
    }

    public boolean hasEvents() {
        return feed.isConnected();
    }

    public Optional<JsonNode> thing(TwinId id) {
        return Optional.ofNullable(things.get(id));
    }

    /** All things whose id's first word is this. */
    public List<JsonNode> ofKind(String kind) {
        List<JsonNode> found = new ArrayList<>();
        things.forEach((id, thing) -> {
            if (id.kind().equals(kind)) {
                found.add(thing);
            }
        });
        return found;
    }

    /** Reads a thing now, as after an own change. Blocking; throws when Ditto cannot be reached. */
    public Optional<JsonNode> refresh(TwinId id) {
        Optional<JsonNode> thing = twins.thing(id);
        thing.ifPresentOrElse(this::take, () -> forget(id));
        return thing;
    }

    private void follow() {
        int rounds = 0;
        long nextSearch = System.nanoTime();
        while (!closed) {
            try {
                if (wholeSearchDue) {
                    wholeSearchDue = false;
                    searchEverything();
                }
                long left = nextSearch - System.nanoTime();
                String first = left <= 0 ? null : dirty.poll(left, TimeUnit.NANOSECONDS);
                if (first == null) {
                    nextSearch = System.nanoTime() + OPEN_RUNS_EVERY.toNanos();
                    rounds++;
                    wholeSearchDue = wholeSearchDue || rounds % EVERYTHING_EVERY == 0;
                    twins.search(OPEN_RUNS, this::take);
                } else {
                    readChanged(first);
                }
            } catch (TwinsUnavailableException e) {
                wholeSearchDue = true;
                LOG.info("The twins cannot be read now: {}", e.getMessage());
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                wholeSearchDue = true;
                LOG.warn("Following the twins failed, trying again", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private void readChanged(String first) {
        Set<String> ids = new HashSet<>();
        ids.add(first);
        dirty.drainTo(ids);
        Set<TwinId> wanted = new HashSet<>();
        for (String id : ids) {
            if (TwinId.isValid(id) && TwinId.of(id).namespace().equals(TwinId.NAMESPACE)) {
                wanted.add(TwinId.of(id));
            }
        }
        readNow(wanted);
    }

    private void readNow(Set<TwinId> wanted) {
        Set<TwinId> gone = new HashSet<>(wanted);
        for (JsonNode thing : twins.things(wanted)) {
            gone.remove(id(thing));
            take(thing);
        }
        gone.forEach(this::forget);
    }

    private void searchEverything() {
        Set<TwinId> unseen = new HashSet<>(things.keySet());
        twins.search(EVERYTHING, thing -> {
            unseen.remove(id(thing));
            take(thing);
        });
        readNow(unseen);
        if (!synced) {
            LOG.info("Following {} twins", things.size());
        }
        synced = true;
    }

    private static TwinId id(JsonNode thing) {
        return TwinId.of(thing.path("thingId").asText());
    }

    /** Listeners are told under the thing's lock: told in another order, they would stay with an older state. */
    private void take(JsonNode thing) {
        TwinId id = id(thing);
        synchronized (lock(id)) {
            JsonNode known = things.get(id);
            if (known == null || revision(known) < revision(thing)) {
                things.put(id, thing);
                tell(id, Optional.of(thing));
            }
        }
    }

    private Object lock(TwinId id) {
        return locks[Math.floorMod(id.hashCode(), locks.length)];
    }

    private static long revision(JsonNode thing) {
        return thing.path("_revision").asLong();
    }

    private void forget(TwinId id) {
        synchronized (lock(id)) {
            if (things.remove(id) != null) {
                tell(id, Optional.empty());
            }
        }
    }

    private void tell(TwinId id, Optional<JsonNode> thing) {
        for (Listener listener : listeners) {
            try {
                listener.changed(id, thing);
            } catch (RuntimeException e) {
                LOG.error("A listener failed on a change of {}", id, e);
            }
        }
    }

    /** Everything seen so far. */
    public Collection<JsonNode> all() {
        return List.copyOf(things.values());
    }

    @Override
    public void close() {
        closed = true;
        feed.close();
        Thread running = worker;
        if (running != null) {
            running.interrupt();
        }
    }
}
