package org.voltwin.cosim.coupling;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.fmi.StepAnswer;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmu.ModelDescription;
import org.voltwin.cosim.fmu.ModelVariable;

/** A model in Java: values 0 to inputs - 1 are inputs u1.., behind them the outputs y1..; its step is given as code. */
final class Scripted implements SteppedModel {
    interface Step {
        /** Changes the values; answers the time reached, which is earlier than now + step at an event. */
        double step(double[] values, double now, double step);
    }

    final List<Double> stepLengths = new ArrayList<>();
    private final Step code;
    private final int inputs;
    private final boolean feedthrough;
    private double[] values;
    private double[] saved = new double[0];

    Scripted(int inputs, boolean feedthrough, Step code, double... outputs) {
        this.inputs = inputs;
        this.feedthrough = feedthrough;
        this.code = code;
        values = new double[inputs + outputs.length];
        System.arraycopy(outputs, 0, values, inputs, outputs.length);
    }

    Part part(String name) {
        return part(name, true, 1);
    }

    Part part(String name, boolean state, int stepsPerStep) {
        List<ModelVariable> variables = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            variables.add(new ModelVariable(
                    i < inputs ? "u" + (i + 1) : "y" + (i - inputs + 1),
                    i,
                    ModelVariable.Type.FLOAT64,
                    i < inputs ? "input" : "output",
                    null,
                    1));
        }
        return new Part(name, new ModelDescription(name, "", name, state, variables), this, stepsPerStep);
    }

    static Connection link(String from, String to) {
        String[] source = from.split("\\.");
        String[] target = to.split("\\.");
        return new Connection(source[0], source[1], target[0], target[1]);
    }

    double output(int number) {
        return values[inputs + number - 1];
    }

    @Override
    public void enterInitialization(double startSeconds) {}

    @Override
    public void exitInitialization() {}

    @Override
    public double get(long valueReference) {
        if (feedthrough) {
            code.step(values, 0, 0);
        }
        return values[(int) valueReference];
    }

    @Override
    public void set(long valueReference, double value) {
        values[(int) valueReference] = value;
    }

    @Override
    public void readNumbers(ModelVariable.Type type, long valueReference, double[] into) {
        into[0] = get(valueReference);
    }

    @Override
    public void writeNumbers(ModelVariable.Type type, long valueReference, double... given) {
        set(valueReference, given[0]);
    }

    @Override
    public void readIntegers(ModelVariable.Type type, long valueReference, long[] into) {
        into[0] = (long) get(valueReference);
    }

    @Override
    public void writeIntegers(ModelVariable.Type type, long valueReference, long... given) {
        set(valueReference, given[0]);
    }

    @Override
    public String[] readStrings(long valueReference, int count) {
        return new String[] {String.valueOf(get(valueReference))};
    }

    @Override
    public void writeStrings(long valueReference, String... given) {
        set(valueReference, Double.parseDouble(given[0]));
    }

    @Override
    public byte[][] readBinaries(long valueReference, int count) {
        return new byte[count][];
    }

    @Override
    public void writeBinaries(long valueReference, byte[]... given) {}

    @Override
    public StepAnswer step(double nowSeconds, double stepSeconds) {
        stepLengths.add(stepSeconds);
        double reached = code.step(values, nowSeconds, stepSeconds);
        return new StepAnswer(reached, reached < nowSeconds + stepSeconds, false);
    }

    @Override
    public void saveState() {
        saved = values.clone();
    }

    @Override
    public void restoreState() {
        values = Arrays.copyOf(saved, saved.length);
    }

    @Override
    public byte[] serialisedState() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
        bytes.asDoubleBuffer().put(values);
        return bytes.array();
    }

    @Override
    public void restoreSerialised(byte[] state) {
        ByteBuffer.wrap(state).asDoubleBuffer().get(values);
    }

    @Override
    public void close() {}
}
