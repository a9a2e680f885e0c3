package org.voltwin.cosim.coupling;

import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.quantity.Unit;

/** A connection between two parts; a value is converted when the units differ. */
record Link(int source, ModelVariable output, int target, ModelVariable input) {
    double converted(double value) {
        String from = output.unit();
        String to = input.unit();
        if (from == null || to == null || from.equals(to)) {
            return value;
        }
        return Unit.parse(to)
                .orElseThrow()
                .fromInside(Unit.parse(from).orElseThrow().toInside(value));
    }
}
