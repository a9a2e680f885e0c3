package org.voltwin.cosim.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.voltwin.cosim.coupling.Memory;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.telemetry.Variables;

/**
 * Reads the numeric outputs of the parts, small arrays value by value, and knows by their names those that mean something to an execution. Those are
 * read after every step ({@link #look}); all of them only for a row ({@link #read}).
 */
final class Recorder {
    private static final int PROCEDURE_DONE = 1;

    /** Values of an array that rows have; larger ones would make rows of thousands of columns. */
    private static final int LARGEST_ARRAY = 64;

    /** @param values of the whole variable, read for its first value and shared by all */
    private record Source(String fmu, SteppedModel model, ModelVariable variable, double[] values, int at) {
        double read() {
            if (variable.type() == ModelVariable.Type.FLOAT64 && values.length == 1) {
                return model.get(variable.valueReference());
            }
            if (at == 0) {
                model.readNumbers(variable.type(), variable.valueReference(), values);
            }
            return values[at];
        }

        /** Elements of arrays are counted from 1, row by row. */
        String name() {
            return variable.dimensions().isEmpty() ? variable.name() : variable.name() + "[" + (at + 1) + "]";
        }
    }

    private final Source[] sources;
    private final int[] looked;
    private final int finished;
    private final int stopReason;
    private final int step;
    private final int current;
    private final int voltage;
    private double[] last;
    private double[] spare;

    Recorder(List<Part> parts) {
        List<Source> found = new ArrayList<>();
        for (Part part : parts) {
            for (ModelVariable variable : part.description().variables()) {
                if (variable.isOutput() && variable.type().isNumeric() && variable.size() <= LARGEST_ARRAY) {
                    double[] values = new double[variable.size()];
                    for (int at = 0; at < values.length; at++) {
                        found.add(new Source(part.name(), part.model(), variable, values, at));
                    }
                }
            }
        }
        sources = found.toArray(Source[]::new);
        finished = index("Finished");
        stopReason = index("Stop_Reason");
        step = index(Variables.STEP);
        current = index(Variables.CURRENT);
        int terminal = index(Variables.TERMINAL_VOLTAGE);
        voltage = terminal >= 0 ? terminal : index(Variables.VOLTAGE);
        looked = IntStream.of(finished, stopReason, step, current, voltage)
                .filter(index -> index >= 0)
                .toArray();
        last = new double[sources.length];
        spare = new double[sources.length];
    }

    private int index(String name) {
        for (int i = 0; i < sources.length; i++) {
            if (sources[i].name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    List<RowObserver.Signal> signals() {
        return Arrays.stream(sources)
                .map(source -> new RowObserver.Signal(source.fmu(), source.name(), unit(source.variable())))
                .toList();
    }

    private static String unit(ModelVariable variable) {
        String unit = variable.unit();
        return unit == null ? "" : unit;
    }

    /** Whether a row may be wanted after the fact: where a procedure's step ended. */
    boolean hasSteps() {
        return step >= 0;
    }

    /** All values now; valid until the call after the next. */
    double[] read() {
        double[] row = spare;
        for (int i = 0; i < row.length; i++) {
            row[i] = sources[i].read();
        }
        spare = last;
        last = row;
        return row;
    }

    /** Reads only what the functions below answer; of the row, the rest is as it was. */
    double[] look() {
        for (int i : looked) {
            last[i] = sources[i].read();
        }
        return last;
    }

    /** The row read last. */
    double[] last() {
        return last;
    }

    void save(Memory memory) {
        memory.put(last);
    }

    void load(Memory memory) {
        memory.next(last);
    }

    boolean finished() {
        return value(finished) != 0;
    }

    boolean stoppedForSafety() {
        return value(stopReason) > PROCEDURE_DONE;
    }

    /** Why the virtual cycler stopped: its Stop_Reason; 0 for a model without it. */
    int stopReason() {
        return (int) value(stopReason);
    }

    int step() {
        return (int) value(step);
    }

    double currentAmperes() {
        return value(current);
    }

    double voltageVolts() {
        return value(voltage);
    }

    private double value(int index) {
        return index < 0 ? 0 : last[index];
    }
}
