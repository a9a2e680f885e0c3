package org.voltwin.cosim.fmu;

/**
 * What the CoSimulation element says an FMU can do; false where it says nothing.
 *
 * @param state get and set of its state
 * @param serialisedState the state as bytes
 * @param directionalDerivatives of outputs with respect to inputs
 * @param variableStep steps of any length (canHandleVariableCommunicationStepSize)
 * @param eventMode FMI 3.0: events are handled apart from steps
 * @param onlyOnePerProcess no second instance in the same process
 * @param needsTool the FMU is a wrapper that starts a simulation tool
 * @param asynchronous FMI 2.0: a step may answer before it is done
 * @param outputSlopes first derivatives of outputs by time (maxOutputDerivativeOrder)
 * @param inputSlopes FMI 2.0: inputs that run on in a straight line within a step (canInterpolateInputs)
 */
public record Capabilities(
        boolean state,
        boolean serialisedState,
        boolean directionalDerivatives,
        boolean variableStep,
        boolean eventMode,
        boolean onlyOnePerProcess,
        boolean needsTool,
        boolean asynchronous,
        boolean outputSlopes,
        boolean inputSlopes) {
    /** Steps of any length and perhaps states, nothing else. */
    public static Capabilities withState(boolean state) {
        return new Capabilities(state, false, false, true, false, false, false, false, false, false);
    }
}
