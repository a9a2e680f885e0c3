package org.voltwin.cosim.fmu;

import org.jspecify.annotations.Nullable;

/**
 * A variable of a model description.
 *
 * @param valueReference 0 to 2^32 - 1
 * @param causality input, output, parameter, independent, local, ...
 * @param unit as written in the description; null when there is none
 * @param size number of values: 1 for a scalar
 */
public record ModelVariable(
        String name,
        long valueReference,
        Type type,
        String causality,
        @Nullable String unit,
        int size) {
    /** The types the importer moves; everything else is only known by name. */
    public enum Type {
        FLOAT64,
        INT32,
        BOOLEAN,
        OTHER
    }

    public boolean isInput() {
        return causality.equals("input");
    }

    public boolean isOutput() {
        return causality.equals("output");
    }

    public boolean isParameter() {
        return causality.equals("parameter") || causality.equals("structuralParameter");
    }
}
