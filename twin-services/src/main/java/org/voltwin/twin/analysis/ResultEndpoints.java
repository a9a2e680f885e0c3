package org.voltwin.twin.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Changes;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Live;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.json.Json;
import org.voltwin.twin.runs.Run;
import org.voltwin.twin.runs.RunBoard;
import org.voltwin.twin.store.SampleStore;
import org.voltwin.twin.store.StreamInfo;
import org.voltwin.twin.store.StreamKey;

/** Results over time, of tests and of other measurements (DT-05). */
final class ResultEndpoints {
    private static final int POINTS = 1000;
    private static final int MOST_POINTS = 100_000;
    private static final int LEAST_POINTS = 4;

    private final SampleStore store;
    private final RunBoard board;
    private final Results results;
    private final Changes<StreamInfo> arrivals;

    ResultEndpoints(SampleStore store, RunBoard board, Changes<StreamInfo> arrivals) {
        this.store = store;
        this.board = board;
        this.results = new Results(store);
        this.arrivals = arrivals;
    }

    List<Endpoint> all() {
        return List.of(
                AnalysisApi.get("/api/tests/{id}/results", "Inputs and outputs of a test over time", this::ofTest),
                AnalysisApi.events(
                        "/api/tests/{id}/results",
                        "The same, live: each event has the rows since the last",
                        this::ofTestLive),
                AnalysisApi.get("/api/measurements", "Streams of samples, latest first", this::measurements),
                AnalysisApi.get(
                        "/api/measurements/{thing}/{stream}/results",
                        "A stream of samples over time",
                        request -> answer(key(request), request)),
                AnalysisApi.events(
                        "/api/measurements/{thing}/{stream}/results",
                        "The same, live: each event has the rows since the last",
                        request -> live(key(request), request)));
    }

    private Reply ofTest(Request request) {
        Run run = TestEndpoints.find(board, request.path("id"));
        StreamKey key = TestRows.stream(run);
        return store.stream(key).isPresent() ? answer(key, request) : Reply.ok(nothingYet(run));
    }

    private static ObjectNode nothingYet(Run run) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("uuid", run.uuid().toString());
        document.put("stream", run.uuid().toString());
        document.put("thing", run.state().request().unit().twin().value());
        document.put("source", "");
        document.put("timeUnit", "s");
        document.put("rows", 0);
        document.put("live", !run.state().stage().isEnd());
        document.putObject("keptAside").put("values", 0).putObject("reasons");
        document.putArray("series");
        return document;
    }

    private Reply ofTestLive(Request request) {
        return live(TestRows.stream(TestEndpoints.find(board, request.path("id"))), request);
    }

    private static StreamKey key(Request request) {
        if (!TwinId.isValid(request.path("thing"))) {
            throw notFound(request.path("thing") + "/" + request.path("stream"));
        }
        return new StreamKey(TwinId.of(request.path("thing")), request.path("stream"));
    }

    private static RefusedException notFound(String what) {
        return new RefusedException(Failure.permanent(
                "measurement.not_found",
                "There are no samples of '" + what + "'.",
                "Look at the list of measurements."));
    }

    private Reply answer(StreamKey key, Request request) {
        StreamInfo stream = store.stream(key).orElseThrow(() -> notFound(key.id()));
        return Reply.ok(results.of(stream, selection(request), isLive(stream)).document());
    }

    private Reply live(StreamKey key, Request request) {
        Results.Selection selection = selection(request);
        AtomicLong sent = new AtomicLong(selection.from() - 1);
        return new Reply.Events(new Live(sink -> {
            Runnable tell = () -> sink.changed("samples", () -> news(key, selection, sent));
            Runnable end = arrivals.listen(stream -> {
                if (stream.key().equals(key)) {
                    tell.run();
                }
            });
            tell.run();
            return end;
        }));
    }

    private Optional<Reply.Event> news(StreamKey key, Results.Selection selection, AtomicLong sent) {
        Optional<StreamInfo> stream = store.stream(key);
        if (stream.isEmpty()) {
            return Optional.empty();
        }
        Results.Answer answer = results.of(stream.get(), selection.after(sent.get()), isLive(stream.get()));
        if (answer.last() >= 0) {
            sent.set(answer.last());
        }
        return Optional.of(new Reply.Event("samples", answer.document()));
    }

    private static Results.Selection selection(Request request) {
        Set<String> variables = request.query("variables")
                .map(list -> Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        long from = request.queryInt("from", 0, 0, Integer.MAX_VALUE);
        long to =
                request.query("to").isPresent() ? request.queryInt("to", 0, 0, Integer.MAX_VALUE) : Long.MAX_VALUE / 2;
        return new Results.Selection(
                variables, from, to, request.queryInt("points", POINTS, LEAST_POINTS, MOST_POINTS));
    }

    private boolean isLive(StreamInfo stream) {
        UUID run = stream.run();
        return run == null
                ? !stream.isComplete()
                : board.find(run).map(known -> !known.state().stage().isEnd()).orElse(!stream.isComplete());
    }

    private Reply measurements(Request request) {
        Optional<TwinId> thing = request.query("thing").map(text -> {
            if (!TwinId.isValid(text)) {
                throw notFound(text);
            }
            return TwinId.of(text);
        });
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode items = answer.putArray("items");
        store.streams(thing).forEach(stream -> items.add(Results.row(stream, isLive(stream))));
        return Reply.ok(answer);
    }
}
