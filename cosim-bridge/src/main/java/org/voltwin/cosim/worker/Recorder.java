package org.voltwin.cosim.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.voltwin.cosim.coupling.Memory;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmi.CallProgram;
import org.voltwin.cosim.fmi.SignalMemory;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.telemetry.Variables;

/**
 * Reads the numeric outputs of the parts, small arrays value by value, and knows by their names those that mean something to an execution. Those are
 * read after every step ({@link #look}); all of them only for a row ({@link #read}).
 */
final class Recorder {
    private static final int PROCEDURE_DONE = 1;
    /** Adding it leaves every number as it is; adding 0 would make 0 of -0. */
    private static final double UNCHANGED = -0.0;

    /** Values of an array that rows have; larger ones would make rows of thousands of columns. */
    private static final int LARGEST_ARRAY = 64;

    /** @param at which of the variable's values it is */
    private record Source(String fmu, SteppedModel model, ModelVariable variable, int at) {
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
    private final SignalMemory values;
    private final CallProgram reading;
    private final CallProgram looking;
    private double[] last;
    private double[] spare;

    Recorder(List<Part> parts) {
        List<Source> found = new ArrayList<>();
        for (Part part : parts) {
            for (ModelVariable variable : part.description().variables()) {
                if (variable.isOutput() && variable.type().isNumeric() && variable.size() <= LARGEST_ARRAY) {
                    for (int at = 0; at < variable.size(); at++) {
                        found.add(new Source(part.name(), part.model(), variable, at));
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
        values = new SignalMemory(sources.length);
        reading = new CallProgram(values);
        looking = new CallProgram(values);
        for (int i = 0; i < sources.length; i++) {
            if (sources[i].at() == 0) {
                get(reading, i);
            }
        }
        IntStream.of(looked).map(i -> i - sources[i].at()).distinct().forEach(i -> get(looking, i));
        last = new double[sources.length];
        spare = new double[sources.length];
    }

    private void get(CallProgram program, int source) {
        program.get(sources[source].model(), sources[source].variable(), source, 1, UNCHANGED);
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
        reading.run();
        values.read(0, row);
        spare = last;
        last = row;
        return row;
    }

    /** Reads only what the functions below answer; of the row, the rest is as it was. */
    double[] look() {
        looking.run();
        for (int i : looked) {
            last[i] = values.get(i);
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
