package org.voltwin.cosim.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.procedure.Scenario;

/** How each scenario ended; filled by several workers. */
final class BatchResults {
    private final int scenarios;
    private final BiConsumer<Integer, Integer> progress;
    private final Map<Integer, RowObserver.Row> rows = new HashMap<>();
    private final Map<Integer, Failure> failures = new HashMap<>();
    private final Set<Integer> ended = new java.util.HashSet<>();
    private List<RowObserver.Signal> signals = List.of();

    BatchResults(int scenarios, BiConsumer<Integer, Integer> progress) {
        this.scenarios = scenarios;
        this.progress = progress;
    }

    synchronized void signals(List<RowObserver.Signal> given) {
        signals = List.copyOf(given);
    }

    synchronized List<RowObserver.Signal> signals() {
        return signals;
    }

    synchronized void ended(int scenario, RowObserver.@Nullable Row last, @Nullable Failure failure) {
        if (!ended.add(scenario)) {
            return;
        }
        if (failure != null) {
            failures.put(scenario, failure);
        } else if (last != null) {
            rows.put(scenario, last);
        }
        progress.accept(ended.size(), scenarios);
    }

    synchronized boolean hasEnded(int scenario) {
        return ended.contains(scenario);
    }

    /** Outcome, end and values; the values of a scenario that failed are left empty. */
    synchronized String line(int scenario) {
        Failure failure = failures.get(scenario);
        RowObserver.Row row = rows.get(scenario);
        StringBuilder line = new StringBuilder(",").append(failure == null ? "completed" : failure.code());
        line.append(',').append(row == null ? "" : String.valueOf(row.timeSeconds()));
        for (int i = 0; i < signals.size(); i++) {
            line.append(',').append(row == null ? "" : CsvSink.cell(row.values()[i]));
        }
        return line.toString();
    }

    synchronized List<BatchReport.ScenarioFailure> failures(List<Scenario> design) {
        List<BatchReport.ScenarioFailure> all = new ArrayList<>();
        for (Scenario scenario : design) {
            Failure failure = failures.get(scenario.number());
            if (failure != null) {
                all.add(new BatchReport.ScenarioFailure(scenario.number(), scenario.parameters(), failure));
            }
        }
        return all;
    }
}
