package org.voltwin.twin.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** List, details and analytics of tests. */
final class TestEndpoints {
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final int LAST_PAGE = 1_000_000;

    private final SampleStore store;
    private final RunBoard board;
    private final Changes<Run> changes;

    TestEndpoints(SampleStore store, RunBoard board, Changes<Run> changes) {
        this.store = store;
        this.board = board;
        this.changes = changes;
    }

    List<Endpoint> all() {
        return List.of(
                AnalysisApi.get("/api/tests", "Tests, newest first, with filters and pages", this::list),
                AnalysisApi.events("/api/tests", "Tests as they change", this::listEvents),
                AnalysisApi.get(
                        "/api/tests/analytics", "Numbers of tests per level, status and stage", this::analytics),
                AnalysisApi.events("/api/tests/analytics", "The same, live", this::analyticsEvents),
                AnalysisApi.get("/api/tests/{id}", "A test by id or UUID", this::details),
                AnalysisApi.events("/api/tests/{id}", "A test as it changes", this::detailsEvents),
                AnalysisApi.get("/api/designs/{uuid}", "The experiment design of a test", this::design));
    }

    static Run find(RunBoard board, String id) {
        return board.find(id)
                .orElseThrow(() -> new RefusedException(Failure.permanent(
                        "test.not_found", "There is no test '" + id + "'.", "Look at the list of tests.")));
    }

    private Reply list(Request request) {
        int page = request.queryInt("page", 0, 0, LAST_PAGE);
        int size = request.queryInt("size", PAGE, 1, LARGEST_PAGE);
        TestFilter filter = TestFilter.of(request);
        List<ObjectNode> rows = new ArrayList<>();
        for (Run run : board.all()) {
            ObjectNode row = TestRows.row(run);
            if (filter.accepts(run, row)) {
                rows.add(row);
            }
        }
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode items = answer.putArray("items");
        rows.stream().skip((long) page * size).limit(size).forEach(items::add);
        answer.put("total", rows.size());
        answer.put("page", page);
        answer.put("size", size);
        return Reply.ok(answer);
    }

    private Reply listEvents(Request request) {
        TestFilter filter = TestFilter.of(request);
        int size = request.queryInt("size", PAGE, 1, LARGEST_PAGE);
        return new Reply.Events(new Live(sink -> {
            Runnable end = changes.listen(run -> {
                if (filter.accepts(run, TestRows.row(run))) {
                    offer(sink, run);
                }
            });
            board.all().stream()
                    .filter(run -> filter.accepts(run, TestRows.row(run)))
                    .limit(size)
                    .toList()
                    .reversed()
                    .forEach(run -> offer(sink, run));
            return end;
        }));
    }

    /** The row is made when it is sent, from what the board has then. */
    private void offer(Live.Sink sink, Run run) {
        sink.changed(
                run.uuid().toString(),
                () -> board.find(run.uuid()).map(now -> new Reply.Event("test", TestRows.row(now))));
    }

    private Reply analytics(Request request) {
        return Reply.ok(TestRows.analytics(board.all()));
    }

    private Reply analyticsEvents(Request request) {
        return new Reply.Events(new Live(sink -> {
            Runnable tell = () -> sink.changed(
                    "analytics", () -> Optional.of(new Reply.Event("analytics", TestRows.analytics(board.all()))));
            Runnable end = changes.listen(run -> tell.run());
            tell.run();
            return end;
        }));
    }

    private Reply details(Request request) {
        return Reply.ok(TestRows.details(find(board, request.path("id")), store));
    }

    private Reply detailsEvents(Request request) {
        Run run = find(board, request.path("id"));
        return new Reply.Events(new Live(sink -> {
            Runnable tell = () -> sink.changed(
                    "test",
                    () -> board.find(run.uuid()).map(now -> new Reply.Event("test", TestRows.details(now, store))));
            Runnable end = changes.listen(changed -> {
                if (changed.uuid().equals(run.uuid())) {
                    tell.run();
                }
            });
            tell.run();
            return end;
        }));
    }

    private Reply design(Request request) {
        Run run = find(board, request.path("uuid"));
        return run.state()
                .find(org.voltwin.model.run.RunState.Designed.class)
                .map(designed -> Reply.ok(Json.tree(designed.design())))
                .orElseThrow(() -> new RefusedException(Failure.passing(
                        "design.not_found",
                        "Test " + run.state().request().number() + " has no experiment design yet.",
                        "Wait until the test is in stage designed.")));
    }
}
