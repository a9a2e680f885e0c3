package org.voltwin.cosim.fmu;

/** One dimension of an array. */
public sealed interface Dimension {
    /** Known from the description. */
    record Fixed(long size) implements Dimension {}

    /** As large as the structural parameter (or constant) with this value reference. */
    record ByParameter(long valueReference) implements Dimension {}
}
