package org.voltwin.cosim.fmu;

import java.util.List;
import java.util.Optional;

/**
 * What a modelDescription.xml says, as far as the importer needs it.
 *
 * @param token the instantiation token the library wants back
 * @param identifier name of the shared library without its ending
 * @param hasState whether the model supports fmi3GetFMUState and fmi3SetFMUState
 */
public record ModelDescription(
        String modelName, String token, String identifier, boolean hasState, List<ModelVariable> variables) {
    public ModelDescription {
        variables = List.copyOf(variables);
    }

    public Optional<ModelVariable> variable(String name) {
        return variables.stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst();
    }
}
