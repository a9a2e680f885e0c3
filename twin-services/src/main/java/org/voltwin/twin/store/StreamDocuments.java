package org.voltwin.twin.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;

/** The shapes of the store's documents (docs/contracts.md), to and from the vocabulary. */
final class StreamDocuments {
    private StreamDocuments() {}

    static Document description(InsideRows rows, Instant now) {
        UUID run = rows.run();
        return new Document("thing", rows.key().thing().value())
                .append("stream", rows.key().stream())
                .append("run", run == null ? null : run.toString())
                .append("source", rows.source())
                .append("columns", columns(rows.columns()))
                .append(
                        "unitsInside",
                        rows.columns().stream()
                                .map(c -> c.unit().inside().symbol())
                                .toList())
                .append("firstAt", Date.from(now))
                .append("totalRows", null)
                .append("rows", 0L)
                .append("keptAside", 0L);
    }

    private static List<Document> columns(List<Column> columns) {
        return columns.stream()
                .map(c -> new Document("name", c.name())
                        .append("unit", c.unit().symbol())
                        .append("direction", c.direction().id()))
                .toList();
    }

    /** Names and units of stored values. */
    static List<Document> insideColumns(List<Column> columns) {
        return columns.stream()
                .map(c -> new Document("name", c.name())
                        .append("unit", c.unit().inside().symbol()))
                .toList();
    }

    static List<Column> columns(Document stream) {
        return stream.getList("columns", Document.class).stream()
                .map(c -> new Column(
                        c.getString("name"),
                        Unit.parse(c.getString("unit")).orElseThrow(),
                        Direction.of(c.getString("direction"))))
                .toList();
    }

    static StreamInfo info(Document stream) {
        String run = stream.getString("run");
        Map<String, Long> aside = new TreeMap<>();
        stream.get("keptCounts", new Document()).forEach((reason, counts) -> aside.put(reason, sum((Document) counts)));
        Date first = stream.getDate("firstAt");
        Date updated = stream.getDate("updatedAt");
        Instant firstAt = first == null ? Instant.EPOCH : first.toInstant();
        return new StreamInfo(
                new StreamKey(TwinId.of(stream.getString("thing")), stream.getString("stream")),
                run == null ? null : UUID.fromString(run),
                String.valueOf(stream.getString("source")),
                columns(stream),
                firstAt,
                updated == null ? firstAt : updated.toInstant(),
                counted(stream),
                MongoSampleStore.longOrNull(stream.get("totalRows")),
                aside,
                mark(stream.get("charge", Document.class)));
    }

    static long counted(Document stream) {
        return sum(stream.get("counts", new Document()));
    }

    private static long sum(Document counts) {
        return counts.values().stream()
                .mapToLong(count -> ((Number) count).longValue())
                .sum();
    }

    static Document charge(ChargeMark mark) {
        return new Document("next", mark.next())
                .append("throughputAmpereHours", mark.throughputAmpereHours())
                .append("lastTimeSeconds", mark.lastTimeSeconds())
                .append("lastCurrentAmperes", mark.lastCurrentAmperes());
    }

    private static @Nullable ChargeMark mark(@Nullable Document charge) {
        return charge == null
                ? null
                : new ChargeMark(
                        charge.get("next", 0L),
                        charge.getDouble("throughputAmpereHours"),
                        charge.getDouble("lastTimeSeconds"),
                        charge.getDouble("lastCurrentAmperes"));
    }

    /** A row as the store keeps it: null where there is no value. */
    static List<@Nullable Double> values(double[] row) {
        List<@Nullable Double> values = new ArrayList<>(row.length);
        for (double value : row) {
            values.add(Double.isNaN(value) ? null : value);
        }
        return values;
    }

    static double[] doubles(List<?> values) {
        double[] row = new double[values.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = values.get(i) instanceof Number number ? number.doubleValue() : Double.NaN;
        }
        return row;
    }

    /** How many values a document of kept-aside values has, by reason. */
    static Map<String, Long> reasons(Document aside) {
        Map<String, Long> counts = new HashMap<>();
        for (Object row : aside.get("values", new Document()).values()) {
            for (Object entry : (List<?>) row) {
                counts.merge((String) ((List<?>) entry).get(2), 1L, Long::sum);
            }
        }
        return counts;
    }

    static RejectedMessage rejectedMessage(Document document) {
        Document failure = document.get("failure", new Document());
        return new RejectedMessage(
                document.getDate("receivedAt").toInstant(),
                document.getString("source"),
                document.getString("topic"),
                new Failure(
                        failure.getString("code"),
                        failure.getString("cause"),
                        failure.getString("remedy"),
                        failure.getBoolean("retryHelps", false)),
                Base64.getDecoder().decode(document.getString("payload")));
    }
}
