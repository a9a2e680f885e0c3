package org.voltwin.cosim.check.binary;

import java.util.List;
import java.util.stream.Stream;

/** The functions that the standards demand of every co-simulation library (fmi2Functions.h, fmi3Functions.h). */
final class StandardFunctions {
    private static final List<String> SECOND = List.of(
            "GetTypesPlatform",
            "GetVersion",
            "SetDebugLogging",
            "Instantiate",
            "FreeInstance",
            "SetupExperiment",
            "EnterInitializationMode",
            "ExitInitializationMode",
            "Terminate",
            "Reset",
            "GetReal",
            "GetInteger",
            "GetBoolean",
            "GetString",
            "SetReal",
            "SetInteger",
            "SetBoolean",
            "SetString",
            "GetFMUstate",
            "SetFMUstate",
            "FreeFMUstate",
            "SerializedFMUstateSize",
            "SerializeFMUstate",
            "DeSerializeFMUstate",
            "GetDirectionalDerivative",
            "SetRealInputDerivatives",
            "GetRealOutputDerivatives",
            "DoStep",
            "CancelStep",
            "GetStatus",
            "GetRealStatus",
            "GetIntegerStatus",
            "GetBooleanStatus",
            "GetStringStatus");
    private static final List<String> TYPES = List.of(
            "Float32", "Float64", "Int8", "UInt8", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Boolean",
            "String", "Binary", "Clock");
    private static final List<String> THIRD = List.of(
            "GetVersion",
            "SetDebugLogging",
            "InstantiateCoSimulation",
            "FreeInstance",
            "EnterInitializationMode",
            "ExitInitializationMode",
            "EnterEventMode",
            "Terminate",
            "Reset",
            "GetNumberOfVariableDependencies",
            "GetVariableDependencies",
            "GetFMUState",
            "SetFMUState",
            "FreeFMUState",
            "SerializedFMUStateSize",
            "SerializeFMUState",
            "DeserializeFMUState",
            "GetDirectionalDerivative",
            "GetAdjointDerivative",
            "EnterConfigurationMode",
            "ExitConfigurationMode",
            "GetIntervalDecimal",
            "GetIntervalFraction",
            "GetShiftDecimal",
            "GetShiftFraction",
            "SetIntervalDecimal",
            "SetIntervalFraction",
            "SetShiftDecimal",
            "SetShiftFraction",
            "EvaluateDiscreteStates",
            "UpdateDiscreteStates",
            "EnterStepMode",
            "GetOutputDerivatives",
            "DoStep");

    private StandardFunctions() {}

    /** @param version 2 or 3 */
    static List<String> of(int version) {
        if (version == 2) {
            return SECOND.stream().map(name -> "fmi2" + name).toList();
        }
        Stream<String> values = TYPES.stream().flatMap(type -> Stream.of("Get" + type, "Set" + type));
        return Stream.concat(THIRD.stream(), values).map(name -> "fmi3" + name).toList();
    }
}
