package org.voltwin.cosim.worker;

import java.util.List;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** Sets parameters, and start values of inputs, before initialisation. */
final class StartValues {
    private final List<Part> parts;

    StartValues(List<Part> parts) {
        this.parts = parts;
    }

    /** Refused with {@code parameter.unknown} when no model has it. */
    void require(String name, List<Double> values) {
        if (!offer(name, values)) {
            throw new RefusedException(Failure.permanent(
                    "parameter.unknown",
                    "No model has a parameter '" + name + "'.",
                    "Use a parameter of the models, as Variable or /FMU/Variable, or models that have this one."));
        }
    }

    /** Sets it in every model that has it; true when there was one. */
    boolean offer(String name, List<Double> values) {
        boolean set = false;
        for (Part part : parts) {
            for (ModelVariable variable : part.description().variables()) {
                boolean meant = variable.name().equals(name) || name.equals("/" + part.name() + "/" + variable.name());
                if (meant && (variable.isParameter() || variable.isInput())) {
                    set(part, variable, values);
                    set = true;
                }
            }
        }
        return set;
    }

    private static void set(Part part, ModelVariable variable, List<Double> values) {
        if (!variable.type().isNumeric() || values.size() != variable.size()) {
            throw new RefusedException(Failure.permanent(
                    "parameter.wrong_size",
                    "Parameter '" + variable.name() + "' of " + part.name() + " takes " + variable.size()
                            + " values of the type " + variable.type() + " but " + values.size() + " are given.",
                    "Give as many numbers as the array has elements."));
        }
        part.model()
                .writeNumbers(
                        variable.type(),
                        variable.valueReference(),
                        values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
