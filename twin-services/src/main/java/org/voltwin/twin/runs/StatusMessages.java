package org.voltwin.twin.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.MessageBus;
import org.voltwin.model.run.RunResult;
import org.voltwin.model.run.RunState;

/** Says on {@code LIMS/status/<uuid>} where a run stands; the broker retains the last. */
public final class StatusMessages {
    private static final Logger LOG = LoggerFactory.getLogger(StatusMessages.class);

    private final MessageBus bus;

    public StatusMessages(MessageBus bus) {
        this.bus = bus;
    }

    /** Publishes; does not wait for the broker. */
    void publish(Run run, Instant at) {
        UUID uuid = run.uuid();
        bus.publish("LIMS/status/" + uuid, Json.bytes(message(run, at)), true).whenComplete((done, error) -> {
            if (error != null) {
                LOG.warn("The status of run {} was not published: {}", uuid, error.toString());
            }
        });
    }

    static ObjectNode message(Run run, Instant at) {
        RunState state = run.state();
        ObjectNode message = Json.mapper().createObjectNode();
        message.put("uuid", run.uuid().toString());
        message.put("stage", state.stage().id());
        message.put("at", at.toString());
        message.put("progress", run.fraction());
        message.put("message", run.message());
        ObjectNode times = message.putObject("transitions");
        state.transitions().forEach((stage, time) -> times.put(stage.id(), time.toString()));
        state.find(RunState.Failed.class).ifPresent(failed -> message.set("failure", Json.tree(failed.failure())));
        state.find(RunState.Validated.class)
                .ifPresent(validated -> message.put("folder", validated.folder().path()));
        state.find(RunState.Scheduled.class)
                .ifPresent(scheduled ->
                        message.put("bench", scheduled.booking().bench().value()));
        state.find(RunState.Running.class)
                .ifPresent(running -> message.put("resultsStream", run.uuid().toString()));
        state.find(RunState.Completed.class)
                .map(RunState.Completed::result)
                .map(RunResult::stream)
                .ifPresent(stream -> message.put("resultsStream", stream));
        return message;
    }
}
