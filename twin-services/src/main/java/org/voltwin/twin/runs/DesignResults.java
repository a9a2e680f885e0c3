package org.voltwin.twin.runs;

import java.util.Map;
import java.util.Optional;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.run.RunState;
import org.voltwin.twin.store.SampleStore;
import org.voltwin.twin.store.StreamInfo;
import org.voltwin.twin.store.StreamKey;

/**
 * A finished experiment: its design, and what each of its runs gave.
 *
 * @param figures by scenario, then by name with the unit in it
 */
public record DesignResults(ExperimentDesign design, Map<Integer, Map<String, Double>> figures) {
    /** Empty for a run that is not completed. Reads the whole stream; blocking. */
    public static Optional<DesignResults> of(RunState state, SampleStore store) {
        return state.find(RunState.Completed.class).flatMap(completed -> {
            StreamKey key = new StreamKey(completed.request().unit().twin(), completed.result().stream());
            Optional<StreamInfo> stream = store.stream(key);
            return stream.map(found -> new DesignResults(
                    completed.before().before().before().design(), ResultSummary.perScenario(store, found)));
        });
    }
}
