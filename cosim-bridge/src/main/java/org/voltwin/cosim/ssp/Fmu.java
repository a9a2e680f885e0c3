package org.voltwin.cosim.ssp;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.UnitDefinitions;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.cosim.fmu.ModelDescription;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;

/**
 * The FMU of a component, as its model description describes it.
 *
 * @param name what it is called in the run
 * @param variables by their names and aliases
 */
record Fmu(String name, Map<String, ModelVariable> variables, UnitDefinitions units) {
    /** Reads it; refused as an FMU is, with the component in the cause. */
    static Fmu read(Path file, String name, String component) {
        return switch (FmuArchive.describe(file)) {
            case Outcome.Ok<ModelDescription> ok -> new Fmu(name, variables(ok.value()), UnitDefinitions.of(file));
            case Outcome.Refused<ModelDescription> refused -> {
                Failure failure = refused.failure();
                throw new RefusedException(Failure.permanent(
                        failure.code(),
                        "The FMU of component '" + component + "': " + failure.cause(),
                        failure.remedy()));
            }
        };
    }

    private static Map<String, ModelVariable> variables(ModelDescription description) {
        Map<String, ModelVariable> variables = new HashMap<>();
        for (ModelVariable variable : description.variables()) {
            variables.put(variable.name(), variable);
            variable.aliases().forEach(alias -> variables.put(alias, variable));
        }
        return variables;
    }

    Optional<ModelVariable> variable(String variable) {
        return Optional.ofNullable(variables.get(variable));
    }

    @Nullable Quantity unit(ModelVariable variable) {
        return Quantity.of(variable.unit(), units);
    }

    boolean isDifference(ModelVariable variable) {
        return units.relative(variable.name());
    }
}
