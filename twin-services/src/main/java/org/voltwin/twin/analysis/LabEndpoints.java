package org.voltwin.twin.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.voltwin.model.TwinId;
import org.voltwin.model.http.Changes;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Live;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.run.RunState;
import org.voltwin.model.schedule.PlanFigures;
import org.voltwin.twin.ditto.TwinMirror;
import org.voltwin.twin.runs.Run;
import org.voltwin.twin.runs.RunBoard;
import org.voltwin.twin.store.RejectedMessage;
import org.voltwin.twin.store.SampleStore;

/** Things, the bench plan, and rejected messages. */
final class LabEndpoints {
    private static final int REJECTED = 200;

    private final SampleStore store;
    private final RunBoard board;
    private final TwinMirror mirror;
    private final BenchDirectory benches;
    private final Changes<Run> runChanges;
    private final Changes<JsonNode> thingChanges = new Changes<>();

    LabEndpoints(
            SampleStore store, RunBoard board, TwinMirror mirror, BenchDirectory benches, Changes<Run> runChanges) {
        this.store = store;
        this.board = board;
        this.mirror = mirror;
        this.benches = benches;
        this.runChanges = runChanges;
        mirror.addListener((id, thing) -> thing.ifPresent(thingChanges::tell));
    }

    List<Endpoint> all() {
        return List.of(
                AnalysisApi.get("/api/things", "Twins with attributes and features", this::things),
                AnalysisApi.events("/api/things", "Twins as they change", this::thingEvents),
                AnalysisApi.get("/api/schedule", "The bench plan", this::schedule),
                AnalysisApi.events("/api/schedule", "The bench plan as it changes", this::scheduleEvents),
                AnalysisApi.get("/api/rejected", "Messages that could not be taken, latest first", this::rejected));
    }

    private static TwinId id(JsonNode thing) {
        return TwinId.of(thing.path("thingId").asText());
    }

    private static boolean isOfKind(JsonNode thing, Optional<String> kind) {
        return kind.map(id(thing).kind()::equals).orElse(true);
    }

    private static ObjectNode item(JsonNode thing) {
        ObjectNode item = Json.mapper().createObjectNode();
        item.put("thing", thing.path("thingId").asText());
        item.put("kind", id(thing).kind());
        item.set(
                "features",
                thing.path("features").isObject()
                        ? thing.path("features")
                        : Json.mapper().createObjectNode());
        item.set(
                "attributes",
                thing.path("attributes").isObject()
                        ? thing.path("attributes")
                        : Json.mapper().createObjectNode());
        return item;
    }

    private Reply things(Request request) {
        Optional<String> kind = request.query("kind");
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode items = answer.putArray("items");
        mirror.all().stream()
                .filter(thing -> isOfKind(thing, kind))
                .sorted(Comparator.comparing(LabEndpoints::id))
                .forEach(thing -> items.add(item(thing)));
        return Reply.ok(answer);
    }

    private Reply thingEvents(Request request) {
        Optional<String> kind = request.query("kind");
        return new Reply.Events(new Live(sink -> {
            Runnable end = thingChanges.listen(thing -> {
                if (isOfKind(thing, kind)) {
                    offer(sink, id(thing));
                }
            });
            mirror.all().stream().filter(thing -> isOfKind(thing, kind)).forEach(thing -> offer(sink, id(thing)));
            return end;
        }));
    }

    private void offer(Live.Sink sink, TwinId id) {
        sink.changed(id.value(), () -> mirror.thing(id).map(now -> new Reply.Event("thing", item(now))));
    }

    private Reply schedule(Request request) {
        return Reply.ok(plan(TestFilter.instant(request, "from", 0), TestFilter.instant(request, "to", 1)));
    }

    private Reply scheduleEvents(Request request) {
        Optional<Instant> from = TestFilter.instant(request, "from", 0);
        Optional<Instant> to = TestFilter.instant(request, "to", 1);
        return new Reply.Events(new Live(sink -> {
            Runnable tell =
                    () -> sink.changed("schedule", () -> Optional.of(new Reply.Event("schedule", plan(from, to))));
            Runnable end = runChanges.listen(run -> tell.run());
            tell.run();
            return end;
        }));
    }

    private ObjectNode plan(Optional<Instant> from, Optional<Instant> to) {
        ObjectNode plan = Json.mapper().createObjectNode();
        ArrayNode benchRows = plan.putArray("benches");
        for (Bench bench : benches.benches()) {
            benchRows
                    .addObject()
                    .put("id", bench.twin().value())
                    .put("name", bench.name())
                    .put("kind", bench.kind().id())
                    .put("channels", bench.channels())
                    .put("inService", bench.inService());
        }
        ArrayNode assignments = plan.putArray("assignments");
        List<ObjectNode> rows = new ArrayList<>();
        for (Run run : board.all()) {
            run.state()
                    .find(RunState.Scheduled.class)
                    .map(scheduled -> BenchTime.of(run.state(), scheduled.booking()))
                    .filter(time ->
                            from.map(least -> time.tearDownEnd().isAfter(least)).orElse(true))
                    .filter(time ->
                            to.map(end -> time.setUpStart().isBefore(end)).orElse(true))
                    .ifPresent(time -> rows.add(assignment(run, time)));
        }
        latest().ifPresent(figures -> plan.set("plan", figures(figures)));
        rows.sort(Comparator.comparing(row -> row.path("start").asText()));
        assignments.addAll(rows);
        return plan;
    }

    /** Figures of the plan that was made last. */
    private Optional<PlanFigures> latest() {
        return board.all().stream()
                .flatMap(run -> run.state().find(RunState.Scheduled.class).stream())
                .map(scheduled -> scheduled.booking().plan())
                .filter(Objects::nonNull)
                .max(Comparator.comparing(PlanFigures::plannedAt));
    }

    private static ObjectNode figures(PlanFigures figures) {
        return Json.mapper()
                .createObjectNode()
                .put("plannedAt", figures.plannedAt().toString())
                .put("occasion", figures.occasion())
                .put("makespanSeconds", figures.makespan().toSeconds())
                .put("lowerBoundSeconds", figures.lowerBound().toSeconds())
                .put("gap", figures.gap())
                .put("moved", figures.moved())
                .put("planned", figures.planned())
                .put("planFrom", figures.planFrom())
                .put("boundFrom", figures.boundFrom());
    }

    private static ObjectNode assignment(Run run, BenchTime time) {
        ObjectNode row = Json.mapper()
                .createObjectNode()
                .put("run", run.uuid().toString())
                .put("id", run.state().request().number())
                .put("name", run.state().request().testName())
                .put("uut", run.state().request().unit().code())
                .put("bench", time.booking().bench().value())
                .put("channel", time.booking().channel())
                .put("setUpStart", time.setUpStart().toString())
                .put("start", time.start().toString())
                .put("end", time.end().toString())
                .put("tearDownEnd", time.tearDownEnd().toString())
                .put("stage", run.state().stage().id())
                .put("why", time.booking().why())
                .put("setUpBy", time.booking().setUpBy())
                .put("tearDownBy", time.booking().tearDownBy());
        row.set("soaks", Json.tree(time.booking().soaks()));
        PlanFigures figures = time.booking().plan();
        if (figures != null) {
            row.set("plan", figures(figures));
        }
        return row;
    }

    private Reply rejected(Request request) {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (RejectedMessage message : store.rejected(REJECTED)) {
            ObjectNode item = items.addObject();
            item.put("receivedAt", message.receivedAt().toString());
            item.put("source", message.source());
            item.put("topic", message.topic());
            item.set("failure", Json.tree(message.failure()));
            item.put("payloadBytes", message.payload().length);
        }
        return Reply.ok(answer);
    }
}
