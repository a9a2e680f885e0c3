package org.voltwin.model.telemetry;

import org.voltwin.model.quantity.Unit;

/**
 * A column of samples.
 *
 * @param name one of {@link Variables} where it fits
 * @param unit unit of the values as sent
 */
public record Column(String name, Unit unit, Direction direction) {}
