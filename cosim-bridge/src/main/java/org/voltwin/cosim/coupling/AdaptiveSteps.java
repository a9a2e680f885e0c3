package org.voltwin.cosim.coupling;

import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Communication steps whose length follows from the signals: an input held over a step in which its source moves by d
 * is wrong by d / 2 on average, and that is kept below the tolerance. A step that was too long is taken back. Halving
 * the tolerance about halves the step and the error.
 */
public final class AdaptiveSteps {
    private static final double SAFETY = 0.9;
    private static final double SHRINK = 0.1;
    private static final double GROW = 2;

    private final CoupledSystem system;
    private final double relativeTolerance;
    private final double shortestSeconds;
    private final double longestSeconds;
    private double nextSeconds;

    /**
     * Steps for an initialised system.
     *
     * @param relativeTolerance of a signal's size, at least of 1 in its unit; &gt; 0
     * @param shortestSeconds steps of this length are taken whatever the signals do; &gt; 0
     */
    public AdaptiveSteps(
            CoupledSystem system, double relativeTolerance, double shortestSeconds, double longestSeconds) {
        if (!system.canGoBack()) {
            throw new RefusedException(Failure.permanent(
                    "cosim.adaptive_without_state",
                    "Adaptive steps take steps back, but not all models can go back to an earlier state"
                            + " (canGetAndSetFMUState).",
                    "Export the models with canGetAndSetFMUState, or give a fixed step."));
        }
        this.system = system;
        this.relativeTolerance = relativeTolerance;
        this.shortestSeconds = shortestSeconds;
        this.longestSeconds = longestSeconds;
        nextSeconds = Math.min(longestSeconds, shortestSeconds * 10);
    }

    public void save(Memory memory) {
        memory.put(nextSeconds);
    }

    /** Goes on with what {@link #save} put. */
    public void load(Memory memory) {
        nextSeconds = memory.nextDouble();
    }

    /** One accepted step, to at most {@code untilSeconds}; answers the time reached. */
    public double stepTo(double untilSeconds) {
        double[] before = system.signals();
        double now = system.timeSeconds();
        while (true) {
            double asked = Math.min(nextSeconds, untilSeconds - now);
            boolean rest = now + asked * (1 + 1e-9) >= untilSeconds;
            double reached = system.stepTo(rest ? untilSeconds : now + asked);
            double taken = reached - now;
            double error = error(before, system.signals());
            double factor = error == 0 ? GROW : Math.clamp(SAFETY / error, SHRINK, GROW);
            if (error <= 1 || taken <= shortestSeconds * (1 + 1e-9)) {
                // a step cut off by the end of the interval says nothing against longer ones
                double base = rest ? Math.max(taken, nextSeconds) : taken;
                nextSeconds = Math.clamp(base * factor, shortestSeconds, longestSeconds);
                return reached;
            }
            nextSeconds = Math.clamp(taken * factor, shortestSeconds, longestSeconds);
            system.undo();
        }
    }

    private double error(double[] before, double[] after) {
        double worst = 0;
        for (int i = 0; i < after.length; i++) {
            double size = Math.max(1, Math.max(Math.abs(before[i]), Math.abs(after[i])));
            worst = Math.max(worst, Math.abs(after[i] - before[i]) / 2 / (relativeTolerance * size));
        }
        return worst;
    }
}
