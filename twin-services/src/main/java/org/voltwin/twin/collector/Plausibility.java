package org.voltwin.twin.collector;

import java.util.Optional;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;

/**
 * Says which values cannot be true. The limits are far outside of what a battery laboratory can measure, so that only
 * broken channels are caught, never a real event: nothing is colder than absolute zero; lithium-ion cells in thermal
 * runaway stay below 1500 degC; the largest packs stay below 2000 V and 10 kA.
 */
final class Plausibility {
    private static final double ABSOLUTE_ZERO_CELSIUS = -273.15;
    private static final double HOTTEST_CELSIUS = 1500;
    private static final double HIGHEST_VOLTS = 2000;
    private static final double LARGEST_AMPERES = 10_000;
    private static final double LEAST_FRACTION = -0.05;
    private static final double MOST_CHARGE_FRACTION = 1.05;

    private Plausibility() {}

    /** Why the value cannot be true, in words without dots (the store counts by it); empty when it can. */
    static Optional<String> objection(Column column, double insideValue) {
        if (!Double.isFinite(insideValue)) {
            return Optional.of("not a finite number");
        }
        return switch (column.unit().inside()) {
            case CELSIUS ->
                insideValue < ABSOLUTE_ZERO_CELSIUS
                        ? Optional.of("colder than absolute zero")
                        : above(insideValue, HOTTEST_CELSIUS, "hotter than 1500 degC");
            case VOLT -> above(Math.abs(insideValue), HIGHEST_VOLTS, "beyond 2000 V");
            case AMPERE -> above(Math.abs(insideValue), LARGEST_AMPERES, "beyond 10000 A");
            case FRACTION ->
                column.name().startsWith(Variables.SOC)
                                && (insideValue < LEAST_FRACTION || insideValue > MOST_CHARGE_FRACTION)
                        ? Optional.of("state of charge outside of -5 % to 105 %")
                        : Optional.empty();
            case MILLIAMPERE,
                    MILLIVOLT,
                    KELVIN,
                    CELSIUS_DIFFERENCE,
                    OHM,
                    MILLIOHM,
                    AMPERE_HOUR,
                    MILLIAMPERE_HOUR,
                    PERCENT,
                    WATT,
                    WATT_HOUR,
                    SECOND,
                    MINUTE,
                    HOUR,
                    PER_HOUR,
                    KELVIN_PER_MINUTE,
                    KILOMETRE,
                    CUBIC_METRE,
                    METRE_PER_SQUARE_SECOND,
                    KILOPASCAL,
                    COUNT -> Optional.empty();
        };
    }

    private static Optional<String> above(double value, double limit, String reason) {
        return value > limit ? Optional.of(reason) : Optional.empty();
    }
}
