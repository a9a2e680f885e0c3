package org.voltwin.cosim.check;

import java.util.Optional;
import org.voltwin.model.quantity.Unit;

/**
 * The conversion of a value from one unit into another: wanted = factor * given + offset.
 *
 * @param factor not 0
 */
public record UnitLine(double factor, double offset) {
    public static final UnitLine NONE = new UnitLine(1, 0);

    /** What is known of two units. */
    public sealed interface Answer {
        record Line(UnitLine line) implements Answer {}

        /** At least one of them has no definition. */
        record Unknown() implements Answer {}

        /** They measure different quantities. */
        record OtherQuantity() implements Answer {}
    }

    /**
     * Converts by the FMUs' own definitions; where one of them has none, by the units that messages may have.
     *
     * @param difference whether the signals are differences (FMI's relativeQuantity): then offsets do not count, so 1 K
     *     is 1 degC
     */
    public static Answer between(
            Optional<UnitDefinitions.Base> given,
            String givenName,
            Optional<UnitDefinitions.Base> wanted,
            String wantedName,
            boolean difference) {
        if (given.isPresent() && wanted.isPresent()) {
            UnitDefinitions.Base from = given.get();
            UnitDefinitions.Base to = wanted.get();
            if (!from.exponents().equals(to.exponents())) {
                return new Answer.OtherQuantity();
            }
            double offset = difference ? 0 : (from.offset() - to.offset()) / to.factor();
            return new Answer.Line(new UnitLine(from.factor() / to.factor(), offset));
        }
        if (givenName.equals(wantedName)) {
            return new Answer.Line(NONE);
        }
        Optional<Unit> known = Unit.parse(givenName);
        Optional<Unit> asked = Unit.parse(wantedName);
        if (known.isEmpty() || asked.isEmpty()) {
            return new Answer.Unknown();
        }
        if (known.get().inside() != asked.get().inside()) {
            return new Answer.OtherQuantity();
        }
        double zero = asked.get().fromInside(known.get().toInside(0));
        double one =
                asked.get().fromInside(known.get().toInside(1) - known.get().toInside(0))
                        - asked.get().fromInside(0);
        return new Answer.Line(new UnitLine(one, difference ? 0 : zero));
    }
}
