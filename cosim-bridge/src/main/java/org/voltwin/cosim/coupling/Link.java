package org.voltwin.cosim.coupling;

import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.cosim.fmu.ModelVariable.Type;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * A connection of numbers between two parts, scalar or array, with the conversion of units and the linear
 * transformation as one line.
 */
final class Link {
    private final int source;
    private final int target;
    private final SteppedModel from;
    private final SteppedModel to;
    private final ModelVariable output;
    private final ModelVariable input;
    private final long outputReference;
    private final long inputReference;
    private final double factor;
    private final double offset;
    private final boolean plain;
    private final double[] values;

    /** A connection between the parts with these indexes. */
    Link(int source, Part from, int target, Part to, Connection connection) {
        this.source = source;
        this.target = target;
        this.from = from.model();
        this.to = to.model();
        output = from.description().variable(connection.fromVariable()).orElseThrow();
        input = to.description().variable(connection.toVariable()).orElseThrow();
        outputReference = output.valueReference();
        inputReference = input.valueReference();
        factor = connection.factor();
        offset = connection.offset();
        plain = output.type() == Type.FLOAT64
                && input.type() == Type.FLOAT64
                && output.dimensions().isEmpty()
                && input.dimensions().isEmpty();
        if (output.size() != input.size()) {
            throw new RefusedException(Failure.permanent(
                    "connections.shape_mismatch",
                    "/" + from.name() + "/" + output.name() + " has " + output.size() + " values and drives /"
                            + to.name() + "/" + input.name() + ", which has " + input.size() + ".",
                    "Set the structural parameters so that both have the same size."));
        }
        values = new double[output.size()];
    }

    int source() {
        return source;
    }

    int target() {
        return target;
    }

    ModelVariable output() {
        return output;
    }

    /** How many numbers it carries. */
    int width() {
        return values.length;
    }

    /** Puts what the input would get into {@code into}, from {@code at} on. */
    void read(double[] into, int at) {
        if (plain) {
            into[at] = factor * from.get(outputReference) + offset;
            return;
        }
        from.readNumbers(output.type(), outputReference, values);
        for (int i = 0; i < values.length; i++) {
            into[at + i] = factor * values[i] + offset;
        }
    }

    /** Gives the input the numbers from {@code at} on. */
    void write(double[] numbers, int at) {
        if (plain) {
            to.set(inputReference, numbers[at]);
            return;
        }
        System.arraycopy(numbers, at, values, 0, values.length);
        give();
    }

    /** From the output to the input. */
    void carry() {
        if (plain) {
            to.set(inputReference, factor * from.get(outputReference) + offset);
            return;
        }
        read(values, 0);
        give();
    }

    private void give() {
        if (!input.type().isReal()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = whole(values[i]);
            }
        }
        to.writeNumbers(input.type(), inputReference, values);
    }

    /** While a loop is iterated, values lie between those that a whole number can have. */
    private double whole(double value) {
        return input.type() == Type.BOOLEAN ? value >= 0.5 ? 1 : 0 : Math.rint(value);
    }
}
