package org.voltwin.cosim.worker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does.
 *
 * @param folder with the FMUs and their connections file
 * @param scenarios one after the other, each with fresh instances; time runs on
 * @param sampleIntervalSeconds distance of two rows, &gt; 0; ends of procedure steps give a row besides
 * @param longestStepSeconds longest communication step, &gt; 0
 * @param stepping how systems are stepped
 */
public record SimulationPlan(
        String folder,
        List<ScenarioPlan> scenarios,
        double sampleIntervalSeconds,
        double longestStepSeconds,
        Stepping stepping) {
    public SimulationPlan {
        scenarios = List.copyOf(scenarios);
        if (scenarios.isEmpty() || !(sampleIntervalSeconds > 0) || !(longestStepSeconds > 0)) {
            throw new IllegalArgumentException("A plan needs scenarios, a sample interval > 0 and a longest step > 0");
        }
    }

    /** A plan stepped as usual. */
    public SimulationPlan(
            String folder, List<ScenarioPlan> scenarios, double sampleIntervalSeconds, double longestStepSeconds) {
        this(folder, scenarios, sampleIntervalSeconds, longestStepSeconds, Stepping.USUAL);
    }

    /**
     * One scenario.
     *
     * @param stopSeconds latest end, &gt; 0; a model whose output Finished is true ends it before
     * @param parameters start values by variable ({@code Initial_SoC}: every model that has it) or by
     *     {@code /FMU/Variable}; one value, or all values of an array; unknown ones are refused
     * @param optional the same, but left out where no model knows them
     * @param texts values of parameters that are strings, by the same names; unknown ones are refused
     * @param stimuli time series for inputs that no connection drives; null for none
     */
    public record ScenarioPlan(
            int number,
            double stopSeconds,
            Map<String, List<Double>> parameters,
            Map<String, List<Double>> optional,
            Map<String, List<String>> texts,
            @Nullable Stimuli stimuli) {
        public ScenarioPlan {
            texts = java.util.Collections.unmodifiableMap(new TreeMap<>(texts));
            parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
            optional = java.util.Collections.unmodifiableMap(new TreeMap<>(optional));
            if (!(stopSeconds > 0)) {
                throw new IllegalArgumentException("A scenario needs a stop time > 0");
            }
        }

        /** A scenario whose parameters are numbers. */
        public ScenarioPlan(
                int number,
                double stopSeconds,
                Map<String, List<Double>> parameters,
                Map<String, List<Double>> optional,
                @Nullable Stimuli stimuli) {
            this(number, stopSeconds, parameters, optional, Map.of(), stimuli);
        }
    }

    /**
     * Inputs over time; a value holds from its time until the next.
     *
     * @param signals {@code /FMU/Variable} or the name of an input
     * @param rows time in seconds, then a value per signal; times ascend
     */
    public record Stimuli(List<String> signals, List<List<Double>> rows) {
        public Stimuli {
            signals = List.copyOf(signals);
            rows = List.copyOf(rows);
        }
    }
}
