package org.voltwin.cosim.ssp;

import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.cosim.fmu.ModelVariable.Type;

/** A connector of a node, declared or not. */
record Port(Node node, String name) {
    @Override
    public String toString() {
        return "'" + (node.path().isEmpty() ? "" : node.path() + ".") + name + "'";
    }

    boolean isComponent() {
        return node.fmu() != null;
    }

    /** The unit that the description declares. */
    @Nullable Quantity declared() {
        return node.connector(name).unit();
    }

    /** The unit of the FMU's variable. */
    @Nullable Quantity own() {
        Fmu fmu = node.fmu();
        return fmu == null
                ? null
                : fmu.variable(name).map(variable -> fmu.unit(variable)).orElse(null);
    }

    /** What its FMU is called in the run; its path where it is no component. */
    String fmuName() {
        Fmu fmu = node.fmu();
        return fmu == null ? node.path() : fmu.name();
    }

    /** Whether its values can be multiplied; false only where the FMU says so. */
    boolean isScalable() {
        return node.variable(name)
                .map(ModelVariable::type)
                .map(type -> type.isNumeric() && type != Type.BOOLEAN && type != Type.ENUMERATION)
                .orElse(true);
    }

    boolean isDifference() {
        Fmu fmu = node.fmu();
        return fmu != null && fmu.variable(name).map(fmu::isDifference).orElse(false);
    }

    /** What the description declares and the FMU says, which must not contradict each other. */
    Kind kind() {
        Kind declared = node.connector(name).kind();
        Kind real = node.variable(name).map(Port::causality).orElse(Kind.UNSPECIFIED);
        if (!declared.fits(real)) {
            throw Refusal.direction("Connector " + this + " is declared as " + declared.text()
                    + ", but the variable of its FMU is " + real.text() + ".");
        }
        return real == Kind.UNSPECIFIED ? declared : real;
    }

    private static Kind causality(ModelVariable variable) {
        return Kind.parse(variable.causality()).orElse(Kind.LOCAL); // the independent variable can be read like one
    }
}
