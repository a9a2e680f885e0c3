package org.voltwin.twin.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.json.Json;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.store.SampleStore;
import org.voltwin.twin.store.StreamInfo;

/**
 * A property of a thing over test time, in the shape that Ditto is about to have:
 * {@code /api/2/timeseries/things/{id}/features/{feature}/properties/{property}?from&to&step&agg}. The latest stream of
 * the thing, or the one of {@code stream}; {@code from}, {@code to} and {@code step} are seconds of test time.
 */
final class TimeSeriesEndpoint {
    private static final Map<String, String> VARIABLES = Map.of(
            "electrical/voltageVolts", Variables.VOLTAGE,
            "electrical/currentAmperes", Variables.CURRENT,
            "thermal/temperatureCelsius", Variables.TEMPERATURE,
            "thermal/ambientTemperatureCelsius", Variables.AMBIENT_TEMPERATURE,
            "state/stateOfChargeFraction", Variables.SOC,
            "state/stateOfHealthFraction", Variables.SOH,
            "state/internalResistanceOhms", Variables.INTERNAL_RESISTANCE,
            "state/cycle", Variables.CYCLE,
            "state/step", Variables.STEP);
    private static final int LONGEST_SECONDS = Integer.MAX_VALUE;
    private static final int MOST_VALUES = 10_000;

    /** How the values of a step become one. */
    private enum Aggregate {
        AVG,
        MIN,
        MAX,
        SUM,
        COUNT,
        FIRST,
        LAST
    }

    private static final class Bin {
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;
        private double sum;
        private double first = Double.NaN;
        private double last;
        private long count;

        void add(double value) {
            least = Math.min(least, value);
            most = Math.max(most, value);
            sum += value;
            first = count == 0 ? value : first;
            last = value;
            count++;
        }

        double value(Aggregate aggregate) {
            return switch (aggregate) {
                case AVG -> sum / count;
                case MIN -> least;
                case MAX -> most;
                case SUM -> sum;
                case COUNT -> count;
                case FIRST -> first;
                case LAST -> last;
            };
        }
    }

    private final SampleStore store;

    TimeSeriesEndpoint(SampleStore store) {
        this.store = store;
    }

    List<Endpoint> all() {
        return List.of(AnalysisApi.get(
                "/api/2/timeseries/things/{id}/features/{path*}", "A property of a thing over time", this::series));
    }

    private Reply series(Request request) {
        StreamInfo stream = stream(request);
        String path = request.path("path").replaceFirst("^/", "").replace("/properties/", "/");
        int column = column(stream, path);
        int time = stream.columns().stream().map(Column::name).toList().indexOf(Variables.TIME);
        int from = request.queryInt("from", 0, 0, LONGEST_SECONDS);
        int to = request.queryInt("to", LONGEST_SECONDS, 0, LONGEST_SECONDS);
        int step = request.queryInt("step", 1, 1, LONGEST_SECONDS);
        Aggregate aggregate = aggregate(request);
        TreeMap<Long, Bin> bins = new TreeMap<>();
        store.read(stream.key(), 0, Long.MAX_VALUE / 2, (sequence, values) -> {
            double seconds = time < 0 ? sequence : values[time];
            if (seconds >= from && seconds <= to && !Double.isNaN(values[column])) {
                bins.computeIfAbsent((long) Math.floor((seconds - from) / step), bin -> new Bin())
                        .add(values[column]);
            }
            return bins.size() <= MOST_VALUES;
        });
        return Reply.ok(document(stream, path, stream.columns().get(column), bins, from, step, aggregate));
    }

    private StreamInfo stream(Request request) {
        if (TwinId.isValid(request.path("id"))) {
            List<StreamInfo> streams = store.streams(Optional.of(TwinId.of(request.path("id"))));
            Optional<String> wanted = request.query("stream");
            Optional<StreamInfo> found = streams.stream()
                    .filter(stream -> wanted.map(stream.key().stream()::equals).orElse(true))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw notFound("There are no samples of thing '" + request.path("id") + "'.");
    }

    private static RefusedException notFound(String cause) {
        return new RefusedException(
                Failure.permanent("timeseries.not_found", cause, "Look at /api/measurements for what is there."));
    }

    private static int column(StreamInfo stream, String path) {
        String name = VARIABLES.getOrDefault(path, path.substring(path.lastIndexOf('/') + 1));
        int column = stream.columns().stream().map(Column::name).toList().indexOf(name);
        if (column < 0) {
            throw notFound("Stream " + stream.key().stream() + " has nothing for '" + path + "'.");
        }
        return column;
    }

    private static Aggregate aggregate(Request request) {
        String text = request.query("agg").orElse("avg");
        try {
            return Aggregate.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Failure.permanent(
                    "request.bad_aggregate",
                    "The query parameter agg is '" + text + "'.",
                    "Give avg, min, max, sum, count, first or last."));
        }
    }

    private static ObjectNode document(
            StreamInfo stream,
            String path,
            Column column,
            TreeMap<Long, Bin> bins,
            int from,
            int step,
            Aggregate aggregate) {
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.put("thingId", stream.key().thing().value());
        answer.put("path", "/features/" + path);
        answer.put("stream", stream.key().stream());
        answer.put("unit", column.unit().inside().symbol());
        answer.put("timeUnit", "s");
        answer.put("agg", aggregate.name().toLowerCase(Locale.ROOT));
        answer.put("step", step);
        ArrayNode values = answer.putArray("values");
        bins.forEach((bin, content) ->
                values.addObject().put("t", from + (double) bin * step).put("v", content.value(aggregate)));
        return answer;
    }
}
