package org.voltwin.cosim.coupling;

import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmu.ModelDescription;

/**
 * One model of a coupled system.
 *
 * @param stepsPerStep own steps within one communication step, &gt;= 1; its inputs are held over them
 */
public record Part(String name, ModelDescription description, SteppedModel model, int stepsPerStep) {
    public Part {
        if (stepsPerStep < 1) {
            throw new IllegalArgumentException(name + " cannot take " + stepsPerStep + " steps");
        }
    }

    public Part(String name, ModelDescription description, SteppedModel model) {
        this(name, description, model, 1);
    }

    /** The same with another description: once structural parameters have been set. */
    public Part with(ModelDescription resized) {
        return new Part(name, resized, model, stepsPerStep);
    }
}
