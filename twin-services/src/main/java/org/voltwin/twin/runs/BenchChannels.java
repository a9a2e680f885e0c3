package org.voltwin.twin.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.RunState;
import org.voltwin.twin.ditto.TwinMirror;
import org.voltwin.twin.ditto.Twins;

/** Shows on each bench's twin whether it is running, and which run. Follows from the runs, so it is right after a restart. */
public final class BenchChannels {
    private static final Logger LOG = LoggerFactory.getLogger(BenchChannels.class);
    private static final String KIND = "bench";

    private final TwinMirror mirror;
    private final RunBoard board;
    private final Twins twins;

    public BenchChannels(TwinMirror mirror, RunBoard board, Twins twins) {
        this.mirror = mirror;
        this.board = board;
        this.twins = twins;
    }

    /** Brings the twins of all benches up to date. Blocking; what fails is done the next time. */
    public void update() {
        Map<TwinId, String> runningOn = new HashMap<>();
        for (Run run : board.all()) {
            if (run.state() instanceof RunState.Running running) {
                runningOn.put(
                        running.before().booking().bench(),
                        TwinId.ofRun(run.uuid()).value());
            }
        }
        List<JsonNode> benches = mirror.ofKind(KIND);
        for (JsonNode bench : benches) {
            TwinId id = TwinId.of(bench.path("thingId").asText());
            String run = runningOn.getOrDefault(id, "");
            String state = run.isEmpty() ? "idle" : "running";
            JsonNode shown = bench.path("features").path("channel").path("properties");
            if (!shown.path("state").asText().equals(state)
                    || !shown.path("run").asText("").equals(run)) {
                show(id, state, run);
            }
        }
    }

    private void show(TwinId bench, String state, String run) {
        ObjectNode patch = Json.mapper().createObjectNode();
        patch.putObject("features")
                .putObject("channel")
                .putObject("properties")
                .put("state", state)
                .put("run", run);
        if (!twins.merge(bench, patch, Optional.empty())) {
            LOG.info("The channel of {} could not be shown", bench);
        }
        mirror.refresh(bench);
    }
}
