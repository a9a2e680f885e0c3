package org.voltwin.cosim.coupling;

import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.fmi.CallProgram;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * A connection of numbers between two parts, scalar or array, with the conversion of units and the linear
 * transformation as one line. Its numbers have a place in the system's memory.
 */
final class Link {
    private final int source;
    private final int target;
    private final SteppedModel from;
    private final SteppedModel to;
    private final ModelVariable output;
    private final ModelVariable input;
    private final double factor;
    private final double offset;
    private final int place;

    /** A connection between the parts with these indexes. */
    Link(int source, Part from, int target, Part to, Connection connection, int place) {
        this.source = source;
        this.target = target;
        this.place = place;
        this.from = from.model();
        this.to = to.model();
        output = from.description().variable(connection.fromVariable()).orElseThrow();
        input = to.description().variable(connection.toVariable()).orElseThrow();
        factor = connection.factor();
        offset = connection.offset();
        if (output.size() != input.size()) {
            throw new RefusedException(Failure.permanent(
                    "connections.shape_mismatch",
                    "/" + from.name() + "/" + output.name() + " has " + output.size() + " values and drives /"
                            + to.name() + "/" + input.name() + ", which has " + input.size() + ".",
                    "Set the structural parameters so that both have the same size."));
        }
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
        return output.size();
    }

    /** Where its numbers stand. */
    int place() {
        return place;
    }

    /** Has a program put what the input would get into the memory. */
    void read(CallProgram program) {
        program.get(from, output, place, factor, offset);
    }

    /** Has a program give the input the numbers in the memory. */
    void write(CallProgram program) {
        program.set(to, input, place);
    }

    /** Has a program give the input the slope of the output, where the models know such. */
    void slope(CallProgram program) {
        if (isSmooth(output) && isSmooth(input)) {
            program.slope(from, output, to, input, factor);
        }
    }

    private static boolean isSmooth(ModelVariable variable) {
        return variable.type() == ModelVariable.Type.FLOAT64
                && variable.dimensions().isEmpty()
                && variable.variability().equals("continuous");
    }

    /** From the output to the input. */
    void carry(CallProgram program) {
        read(program);
        write(program);
    }
}
