package org.voltwin.twin.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.voltwin.model.json.Json;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.store.SampleStore;
import org.voltwin.twin.store.StreamInfo;

/** Answers of the trend chart: rows of a stream as series over time. */
final class Results {
    /** Rows after the last stored one that may still have come while reading. */
    private static final long END = Long.MAX_VALUE / 2;

    /**
     * What is wanted.
     *
     * @param variables names; empty for all
     * @param from first sequence number
     * @param to last sequence number
     * @param points most points per series
     */
    record Selection(Set<String> variables, long from, long to, int points) {
        Selection {
            variables = Set.copyOf(variables);
        }

        Selection after(long sequence) {
            return new Selection(variables, sequence + 1, to, points);
        }
    }

    /** The document, and the last sequence number it has; -1 when none. */
    record Answer(ObjectNode document, long last) {}

    private final SampleStore store;

    Results(SampleStore store) {
        this.store = store;
    }

    Answer of(StreamInfo stream, Selection selection, boolean live) {
        long to = Math.min(selection.to(), lastKnown(stream, selection));
        List<Integer> wanted = wanted(stream, selection);
        List<Reduction> reductions = wanted.stream()
                .map(column -> new Reduction(selection.from(), Math.max(selection.from(), to), selection.points()))
                .toList();
        int time = stream.columns().stream().map(Column::name).toList().indexOf(Variables.TIME);
        long[] last = {-1};
        store.read(stream.key(), selection.from(), to, (sequence, values) -> {
            last[0] = sequence;
            double seconds = time < 0 ? sequence : values[time];
            for (int i = 0; i < reductions.size(); i++) {
                reductions.get(i).add(sequence, seconds, values[wanted.get(i)]);
            }
            return true;
        });
        return new Answer(document(stream, wanted, reductions, live), last[0]);
    }

    /** With gaps the last sequence number may be beyond the number of rows: then read to the end. */
    private long lastKnown(StreamInfo stream, Selection selection) {
        if (selection.to() < END) {
            return selection.to();
        }
        Long total = stream.totalRows();
        long counted = Math.max(stream.rows(), total == null ? 0 : total) - 1;
        long[] last = {counted};
        store.read(stream.key(), counted + 1, END, (sequence, values) -> {
            last[0] = sequence;
            return true;
        });
        return last[0];
    }

    private static List<Integer> wanted(StreamInfo stream, Selection selection) {
        List<Integer> wanted = new ArrayList<>();
        for (int i = 0; i < stream.columns().size(); i++) {
            String name = stream.columns().get(i).name();
            boolean named = selection.variables().isEmpty()
                    ? !name.equals(Variables.TIME)
                    : selection.variables().contains(name);
            if (named) {
                wanted.add(i);
            }
        }
        return wanted;
    }

    private static ObjectNode document(
            StreamInfo stream, List<Integer> wanted, List<Reduction> reductions, boolean live) {
        ObjectNode document = summary(stream, live);
        ArrayNode series = document.putArray("series");
        for (int i = 0; i < wanted.size(); i++) {
            Column column = stream.columns().get(wanted.get(i));
            ObjectNode one = series.addObject();
            one.put("name", column.name());
            one.put("unit", column.unit().inside().symbol());
            one.put("type", column.direction().id());
            ArrayNode points = one.putArray("points");
            for (Reduction.Point point : reductions.get(i).points()) {
                points.addArray().add(point.time()).add(point.value());
            }
        }
        return document;
    }

    private static ObjectNode summary(StreamInfo stream, boolean live) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("uuid", stream.run() == null ? null : String.valueOf(stream.run()));
        document.put("stream", stream.key().stream());
        document.put("thing", stream.key().thing().value());
        document.put("source", stream.source());
        document.put("timeUnit", "s");
        document.put("rows", stream.rows());
        Long total = stream.totalRows();
        if (total != null) {
            document.put("totalRows", total);
        }
        document.put("live", live);
        ObjectNode aside = document.putObject("keptAside");
        aside.put("values", stream.keptAsideValues());
        ObjectNode reasons = aside.putObject("reasons");
        stream.keptAside().forEach(reasons::put);
        return document;
    }

    /** A stream in the list of measurements. */
    static ObjectNode row(StreamInfo stream, boolean live) {
        ObjectNode row = Json.mapper().createObjectNode();
        row.put("stream", stream.key().stream());
        row.put("thing", stream.key().thing().value());
        if (stream.run() != null) {
            row.put("run", String.valueOf(stream.run()));
        }
        row.put("source", stream.source());
        row.put("rows", stream.rows());
        Long total = stream.totalRows();
        if (total != null) {
            row.put("totalRows", total);
        }
        row.put("keptAside", stream.keptAsideValues());
        row.put("firstAt", stream.firstAt().toString());
        row.put("updatedAt", stream.updatedAt().toString());
        row.put("live", live);
        return row;
    }
}
