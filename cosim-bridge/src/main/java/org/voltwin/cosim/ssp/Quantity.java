package org.voltwin.cosim.ssp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.UnitDefinitions;
import org.voltwin.cosim.check.UnitLine;

/**
 * A unit by name, with its definition in the file or FMU that uses it.
 *
 * @param base empty where the name is all that is known
 */
record Quantity(String name, Optional<UnitDefinitions.Base> base) {
    /** Null for no unit. */
    static @Nullable Quantity of(@Nullable String name, UnitDefinitions units) {
        return name == null || name.isBlank() ? null : new Quantity(name, units.unit(name));
    }

    /**
     * From one unit into another; nothing is converted where one of them is not known.
     *
     * @param difference whether the values are differences, so that offsets do not count
     * @param given for messages: what is in the first unit
     * @param wanted for messages: what is in the second
     */
    static Line line(@Nullable Quantity from, @Nullable Quantity to, boolean difference, String given, String wanted) {
        if (from == null || to == null) {
            return Line.NONE;
        }
        return switch (UnitLine.between(from.base, from.name, to.base, to.name, difference)) {
            case UnitLine.Answer.Line line ->
                new Line(line.line().factor(), line.line().offset());
            case UnitLine.Answer.Unknown unknown ->
                throw Refusal.units(given + " is in '" + from.name + "' and " + wanted + " in '" + to.name
                        + "', and no conversion between them is known.");
            case UnitLine.Answer.OtherQuantity other ->
                throw Refusal.units(given + " is in '" + from.name + "' but " + wanted + " is in '" + to.name
                        + "', which is another quantity.");
        };
    }
}
