package org.voltwin.model.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** A run's state as the attributes of its Thing, and back. The shape is the thing model {@code test-run}. */
public final class RunCodec {
    private static final String TRANSITIONS = "transitions";

    private RunCodec() {}

    /** All attributes of a run in this state. */
    public static ObjectNode toAttributes(RunState state) {
        ObjectNode attributes = Json.mapper().createObjectNode();
        attributes.put("stage", state.stage().id());
        attributes.set("request", Json.tree(state.request()));
        ObjectNode times = attributes.putObject(TRANSITIONS);
        state.transitions().forEach((stage, at) -> times.put(stage.id(), at.toString()));
        state.find(RunState.Modelled.class).ifPresent(s -> attributes.set("models", Json.tree(s.models())));
        state.find(RunState.Delivered.class).ifPresent(s -> attributes.set("delivery", Json.tree(s.delivery())));
        state.find(RunState.Validated.class).ifPresent(s -> attributes.set("folder", Json.tree(s.folder())));
        state.find(RunState.Designed.class).ifPresent(s -> attributes.set("design", Json.tree(s.design())));
        state.find(RunState.Scheduled.class).ifPresent(s -> attributes.set("booking", Json.tree(s.booking())));
        state.find(RunState.Completed.class).ifPresent(s -> attributes.set("result", Json.tree(s.result())));
        state.find(RunState.Failed.class).ifPresent(s -> {
            ObjectNode failure = attributes.putObject("failure");
            failure.setAll((ObjectNode) Json.tree(s.failure()));
            failure.put("stage", s.before().stage().id());
        });
        state.find(RunState.Cancelled.class).ifPresent(s -> {
            ObjectNode cancelled = attributes.putObject("cancelled");
            cancelled.put("by", s.by());
            cancelled.put("stage", s.before().stage().id());
        });
        return attributes;
    }

    /** The state that these attributes describe; refused when they are not those of a run. */
    public static Outcome<RunState> fromAttributes(JsonNode attributes) {
        try {
            RunStage stage = RunStage.of(attributes.path("stage").asText());
            return Outcome.ok(state(stage, attributes));
        } catch (RefusedException e) {
            return Outcome.refused(e.failure());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Outcome.refused(Failure.permanent(
                    "run.wrong_shape",
                    "The attributes are not those of a test run: " + e.getMessage() + ".",
                    "Compare them with the thing model test-run."));
        }
    }

    private static RunState state(RunStage stage, JsonNode a) {
        Instant since = time(a, stage);
        return switch (stage) {
            case REQUESTED -> new RunState.Requested(part(a, "request", TestRequest.class), since);
            case MODELLED ->
                new RunState.Modelled(
                        (RunState.Requested) state(RunStage.REQUESTED, a),
                        part(a, "models", ModelSelection.class),
                        since);
            case DELIVERED ->
                new RunState.Delivered(
                        (RunState.Modelled) state(RunStage.MODELLED, a), part(a, "delivery", Delivery.class), since);
            case VALIDATED ->
                new RunState.Validated(
                        (RunState.Delivered) state(RunStage.DELIVERED, a),
                        part(a, "folder", SimulationFolder.class),
                        since);
            case DESIGNED ->
                new RunState.Designed(
                        (RunState.Validated) state(RunStage.VALIDATED, a),
                        part(a, "design", ExperimentDesign.class),
                        since);
            case SCHEDULED ->
                new RunState.Scheduled(
                        (RunState.Designed) state(RunStage.DESIGNED, a), part(a, "booking", Booking.class), since);
            case RUNNING -> new RunState.Running((RunState.Scheduled) state(RunStage.SCHEDULED, a), since);
            case COMPLETED ->
                new RunState.Completed(
                        (RunState.Running) state(RunStage.RUNNING, a), part(a, "result", RunResult.class), since);
            case FAILED ->
                new RunState.Failed(
                        open(a.path("failure").path("stage").asText(), a), part(a, "failure", Failure.class), since);
            case CANCELLED ->
                new RunState.Cancelled(
                        open(a.path("cancelled").path("stage").asText(), a),
                        a.path("cancelled").path("by").asText(),
                        since);
        };
    }

    private static RunState.Open open(String stage, JsonNode a) {
        if (state(RunStage.of(stage), a) instanceof RunState.Open state) {
            return state;
        }
        throw new IllegalArgumentException("a run cannot end from stage " + stage);
    }

    private static Instant time(JsonNode a, RunStage stage) {
        return Instant.parse(a.path(TRANSITIONS).path(stage.id()).asText());
    }

    private static <T> T part(JsonNode a, String name, Class<T> type) {
        return Json.convert(a.path(name), type).orThrow();
    }
}
