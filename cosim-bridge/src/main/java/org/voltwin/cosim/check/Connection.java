package org.voltwin.cosim.check;

/**
 * One connection of two signals.
 *
 * @param fromFmu name of the FMU whose output drives
 * @param toFmu name of the FMU whose input is driven
 */
public record Connection(String fromFmu, String fromVariable, String toFmu, String toVariable) {}
