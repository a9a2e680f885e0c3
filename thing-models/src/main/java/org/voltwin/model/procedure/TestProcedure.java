package org.voltwin.model.procedure;

import java.util.List;

/**
 * What a bench does to the unit under test.
 *
 * @param name the test's name in the catalogue
 * @param nominalCapacityAmpereHours capacity that C-rates refer to, &gt; 0
 * @param steps at least one
 * @param sampleIntervalSeconds distance of two samples in test time, &gt; 0
 */
public record TestProcedure(
        String name,
        double nominalCapacityAmpereHours,
        SafetyLimits limits,
        List<ProcedureStep> steps,
        double sampleIntervalSeconds) {
    public TestProcedure {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(nominalCapacityAmpereHours > 0) || !(sampleIntervalSeconds > 0)) {
            throw new IllegalArgumentException(
                    "Procedure '" + name + "' needs steps, a nominal capacity > 0 and a" + " sample interval > 0");
        }
    }

    /** An upper bound of the duration in test seconds, loops included. */
    public double maxTimeSeconds() {
        double[] endOf = new double[steps.size() + 1]; // time at the end of the steps before this one
        for (int i = 0; i < steps.size(); i++) {
            ProcedureStep step = steps.get(i);
            Integer loopTo = step.loopTo();
            Integer passes = step.loopPasses();
            double once = loopTo == null || passes == null
                    ? step.maxTimeSeconds()
                    : (passes - 1) * (endOf[i] - endOf[Math.min(loopTo - 1, i)]);
            endOf[i + 1] = endOf[i] + once;
        }
        return endOf[steps.size()];
    }
}
