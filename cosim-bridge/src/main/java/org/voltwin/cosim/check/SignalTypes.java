package org.voltwin.cosim.check;

import org.voltwin.cosim.fmu.ModelVariable.Type;

/** Which types of outputs may drive which types of inputs: those that lose nothing but digits. */
final class SignalTypes {
    private SignalTypes() {}

    static boolean fit(Type output, Type input) {
        if (output == input) {
            return true;
        }
        if (!output.isNumeric() || !input.isNumeric()) {
            return false;
        }
        if (input.isReal()) {
            return true;
        }
        // a whole number that is too large for its input is refused while it runs; a fraction always would be
        return !output.isReal() && input != Type.BOOLEAN;
    }
}
