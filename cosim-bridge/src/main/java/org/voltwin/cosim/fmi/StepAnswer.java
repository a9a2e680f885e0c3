package org.voltwin.cosim.fmi;

/**
 * What fmi3DoStep answered.
 *
 * @param reachedSeconds time up to which the model could step
 * @param early whether that is before the time asked for
 * @param terminate whether the model asks to end the simulation
 */
public record StepAnswer(double reachedSeconds, boolean early, boolean terminate) {}
