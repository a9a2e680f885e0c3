package org.voltwin.cosim.worker;

import java.util.ArrayList;
import java.util.List;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.telemetry.Variables;

/** Reads all scalar outputs of the parts, and knows by their names those that mean something to an execution. */
final class Recorder {
    private static final int PROCEDURE_DONE = 1;

    private record Source(Part part, ModelVariable variable) {
        double read() {
            long reference = variable.valueReference();
            return switch (variable.type()) {
                case FLOAT64 -> part.model().get(reference);
                case INT32 -> part.model().getInt(reference);
                case BOOLEAN -> part.model().getBoolean(reference) ? 1 : 0;
                case OTHER -> Double.NaN;
            };
        }
    }

    private final List<Source> sources = new ArrayList<>();
    private double[] last = new double[0];

    Recorder(List<Part> parts) {
        for (Part part : parts) {
            for (ModelVariable variable : part.description().variables()) {
                if (variable.isOutput() && variable.size() == 1 && variable.type() != ModelVariable.Type.OTHER) {
                    sources.add(new Source(part, variable));
                }
            }
        }
    }

    List<RowObserver.Signal> signals() {
        return sources.stream()
                .map(source -> new RowObserver.Signal(
                        source.part().name(), source.variable().name(), unit(source.variable())))
                .toList();
    }

    private static String unit(ModelVariable variable) {
        String unit = variable.unit();
        return unit == null ? "" : unit;
    }

    double[] read() {
        double[] row = new double[sources.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = sources.get(i).read();
        }
        last = row;
        return row;
    }

    boolean finished() {
        return value("Finished", 0) != 0;
    }

    boolean stoppedForSafety() {
        return value("Stop_Reason", 0) > PROCEDURE_DONE;
    }

    /** Why the virtual cycler stopped: its Stop_Reason; 0 for a model without it. */
    int stopReason() {
        return (int) value("Stop_Reason", 0);
    }

    int step() {
        return (int) value(Variables.STEP, 0);
    }

    double currentAmperes() {
        return value(Variables.CURRENT, 0);
    }

    double voltageVolts() {
        return value(Variables.TERMINAL_VOLTAGE, value(Variables.VOLTAGE, 0));
    }

    private double value(String name, double otherwise) {
        for (int i = 0; i < last.length; i++) {
            if (sources.get(i).variable().name().equals(name)) {
                return last[i];
            }
        }
        return otherwise;
    }
}
