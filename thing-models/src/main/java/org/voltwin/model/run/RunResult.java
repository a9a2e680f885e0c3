package org.voltwin.model.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.model.telemetry.Column;

/**
 * What a completed run left.
 *
 * @param stream id of its samples in the store (the run's uuid)
 * @param rows number of rows stored, each exactly once
 * @param variables its columns
 * @param summary figures with the unit in the name: {@code dischargedAmpereHours}
 */
public record RunResult(String stream, long rows, List<Column> variables, Map<String, Double> summary) {
    public RunResult {
        variables = List.copyOf(variables);
        summary = java.util.Collections.unmodifiableMap(new TreeMap<>(summary));
    }
}
