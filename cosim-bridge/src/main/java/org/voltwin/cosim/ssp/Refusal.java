package org.voltwin.cosim.ssp;

import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** Why a system structure cannot be run. {@link SspFile} puts the file's name before the cause. */
final class Refusal {
    private Refusal() {}

    /** Against the standard. */
    static RefusedException malformed(String cause) {
        return refusal(
                "ssp.malformed",
                cause,
                "Give a System Structure Description of SSP 1.0 or 2.0 whose components are FMUs for co-simulation.");
    }

    /** Allowed by the standard, but nothing that can be run here. */
    static RefusedException unsupported(String cause, String remedy) {
        return refusal("ssp.unsupported", cause, remedy);
    }

    /** A connection of two connectors that does not say which of them drives. */
    static RefusedException direction(String cause) {
        return refusal(
                "ssp.direction",
                cause,
                "Declare kinds that SSP's table of allowed connections has, and that the FMUs' causalities agree with.");
    }

    static RefusedException units(String cause) {
        return refusal(
                "ssp.unit_mismatch",
                cause,
                "Give both units with their BaseUnit and of the same quantity, or set suppressUnitConversion.");
    }

    /** A value that its parameter cannot have. */
    static RefusedException value(String cause, String remedy) {
        return refusal("ssp.parameter_mismatch", cause, remedy);
    }

    private static RefusedException refusal(String code, String cause, String remedy) {
        String ended = cause.replaceAll("\\.+$", "."); // messages of parsers have their own end
        return new RefusedException(Failure.permanent(code, ended, remedy));
    }
}
