package org.voltwin.cosim.fmu;

import java.util.Set;
import java.util.TreeSet;

/**
 * The functions that the importer may call for a description. The standards demand all functions of a library, but
 * many libraries leave out those that they say they do not support, and run.
 */
final class CalledFunctions {
    private static final Set<String> ALWAYS_2 = Set.of(
            "fmi2Instantiate",
            "fmi2FreeInstance",
            "fmi2SetupExperiment",
            "fmi2EnterInitializationMode",
            "fmi2ExitInitializationMode",
            "fmi2Terminate",
            "fmi2DoStep");
    private static final Set<String> ALWAYS_3 = Set.of(
            "fmi3InstantiateCoSimulation",
            "fmi3FreeInstance",
            "fmi3EnterInitializationMode",
            "fmi3ExitInitializationMode",
            "fmi3Terminate",
            "fmi3DoStep");
    private static final Set<String> STATE_2 = Set.of("fmi2GetFMUstate", "fmi2SetFMUstate", "fmi2FreeFMUstate");
    private static final Set<String> STATE_3 = Set.of("fmi3GetFMUState", "fmi3SetFMUState", "fmi3FreeFMUState");
    private static final Set<String> EVENTS =
            Set.of("fmi3EnterEventMode", "fmi3UpdateDiscreteStates", "fmi3EnterStepMode");

    private CalledFunctions() {}

    static Set<String> of(ModelDescription description) {
        boolean second = description.version() == FmiVersion.V2;
        Set<String> called = new TreeSet<>(second ? ALWAYS_2 : ALWAYS_3);
        if (description.hasState()) {
            called.addAll(second ? STATE_2 : STATE_3);
        }
        if (description.capabilities().eventMode()) {
            called.addAll(EVENTS);
        }
        for (ModelVariable variable : description.variables()) {
            String type = variable.type().functionSuffix(description.version());
            if (variable.isOutput()) {
                called.add((second ? "fmi2Get" : "fmi3Get") + type);
            }
            if (variable.isInput() || variable.isParameter()) {
                called.add((second ? "fmi2Set" : "fmi3Set") + type);
            }
        }
        return called;
    }
}
