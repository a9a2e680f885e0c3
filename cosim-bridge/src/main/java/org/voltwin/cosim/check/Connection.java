package org.voltwin.cosim.check;

/**
 * One connection of two signals: input = factor * output + offset.
 *
 * @param fromFmu name of the FMU whose output drives
 * @param toFmu name of the FMU whose input is driven
 * @param factor finite; as given by a file this is its linear transformation, and once the connection has been checked
 *     against the FMUs it holds the conversion of units too
 * @param offset finite, in the input's unit
 * @param convertUnits whether the check shall add the conversion of units
 */
public record Connection(
        String fromFmu,
        String fromVariable,
        String toFmu,
        String toVariable,
        double factor,
        double offset,
        boolean convertUnits) {
    public Connection {
        if (!Double.isFinite(factor) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException("A connection has the factor " + factor + " and the offset " + offset);
        }
    }

    public Connection(String fromFmu, String fromVariable, String toFmu, String toVariable) {
        this(fromFmu, fromVariable, toFmu, toVariable, 1, 0, true);
    }
}
