package org.voltwin.cosim.coupling;

/**
 * The value of one signal that closes a loop, sought so that the system answers with the value it was given. Secant
 * steps, kept inside a bracket once there is one, and halved when the bracket shrinks too slowly: a regulator that
 * hits its current limit is a kink on which the secant alone runs away.
 */
final class LoopVariable {
    private static final double RELATIVE = 1e-12;

    private double value;
    private double slope = Double.NaN;
    private double lastValue = Double.NaN;
    private double lastResidual = Double.NaN;
    private double above = Double.NaN;
    private double below = Double.NaN;
    private double widthBefore = Double.POSITIVE_INFINITY;

    void save(Memory memory) {
        memory.put(value).put(slope);
    }

    void load(Memory memory) {
        start(memory.nextDouble());
        slope = memory.nextDouble();
    }

    double value() {
        return value;
    }

    /** Starts a new search from a value; the slope known from the step before is a good first guess. */
    void start(double from) {
        value = from;
        lastValue = Double.NaN;
        lastResidual = Double.NaN;
        above = Double.NaN;
        below = Double.NaN;
        widthBefore = Double.POSITIVE_INFINITY;
    }

    /** Takes the system's answer; true when it is the value asked for. Otherwise {@link #value} is the next try. */
    boolean answer(double given, double tolerance) {
        double residual = given - value;
        if (Math.abs(residual) <= tolerance) {
            return true;
        }
        if (residual > 0) {
            above = value;
        } else {
            below = value;
        }
        if (!Double.isNaN(lastValue) && value != lastValue) {
            slope = (residual - lastResidual) / (value - lastValue);
        }
        lastValue = value;
        lastResidual = residual;
        boolean bracketed = !Double.isNaN(above) && !Double.isNaN(below);
        double next = Double.isNaN(slope) || slope >= -RELATIVE ? given : value - residual / slope;
        if (bracketed) {
            double low = Math.min(above, below);
            double high = Math.max(above, below);
            if (high - low <= RELATIVE * Math.max(1, Math.abs(value))) {
                return true;
            }
            boolean slow = high - low > widthBefore / 2;
            widthBefore = high - low;
            if (slow || !(next > low && next < high)) {
                next = low + (high - low) / 2;
            }
        }
        value = next;
        return false;
    }
}
