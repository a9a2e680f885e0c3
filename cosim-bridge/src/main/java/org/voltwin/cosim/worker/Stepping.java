package org.voltwin.cosim.worker;

import java.util.Map;
import java.util.TreeMap;
import org.voltwin.cosim.coupling.CouplingMethod;

/**
 * How a plan's systems are stepped.
 *
 * @param relativeTolerance of adaptive communication steps, &gt; 0; 0 for fixed steps
 * @param shortestStepSeconds of adaptive steps, &gt; 0
 * @param stepsPerStep own steps of an FMU within one communication step, by FMU; 1 for those not named
 * @param realTimeFactor simulated seconds per wall-clock second, &gt; 0; 1e300 for as fast as possible
 * @param scenariosApart whether each scenario's time begins at 0 and a failed one does not end the others
 */
public record Stepping(
        CouplingMethod method,
        double relativeTolerance,
        double shortestStepSeconds,
        Map<String, Integer> stepsPerStep,
        double realTimeFactor,
        boolean scenariosApart) {
    /** Iterated loops, fixed steps, as fast as possible, scenarios one after the other. */
    public static final Stepping USUAL = new Stepping(CouplingMethod.ITERATED, 0, 1e-6, Map.of(), 1e300, false);

    public Stepping {
        stepsPerStep = java.util.Collections.unmodifiableMap(new TreeMap<>(stepsPerStep));
        boolean steps = stepsPerStep.values().stream().allMatch(count -> count >= 1 && count <= 1_000_000);
        if (!(relativeTolerance >= 0) || !(shortestStepSeconds > 0) || !(realTimeFactor > 0) || !steps) {
            throw new IllegalArgumentException("Tolerance " + relativeTolerance + ", shortest step "
                    + shortestStepSeconds + " s, real-time factor " + realTimeFactor + ", steps " + stepsPerStep);
        }
    }

    /** The same for scenarios that have nothing to do with each other. */
    public Stepping apart() {
        return new Stepping(method, relativeTolerance, shortestStepSeconds, stepsPerStep, realTimeFactor, true);
    }
}
