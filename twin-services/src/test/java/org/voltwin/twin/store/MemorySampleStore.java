package org.voltwin.twin.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/** The store in memory, for tests. It can be told to be down. */
public final class MemorySampleStore implements SampleStore {
    private static final class Stream {
        private InsideRows description;
        private Instant firstAt = Instant.EPOCH;
        private Instant updatedAt = Instant.EPOCH;
        private Long totalRows;
        private ChargeMark charge;
        private final TreeMap<Long, double[]> rows = new TreeMap<>();
        private final Map<String, Set<String>> aside = new HashMap<>();
        private final Map<String, Long> allotted = new HashMap<>();
        private long next;
    }

    private final Map<StreamKey, Stream> streams = new HashMap<>();
    private final List<RejectedMessage> rejected = new ArrayList<>();
    private final Map<String, JsonNode> exchanges = new HashMap<>();
    private boolean down;

    public synchronized void setDown(boolean isDown) {
        down = isDown;
    }

    private void check() {
        if (down) {
            throw new IllegalStateException("The store is down");
        }
    }

    @Override
    public synchronized Outcome<StreamInfo> append(InsideRows rows, Instant now) {
        check();
        Stream stream = streams.computeIfAbsent(rows.key(), key -> new Stream());
        if (stream.description == null) {
            stream.description = rows;
            stream.firstAt = now;
        } else if (!stream.description.columns().equals(rows.columns())) {
            return Outcome.refused(Failure.permanent("samples.columns_changed", "Other columns.", "Begin a new one."));
        }
        for (int i = 0; i < rows.rows().size(); i++) {
            stream.rows.put(rows.first() + i, rows.rows().get(i));
        }
        for (KeptAside value : rows.aside()) {
            stream.aside
                    .computeIfAbsent(value.reason(), reason -> new HashSet<>())
                    .add(value.column() + "." + value.sequence());
        }
        stream.updatedAt = now;
        stream.totalRows = rows.totalRows() == null ? stream.totalRows : rows.totalRows();
        return Outcome.ok(info(rows.key(), stream));
    }

    private static StreamInfo info(StreamKey key, Stream stream) {
        Map<String, Long> aside = new HashMap<>();
        stream.aside.forEach((reason, values) -> aside.put(reason, (long) values.size()));
        return new StreamInfo(
                key,
                stream.description.run(),
                stream.description.source(),
                stream.description.columns(),
                stream.firstAt,
                stream.updatedAt,
                stream.rows.size(),
                stream.totalRows,
                aside,
                stream.charge);
    }

    @Override
    public synchronized long allot(StreamKey key, String digest, int count) {
        check();
        Stream stream = streams.computeIfAbsent(key, k -> new Stream());
        Long known = stream.allotted.get(digest);
        if (known != null) {
            return known;
        }
        long first = stream.next;
        stream.allotted.put(digest, first);
        stream.next += count;
        return first;
    }

    @Override
    public synchronized Optional<StreamInfo> stream(StreamKey key) {
        check();
        return Optional.ofNullable(streams.get(key))
                .filter(stream -> stream.description != null)
                .map(stream -> info(key, stream));
    }

    @Override
    public synchronized List<StreamInfo> streams(Optional<TwinId> thing) {
        check();
        return streams.entrySet().stream()
                .filter(entry -> entry.getValue().description != null)
                .filter(entry -> thing.map(entry.getKey().thing()::equals).orElse(true))
                .map(entry -> info(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(StreamInfo::updatedAt).reversed())
                .toList();
    }

    @Override
    public synchronized void read(StreamKey key, long from, long to, RowReader reader) {
        check();
        Stream stream = streams.get(key);
        if (stream == null || from > to) {
            return;
        }
        for (Map.Entry<Long, double[]> row :
                stream.rows.subMap(from, true, to, true).entrySet()) {
            if (!reader.row(row.getKey(), row.getValue())) {
                return;
            }
        }
    }

    @Override
    public synchronized void markCharge(StreamKey key, ChargeMark mark) {
        check();
        Optional.ofNullable(streams.get(key)).ifPresent(stream -> stream.charge = mark);
    }

    @Override
    public synchronized void reject(RejectedMessage message) {
        check();
        rejected.addFirst(message);
    }

    @Override
    public synchronized List<RejectedMessage> rejected(int limit) {
        check();
        return rejected.stream().limit(limit).toList();
    }

    @Override
    public synchronized void keepExchange(String id, Instant at, String topic, JsonNode content) {
        check();
        exchanges.putIfAbsent(id, content);
    }

    @Override
    public synchronized boolean isUp() {
        return !down;
    }
}
