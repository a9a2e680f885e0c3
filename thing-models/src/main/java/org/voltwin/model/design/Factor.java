package org.voltwin.model.design;

import org.voltwin.model.quantity.Unit;

/**
 * What an experiment varies.
 *
 * @param name a scenario parameter: {@code C_Rate}, {@code Ambient_Temperature}, {@code Initial_SoC}
 * @param unit unit of the range
 * @param low lowest value, below {@code high}
 * @param high highest value
 * @param levels number of values in a factorial design, at least 2
 */
public record Factor(String name, Unit unit, double low, double high, int levels) {}
