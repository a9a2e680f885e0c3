package org.voltwin.twin.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/**
 * The store in MongoDB. Uses only what every MongoDB-protocol server has: no update pipelines, no time-series
 * collections. The number of distinct rows is kept per bucket with {@code $max} (a bucket's number only grows), so that
 * it is right after duplicates and after a crash between two writes.
 */
public final class MongoSampleStore implements SampleStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MongoSampleStore.class);
    private static final int BUCKETS_AT_ONCE = 16;
    private static final int REJECTED_BYTES = 64 * 1024;
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
    private static final FindOneAndUpdateOptions UPSERT_AFTER =
            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);

    private final MongoClient client;
    private final MongoDatabase database;
    private final MongoCollection<Document> streams;
    private final MongoCollection<Document> buckets;
    private final MongoCollection<Document> aside;
    private final MongoCollection<Document> rejected;
    private final MongoCollection<Document> exchanges;
    private volatile boolean indexed;

    /**
     * Connects lazily.
     *
     * @param uri MongoDB connection string
     * @param databaseName {@code voltwin}
     */
    public MongoSampleStore(String uri, String databaseName) {
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .retryWrites(false)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.readTimeout(30, TimeUnit.SECONDS))
                .build());
        database = client.getDatabase(databaseName);
        streams = database.getCollection("streams");
        buckets = database.getCollection("buckets");
        aside = database.getCollection("keptAside");
        rejected = database.getCollection("rejected");
        exchanges = database.getCollection("exchanges");
    }

    @Override
    public Outcome<StreamInfo> append(InsideRows rows, Instant now) {
        ensureIndexes();
        Outcome<Document> known = describe(rows, now);
        if (known instanceof Outcome.Refused<Document> refused) {
            return Outcome.refused(refused.failure());
        }
        Document counts = new Document();
        int from = 0;
        while (from < rows.rows().size()) {
            long bucket = (rows.first() + from) / BUCKET_ROWS;
            long end = Math.min(rows.first() + rows.rows().size(), (bucket + 1) * BUCKET_ROWS);
            int to = Math.toIntExact(end - rows.first());
            counts.append("counts." + bucket, writeBucket(rows, bucket, from, to));
            countAside(rows, bucket, counts);
            from = to;
        }
        Document set = new Document("updatedAt", Date.from(now));
        Long total = rows.totalRows();
        if (total != null) {
            set.append("totalRows", total);
        }
        Document update = new Document("$set", set);
        if (!counts.isEmpty()) {
            update.append("$max", counts);
        }
        Document after = streams.findOneAndUpdate(eq("_id", rows.key().id()), update, UPSERT_AFTER);
        StreamInfo info = StreamDocuments.info(java.util.Objects.requireNonNull(after));
        streams.updateOne(
                eq("_id", rows.key().id()),
                new Document("$max", new Document("rows", info.rows()).append("keptAside", info.keptAsideValues())));
        return Outcome.ok(info);
    }

    private Outcome<Document> describe(InsideRows rows, Instant now) {
        Document description = StreamDocuments.description(rows, now);
        Document known = streams.findOneAndUpdate(
                eq("_id", rows.key().id()), new Document("$setOnInsert", description), UPSERT_AFTER);
        if (known != null && known.get("columns") == null) {
            Document columns = new Document(description);
            columns.remove("thing");
            columns.remove("stream");
            known = streams.findOneAndUpdate(
                    and(eq("_id", rows.key().id()), exists("columns", false)),
                    new Document("$set", columns),
                    new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
            known = known == null ? streams.find(eq("_id", rows.key().id())).first() : known;
        }
        if (known == null || !StreamDocuments.columns(known).equals(rows.columns())) {
            return Outcome.refused(Failure.permanent(
                    "samples.columns_changed",
                    "Stream " + rows.key().stream() + " of " + rows.key().thing()
                            + " already has other columns than this message.",
                    "Send the same columns in all batches of a stream, or begin a new stream."));
        }
        return Outcome.ok(known);
    }

    private int writeBucket(InsideRows rows, long bucket, int from, int to) {
        Document set = new Document();
        for (int i = from; i < to; i++) {
            set.append(
                    "rows." + (rows.first() + i),
                    StreamDocuments.values(rows.rows().get(i)));
        }
        Document identity = new Document("thing", rows.key().thing().value())
                .append("stream", rows.key().stream())
                .append("k", bucket);
        Document after = buckets.findOneAndUpdate(
                eq("_id", rows.key().id() + "|" + bucket),
                new Document("$set", set).append("$setOnInsert", identity),
                UPSERT_AFTER);
        return after == null ? 0 : after.get("rows", Document.class).size();
    }

    /** Keeps aside per bucket and counts per reason, with the same growing numbers as the rows. */
    private void countAside(InsideRows rows, long bucket, Document counts) {
        Document set = new Document();
        Map<Long, List<List<?>>> byRow = new TreeMap<>();
        for (KeptAside value : rows.aside()) {
            if (value.sequence() / BUCKET_ROWS == bucket) {
                byRow.computeIfAbsent(value.sequence(), sequence -> new ArrayList<>())
                        .add(List.of(value.column(), value.value(), value.reason()));
            }
        }
        byRow.forEach((sequence, values) -> set.append("values." + sequence, values));
        if (set.isEmpty()) {
            return;
        }
        set.append("columns", StreamDocuments.insideColumns(rows.columns()));
        Document after = aside.findOneAndUpdate(
                eq("_id", rows.key().id() + "|" + bucket),
                new Document("$set", set)
                        .append(
                                "$setOnInsert",
                                new Document("thing", rows.key().thing().value())
                                        .append("stream", rows.key().stream())
                                        .append("k", bucket)),
                UPSERT_AFTER);
        if (after != null) {
            StreamDocuments.reasons(after)
                    .forEach((reason, count) -> counts.append("keptCounts." + reason + "." + bucket, count));
        }
    }

    @Override
    public long allot(StreamKey key, String digest, int count) {
        ensureIndexes();
        while (true) {
            streams.updateOne(
                    eq("_id", key.id()),
                    new Document(
                            "$setOnInsert",
                            new Document("thing", key.thing().value())
                                    .append("stream", key.stream())
                                    .append("next", 0L)),
                    UPSERT);
            Document known = java.util.Objects.requireNonNull(
                    streams.find(eq("_id", key.id())).first());
            Document allotted = known.get("allotted", new Document());
            if (allotted.get(digest) instanceof Number first) {
                return first.longValue();
            }
            long next =
                    known.get("next") instanceof Number number ? number.longValue() : StreamDocuments.counted(known);
            Document update =
                    new Document("$set", new Document("allotted." + digest, next).append("next", next + count));
            if (streams.updateOne(and(eq("_id", key.id()), unchanged(known)), update)
                            .getMatchedCount()
                    == 1) {
                return next;
            }
        }
    }

    private static org.bson.conversions.Bson unchanged(Document known) {
        return known.get("next") == null ? exists("next", false) : eq("next", known.get("next"));
    }

    @Override
    public Optional<StreamInfo> stream(StreamKey key) {
        return Optional.ofNullable(streams.find(eq("_id", key.id())).first())
                .filter(document -> document.get("columns") != null)
                .map(StreamDocuments::info);
    }

    @Override
    public List<StreamInfo> streams(Optional<TwinId> thing) {
        List<StreamInfo> found = new ArrayList<>();
        streams.find(thing.map(id -> and(eq("thing", id.value()), exists("columns")))
                        .orElse(exists("columns")))
                .sort(Sorts.descending("updatedAt"))
                .map(StreamDocuments::info)
                .into(found);
        return found;
    }

    /** By the buckets' keys, which the stream knows: not every server of the protocol has other indexes. */
    @Override
    public void read(StreamKey key, long from, long to, RowReader reader) {
        Document stream = streams.find(eq("_id", key.id()))
                .projection(new Document("counts", 1))
                .first();
        if (stream == null) {
            return;
        }
        List<Long> wanted = stream.get("counts", new Document()).keySet().stream()
                .map(Long::valueOf)
                .filter(k -> k >= Math.max(0, from) / BUCKET_ROWS && k <= to / BUCKET_ROWS)
                .sorted()
                .toList();
        for (int i = 0; i < wanted.size(); i += BUCKETS_AT_ONCE) {
            List<Long> page = wanted.subList(i, Math.min(wanted.size(), i + BUCKETS_AT_ONCE));
            for (Document bucket : buckets(key, page).values()) {
                if (!readBucket(bucket, from, to, reader)) {
                    return;
                }
            }
        }
    }

    private Map<Long, Document> buckets(StreamKey key, List<Long> wanted) {
        Map<Long, Document> found = new TreeMap<>();
        for (Document bucket : buckets.find(
                in("_id", wanted.stream().map(k -> key.id() + "|" + k).toList()))) {
            found.put(bucket.get("k", 0L), bucket);
        }
        return found;
    }

    private static boolean readBucket(Document bucket, long from, long to, RowReader reader) {
        Map<Long, Object> ordered = new TreeMap<>();
        bucket.get("rows", new Document()).forEach((sequence, values) -> ordered.put(Long.valueOf(sequence), values));
        for (Map.Entry<Long, Object> row : ordered.entrySet()) {
            if (row.getKey() >= from
                    && row.getKey() <= to
                    && !reader.row(row.getKey(), StreamDocuments.doubles((List<?>) row.getValue()))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void markCharge(StreamKey key, ChargeMark mark) {
        streams.updateOne(
                eq("_id", key.id()), new Document("$set", new Document("charge", StreamDocuments.charge(mark))));
    }

    @Override
    public void reject(RejectedMessage message) {
        byte[] kept = Arrays.copyOf(message.payload(), Math.min(message.payload().length, REJECTED_BYTES));
        rejected.insertOne(new Document("receivedAt", Date.from(message.receivedAt()))
                .append("source", message.source())
                .append("topic", message.topic())
                .append("failure", Document.parse(Json.text(message.failure())))
                .append("payload", Base64.getEncoder().encodeToString(kept)));
    }

    @Override
    public List<RejectedMessage> rejected(int limit) {
        List<RejectedMessage> found = new ArrayList<>();
        rejected.find()
                .sort(Sorts.descending("receivedAt"))
                .limit(limit)
                .map(StreamDocuments::rejectedMessage)
                .into(found);
        return found;
    }

    @Override
    public void keepExchange(String id, Instant at, String topic, JsonNode content) {
        exchanges.updateOne(
                eq("_id", id),
                new Document(
                        "$setOnInsert",
                        new Document("at", Date.from(at))
                                .append("topic", topic)
                                .append(
                                        "content",
                                        Document.parse("{\"c\":" + Json.text(content) + "}")
                                                .get("c"))),
                UPSERT);
    }

    @Override
    public boolean isUp() {
        try {
            database.runCommand(new Document("ping", 1));
            return true;
        } catch (MongoException e) {
            LOG.debug("The store does not answer: {}", e.getMessage());
            return false;
        }
    }

    private void ensureIndexes() {
        if (!indexed) {
            streams.createIndex(Indexes.ascending("thing"));
            rejected.createIndex(Indexes.descending("receivedAt"));
            indexed = true;
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** Only for a field that the driver may give as null. */
    static @Nullable Long longOrNull(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : null;
    }
}
