package org.voltwin.cosim.coupling;

import org.voltwin.cosim.fmu.ModelVariable;

/** A connection between two parts, with the conversion of units and the linear transformation as one line. */
record Link(int source, ModelVariable output, int target, ModelVariable input, double factor, double offset) {
    double converted(double value) {
        return factor * value + offset;
    }
}
