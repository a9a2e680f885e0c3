package org.voltwin.cosim.worker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.coupling.Memory;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** Sets inputs over time; a value holds until the next row's time. */
final class StimulusPlayer {
    private record Target(Part part, ModelVariable input, int column) {}

    private final List<List<Double>> rows;
    private final List<Target> targets = new ArrayList<>();
    private int at = -1;

    StimulusPlayer(SimulationPlan.@Nullable Stimuli stimuli, List<Part> parts, List<Connection> connections) {
        rows = stimuli == null ? List.of() : stimuli.rows();
        if (stimuli == null) {
            return;
        }
        for (int column = 0; column < stimuli.signals().size(); column++) {
            find(stimuli.signals().get(column), column + 1, parts, connections);
        }
    }

    private void find(String signal, int column, List<Part> parts, List<Connection> connections) {
        boolean found = false;
        for (Part part : parts) {
            for (ModelVariable variable : part.description().variables()) {
                boolean meant = variable.isInput()
                        && (variable.name().equals(signal) || signal.equals("/" + part.name() + "/" + variable.name()));
                boolean driven = connections.stream()
                        .anyMatch(connection -> connection.toFmu().equals(part.name())
                                && connection.toVariable().equals(variable.name()));
                if (meant && driven && signal.startsWith("/")) {
                    throw refused(signal, "is driven by a connection already");
                }
                if (meant && !driven) {
                    targets.add(new Target(part, variable, column));
                    found = true;
                }
            }
        }
        if (!found) {
            throw refused(signal, "is not an input that is free");
        }
    }

    private static RefusedException refused(String signal, String what) {
        return new RefusedException(Failure.permanent(
                "stimulus.unknown_signal",
                "Column '" + signal + "' of the input " + what + ".",
                "Name the columns Time, and Variable or /FMU/Variable of inputs that no connection drives."));
    }

    void save(Memory memory) {
        memory.put((long) at);
    }

    /** The inputs themselves are part of the models' states. */
    void load(Memory memory) {
        at = (int) memory.nextLong();
    }

    void play(double timeSeconds) {
        int before = at;
        while (at + 1 < rows.size() && rows.get(at + 1).getFirst() <= timeSeconds + 1e-9) {
            at++;
        }
        if (at != before) {
            for (Target target : targets) {
                target.part()
                        .model()
                        .writeNumbers(
                                target.input().type(),
                                target.input().valueReference(),
                                rows.get(at).get(target.column()));
            }
        }
    }
}
