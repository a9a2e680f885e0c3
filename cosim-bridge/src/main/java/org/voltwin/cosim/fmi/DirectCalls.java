package org.voltwin.cosim.fmi;

import org.voltwin.cosim.fmu.FmiVersion;

/**
 * What calling a model's functions from native code takes, between its steps and in initialisation mode.
 *
 * @param stepAnswers address of 8 bytes of flags and of the time reached; 0 for FMI 2.0, which has only the status
 * @param afterStep told when there is something about a step that the native side does not settle
 */
record DirectCalls(Instance instance, FmiVersion version, SavedState state, long stepAnswers, AfterStep afterStep) {
    /** Looks at what a step has answered, and goes on with it where the model would have. */
    interface AfterStep {
        StepAnswer answer(int status, double nowSeconds, double stepSeconds);
    }
}
