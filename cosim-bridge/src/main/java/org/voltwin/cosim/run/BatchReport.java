package org.voltwin.cosim.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.port.ModelInspector.Finding;

/**
 * What came of a parameter study.
 *
 * @param file the CSV written; null when nothing ran
 * @param failures by scenario, of those that failed; the others are complete
 * @param findings on the models and how they fit
 * @param failure why nothing ran; null when it did
 */
public record BatchReport(
        @Nullable String file,
        int scenarios,
        int completed,
        double wallSeconds,
        List<ScenarioFailure> failures,
        List<Finding> findings,
        @Nullable Failure failure) {
    /** A scenario that failed, with the parameters it had. */
    public record ScenarioFailure(int scenario, Map<String, Double> parameters, Failure failure) {
        public ScenarioFailure {
            parameters = Map.copyOf(parameters);
        }
    }

    public BatchReport {
        failures = List.copyOf(failures);
        findings = List.copyOf(findings);
    }
}
