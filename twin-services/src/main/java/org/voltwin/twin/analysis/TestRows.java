package org.voltwin.twin.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Level;
import org.voltwin.model.run.RunStage;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.runs.Run;
import org.voltwin.twin.store.SampleStore;
import org.voltwin.twin.store.StreamInfo;
import org.voltwin.twin.store.StreamKey;

/** Runs as the analysis API shows them (DT-02 to DT-04). */
final class TestRows {
    private static final List<String> STATUSES = List.of("started", "in progress", "completed", "failed", "cancelled");

    private TestRows() {}

    static ObjectNode row(Run run) {
        RunState state = run.state();
        TestRequest request = state.request();
        ObjectNode row = Json.mapper().createObjectNode();
        row.put("id", request.number());
        row.put("uuid", request.uuid().toString());
        row.put("name", request.testName());
        row.put("type", request.unit().level().testType());
        row.put("uut", request.unit().code());
        row.put("uutLabel", request.unit().label());
        row.put("uutThing", request.unit().twin().value());
        row.put("bench", request.benchKind().id());
        state.find(RunState.Scheduled.class).ifPresent(scheduled -> {
            row.put("benchId", scheduled.booking().bench().value());
            row.put("scheduledDate", scheduled.booking().start().toString());
        });
        row.put("preferredDate", String.valueOf(request.preferredDate()));
        row.put("status", state.stage().status());
        row.put("stage", state.stage().id());
        row.put("progress", run.fraction());
        row.put("standard", request.standard());
        row.put("useCase", request.useCase() == null ? null : request.useCase().label());
        row.put("requester", request.requesterName());
        if (!run.message().isEmpty()) {
            row.put("message", run.message());
        }
        return row;
    }

    static ObjectNode details(Run run, SampleStore store) {
        RunState state = run.state();
        ObjectNode details = row(run);
        ObjectNode times = details.putObject("transitions");
        state.transitions().forEach((stage, at) -> times.put(stage.id(), at.toString()));
        state.find(RunState.Failed.class).ifPresent(failed -> {
            ObjectNode failure = details.putObject("failure");
            failure.setAll((ObjectNode) Json.tree(failed.failure()));
            failure.put("stage", failed.before().stage().id());
        });
        state.find(RunState.Modelled.class).ifPresent(s -> details.set("models", Json.tree(s.models())));
        state.find(RunState.Validated.class).ifPresent(s -> details.set("folder", Json.tree(s.folder())));
        state.find(RunState.Designed.class).ifPresent(s -> details.set("design", Json.tree(s.design())));
        state.find(RunState.Scheduled.class).ifPresent(s -> details.set("booking", Json.tree(s.booking())));
        state.find(RunState.Completed.class).ifPresent(s -> details.set("result", Json.tree(s.result())));
        details.set("variables", variables(run, store));
        if (state.request().procedure() != null) {
            details.set("procedure", Json.tree(state.request().procedure()));
        }
        return details;
    }

    static StreamKey stream(Run run) {
        return new StreamKey(run.state().request().unit().twin(), run.uuid().toString());
    }

    private static ArrayNode variables(Run run, SampleStore store) {
        ArrayNode variables = Json.mapper().createArrayNode();
        Optional<StreamInfo> stream = store.stream(stream(run));
        for (Column column : stream.map(StreamInfo::columns).orElse(List.of())) {
            if (!column.name().equals(Variables.TIME)) {
                ObjectNode variable = variables.addObject();
                variable.put("name", column.name());
                variable.put("type", column.direction().id());
                variable.put("unit", column.unit().inside().symbol());
            }
        }
        return variables;
    }

    static ObjectNode analytics(List<Run> runs) {
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.put("total", runs.size());
        ObjectNode levels = answer.putObject("byLevel");
        for (Level level : Level.values()) {
            levels.put(
                    level.id(), count(runs, run -> run.state().request().unit().level() == level));
        }
        ObjectNode statuses = answer.putObject("byStatus");
        for (String status : STATUSES) {
            statuses.put(status, count(runs, run -> run.state().stage().status().equals(status)));
        }
        ObjectNode stages = answer.putObject("byStage");
        for (RunStage stage : RunStage.values()) {
            stages.put(stage.id(), count(runs, run -> run.state().stage() == stage));
        }
        return answer;
    }

    private static long count(List<Run> runs, java.util.function.Predicate<Run> which) {
        return runs.stream().filter(which).count();
    }

    /** Whether a row contains the text in any of its fields. */
    static boolean mentions(JsonNode row, String lowerCaseText) {
        for (JsonNode field : row) {
            if (field.asText("").toLowerCase(java.util.Locale.ROOT).contains(lowerCaseText)) {
                return true;
            }
        }
        return false;
    }
}
