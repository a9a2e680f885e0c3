package org.voltwin.cosim.fmi;

/** One run of a {@link CallProgram}: what its steps are asked, and what they answered together. */
final class Course {
    double nowSeconds;
    double stepSeconds;
    boolean timed;
    double reachedSeconds;
    boolean terminate;

    void begin(double now, double step, boolean time) {
        nowSeconds = now;
        stepSeconds = step;
        timed = time;
        reachedSeconds = Double.POSITIVE_INFINITY;
        terminate = false;
    }

    /** True when the model went all the way. */
    boolean take(StepAnswer answer) {
        terminate |= answer.terminate();
        if (answer.early()) {
            reachedSeconds = Math.min(reachedSeconds, answer.reachedSeconds());
        }
        return !answer.early();
    }
}
