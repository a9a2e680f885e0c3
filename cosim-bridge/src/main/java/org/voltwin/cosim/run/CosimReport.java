package org.voltwin.cosim.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.port.ModelInspector.Finding;

/**
 * What came of a run from the command line; its JSON is what {@code --json} prints.
 *
 * @param file the CSV written; null when the run failed
 * @param rows rows in it
 * @param wallSeconds time from start to end, the worker's start included
 * @param realTimeFactor simulated seconds per wall-clock second
 * @param summary figures with the unit in the name, step counts among them
 * @param failure why it failed; null when it worked
 */
public record CosimReport(
        @Nullable String file,
        long rows,
        double wallSeconds,
        double realTimeFactor,
        Map<String, Double> summary,
        List<Finding> findings,
        @Nullable Failure failure) {
    public CosimReport {
        summary = Map.copyOf(summary);
        findings = List.copyOf(findings);
    }
}
