package org.voltwin.doe.design;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.trust.Trust;
import org.voltwin.model.procedure.Scenario;

/**
 * A plan of an experiment.
 *
 * @param kind what was built
 * @param why why this design, in words
 * @param notes what a user should know before running it
 * @param runs new runs in the order to make them
 * @param hours on channels that the new runs take; 0 if the specification does not say how long a run takes
 * @param trust figures over new and existing runs
 */
public record StudyPlan(String kind, String why, List<String> notes, List<Run> runs, double hours, Trust trust) {
    public StudyPlan {
        notes = List.copyOf(notes);
        runs = List.copyOf(runs);
    }

    /**
     * One run.
     *
     * @param number from 1, in running order
     * @param block from 1
     * @param wholePlot from 1; 0 if nothing is hard to change
     * @param values by factor, in the factor's own unit, or a label
     */
    public record Run(int number, int block, int wholePlot, Map<String, Object> values) {}

    /** The runs as the pipeline and the co-simulation take them: inside units; labels as their index from 0. */
    public List<Scenario> scenarios(List<StudyFactor> factors) {
        List<Scenario> scenarios = new ArrayList<>();
        for (Run run : runs) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (StudyFactor factor : factors) {
                Object value = run.values().getOrDefault(factor.name(), Double.NaN);
                values.put(
                        factor.name(),
                        switch (factor) {
                            case StudyFactor.Quantity q -> q.unit().toInside((Double) value);
                            case StudyFactor.Categorical c ->
                                (double) c.labels().indexOf(String.valueOf(value));
                            case StudyFactor.Mixture m -> (Double) value;
                        });
            }
            scenarios.add(new Scenario(run.number(), values));
        }
        return scenarios;
    }

    /** Per run its whole plot; empty when nothing is hard to change. */
    public List<Integer> wholePlots() {
        List<Integer> plots = runs.stream().map(Run::wholePlot).toList();
        return plots.stream().allMatch(plot -> plot == 0) ? List.of() : plots;
    }

    /** A table: run, block, whole plot if any, and the factors with their units in brackets. */
    public String csv(List<StudyFactor> factors) {
        boolean plots = runs.stream().anyMatch(run -> run.wholePlot() > 0);
        StringBuilder table = new StringBuilder(plots ? "run,block,whole_plot" : "run,block");
        factors.forEach(factor -> table.append(',')
                .append(factor.name())
                .append(
                        switch (factor) {
                            case StudyFactor.Quantity q -> " [" + q.unit().symbol() + "]";
                            case StudyFactor.Categorical c -> "";
                            case StudyFactor.Mixture m -> " [1]";
                        }));
        table.append('\n');
        for (Run run : runs) {
            table.append(run.number()).append(',').append(run.block());
            if (plots) {
                table.append(',').append(run.wholePlot());
            }
            factors.forEach(factor -> table.append(',').append(run.values().get(factor.name())));
            table.append('\n');
        }
        return table.toString();
    }
}
