package org.voltwin.twin.updater;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.json.Json;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.birth.BirthHandler;
import org.voltwin.twin.collector.Collector;
import org.voltwin.twin.ditto.Twins;
import org.voltwin.twin.store.ChargeMark;
import org.voltwin.twin.store.InsideRows;
import org.voltwin.twin.store.SampleStore;
import org.voltwin.twin.store.StreamInfo;
import org.voltwin.twin.store.StreamKey;

/**
 * Shows on a thing's twin what its stored samples mean: at most one merge a second and thing, nothing within its dead
 * band, and the last values always. What Ditto does not take stays wanted and is sent later.
 */
public final class TwinUpdater implements Collector.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TwinUpdater.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration CAUGHT_UP = Duration.ofDays(1);

    /** A thing that has samples. */
    private static final class Entry {
        private final ThingState state = new ThingState();
        private final Map<String, ChargeCounter> counters = new HashMap<>();
        private double otherStreamsAmpereHours;
        private StreamKey latest;
        private StreamInfo info;
        private String source;
        private ObjectNode shown = Json.mapper().createObjectNode();
        private boolean fresh;
        private boolean settled = true;
        private boolean marked = true;

        Entry(StreamInfo info, String source) {
            this.latest = info.key();
            this.info = info;
            this.source = source;
        }

        /** What catching up has read may be older than what came meanwhile. */
        boolean knowsMore(StreamInfo other) {
            return info.key().equals(other.key()) && info.rows() > other.rows();
        }
    }

    private final SampleStore store;
    private final Twins twins;
    private final BirthHandler birth;
    private final Function<UUID, Optional<RunFacts>> runs;
    private final Clock clock;
    private final Map<TwinId, Entry> entries = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("twin-updater").factory());

    public TwinUpdater(
            SampleStore store, Twins twins, BirthHandler birth, Function<UUID, Optional<RunFacts>> runs, Clock clock) {
        this.store = store;
        this.twins = twins;
        this.birth = birth;
        this.runs = runs;
        this.clock = clock;
    }

    /** Begins to send. Streams of the last day are shown again: what was stored before a crash may not have been. */
    public void start() {
        timer.scheduleWithFixedDelay(this::flushAll, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        timer.execute(this::catchUp);
    }

    private void catchUp() {
        try {
            Instant since = clock.instant().minus(CAUGHT_UP);
            List<StreamInfo> recent = store.streams(Optional.empty()).stream()
                    .filter(stream -> stream.rows() > 0 && stream.updatedAt().isAfter(since))
                    .toList();
            recent.reversed().forEach(stream -> stored(noRows(stream), stream));
        } catch (RuntimeException e) {
            LOG.info("Streams cannot be looked at yet: {}", e.toString());
            timer.schedule(this::catchUp, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static InsideRows noRows(StreamInfo stream) {
        return new InsideRows(
                stream.key(), stream.run(), stream.source(), stream.columns(), 0, List.of(), List.of(), null);
    }

    @Override
    public void stored(InsideRows rows, StreamInfo stream) {
        TwinId thing = rows.key().thing();
        Entry entry = entries.computeIfAbsent(thing, id -> new Entry(stream, rows.source()));
        synchronized (entry) {
            ChargeCounter counter = entry.counters.get(rows.key().stream());
            if (counter == null) {
                counter = resume(entry, stream, rows);
                entry.counters.put(rows.key().stream(), counter);
            }
            count(entry, counter, rows.columns(), rows);
            double throughput = entry.otherStreamsAmpereHours
                    + entry.counters.values().stream()
                            .mapToDouble(c -> c.mark().throughputAmpereHours())
                            .sum();
            if (!entry.knowsMore(stream)) {
                entry.info = stream;
            }
            entry.state.stream(rows, entry.info, throughput, entry.info.updatedAt());
            entry.latest = rows.key();
            entry.source = rows.source();
            entry.fresh = true;
            entry.settled = false;
            entry.marked = false;
        }
    }

    private static void count(Entry entry, ChargeCounter counter, List<Column> columns, InsideRows rows) {
        for (int i = 0; i < rows.rows().size(); i++) {
            count(entry, counter, columns, rows.first() + i, rows.rows().get(i));
        }
    }

    private static void count(
            Entry entry, ChargeCounter counter, List<Column> columns, long sequence, double[] values) {
        double time = Double.NaN;
        double current = Double.NaN;
        for (int c = 0; c < values.length; c++) {
            String name = columns.get(c).name();
            time = name.equals(Variables.TIME) ? values[c] : time;
            current = name.equals(Variables.CURRENT) ? values[c] : current;
        }
        if (counter.count(sequence, time, current)) {
            entry.state.row(columns, values);
        }
    }

    /** A counter that goes on where the store says, over rows that are stored but were not counted yet. */
    private ChargeCounter resume(Entry entry, StreamInfo stream, InsideRows rows) {
        ChargeMark mark = ThingState.markOf(stream);
        ChargeCounter counter = new ChargeCounter(mark);
        if (entry.counters.isEmpty()) {
            entry.otherStreamsAmpereHours = store.streams(Optional.of(rows.key().thing())).stream()
                    .filter(other -> !other.key().equals(rows.key()))
                    .mapToDouble(other -> ThingState.markOf(other).throughputAmpereHours())
                    .sum();
        } else {
            entry.otherStreamsAmpereHours -= mark.throughputAmpereHours();
        }
        long before = rows.rows().isEmpty() ? Long.MAX_VALUE / 2 : rows.first() - 1;
        store.read(rows.key(), Math.max(0, mark.next() - 1), before, (sequence, values) -> {
            count(entry, counter, stream.columns(), sequence, values);
            if (sequence < mark.next()) {
                entry.state.row(stream.columns(), values);
            }
            return true;
        });
        return counter;
    }

    private void flushAll() {
        entries.forEach((thing, entry) -> {
            try {
                flush(thing, entry);
            } catch (RuntimeException e) {
                LOG.info("The twin {} is updated later: {}", thing, e.toString());
            }
        });
    }

    private void flush(TwinId thing, Entry entry) {
        ObjectNode wanted;
        boolean exact;
        StreamKey stream;
        ChargeMark mark;
        String source;
        synchronized (entry) {
            if (entry.settled) {
                return;
            }
            exact = !entry.fresh;
            entry.fresh = false;
            stream = entry.latest;
            source = entry.source;
            mark = java.util.Objects.requireNonNull(entry.counters.get(stream.stream()))
                    .mark();
            facts(stream).ifPresent(facts -> entry.state.run(facts, clock.instant()));
            wanted = entry.state.features().deepCopy();
        }
        ObjectNode difference = DeadBands.patch(entry.shown, wanted, exact);
        if (!onlyTimes(difference)) {
            birth.ensure(thing, source);
            ObjectNode patch = Json.mapper().createObjectNode();
            patch.set("features", difference);
            if (twins.merge(thing, patch, Optional.empty())) {
                merge(entry.shown, difference);
            } else {
                birth.forget(thing);
                return;
            }
        }
        if (!entry.marked) {
            store.markCharge(stream, mark);
        }
        synchronized (entry) {
            if (!entry.fresh) {
                entry.marked = true;
                entry.settled = exact;
            }
        }
    }

    private Optional<RunFacts> facts(StreamKey stream) {
        try {
            return runs.apply(UUID.fromString(stream.stream()));
        } catch (IllegalArgumentException notARun) {
            return Optional.empty();
        }
    }

    /** A patch that has nothing but times to say is not worth a message. */
    private static boolean onlyTimes(ObjectNode difference) {
        for (var feature : difference) {
            var names = feature.path("properties").properties();
            if (names.stream().anyMatch(property -> !property.getKey().equals("updatedAt"))) {
                return false;
            }
        }
        return true;
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(entry -> {
            if (entry.getValue() instanceof ObjectNode part) {
                merge(target.withObjectProperty(entry.getKey()), part);
            } else {
                target.set(entry.getKey(), entry.getValue());
            }
        });
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flushAll();
    }
}
