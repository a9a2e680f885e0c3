package org.voltwin.cosim.coupling;

import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.fmi.Fmi3Model;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.cosim.fmu.ModelVariable.Type;

/**
 * A connection of strings, binaries or clocks. It is carried over once before each step, not iterated, because nothing
 * lies between two of its values.
 */
final class Handover {
    private final SteppedModel from;
    private final SteppedModel to;
    private final ModelVariable output;
    private final ModelVariable input;
    private long ticks;

    Handover(Part from, Part to, Connection connection) {
        this.from = from.model();
        this.to = to.model();
        output = from.description().variable(connection.fromVariable()).orElseThrow();
        input = to.description().variable(connection.toVariable()).orElseThrow();
    }

    /** After the models got their states from elsewhere: ticks up to then have been carried. */
    void resume() {
        if (output.type() == Type.CLOCK && from instanceof Fmi3Model ticking) {
            ticks = ticking.ticks(output.valueReference());
        }
    }

    void carry() {
        long reference = input.valueReference();
        if (output.type() == Type.STRING) {
            to.writeStrings(reference, from.readStrings(output.valueReference(), output.size()));
        } else if (output.type() == Type.BINARY) {
            to.writeBinaries(reference, from.readBinaries(output.valueReference(), output.size()));
        } else if (from instanceof Fmi3Model ticking && to instanceof Fmi3Model ticked) {
            long now = ticking.ticks(output.valueReference());
            if (now > ticks) {
                ticked.tick(reference);
            }
            ticks = now;
        }
    }
}
