package org.voltwin.cosim.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** D6.3's test-procedure matrix as JSON. */
final class MatrixForm {
    private MatrixForm() {}

    static StepMatrix read(JsonNode root) {
        List<MatrixRow> rows = new ArrayList<>();
        for (JsonNode node : root) {
            double[] columns = new double[node.size()];
            boolean numbers = node.isArray();
            for (int i = 0; i < columns.length && numbers; i++) {
                columns[i] = node.get(i).asDouble();
                numbers = node.get(i).isNumber() && Double.isFinite(columns[i]);
            }
            if (!numbers || columns.length != MatrixRow.COLUMNS && columns.length != 2 * MatrixRow.COLUMNS) {
                throw bad(rows.size() + 1, node, "Give rows of 8 or 16 numbers, without text.");
            }
            requirePossible(rows.size() + 1, node, columns);
            rows.add(MatrixRow.of(columns));
        }
        return new StepMatrix(rows, List.of());
    }

    /** What no cycler could do, said before one is started. */
    private static void requirePossible(int number, JsonNode node, double[] columns) {
        double mode = columns[0];
        if (mode != Math.rint(mode) || mode < 0 || mode >= MatrixRow.Mode.values().length) {
            throw bad(
                    number,
                    node,
                    "Begin it with a mode: 0 end, 1 current, 2 voltage, 3 rest, 4 power, 5 loop, 6 profile, 7 resistor.");
        }
        switch (MatrixRow.Mode.values()[(int) mode]) {
            case LOOP -> {
                boolean whole = columns[1] == Math.rint(columns[1]) && columns[2] == Math.rint(columns[2]);
                if (!whole || columns[1] < 1 || columns[1] >= number || columns[2] < 1) {
                    throw bad(number, node, "Name a row before it, from 1, and how often: [5, row, times, ...].");
                }
            }
            case CURRENT, VOLTAGE, REST, POWER, PROFILE, RESISTANCE -> {
                if (!(columns[3] > 0)) {
                    throw bad(number, node, "Give its longest time in the fourth column, in seconds, above 0.");
                }
                if (mode == MatrixRow.Mode.RESISTANCE.ordinal() && !(columns[1] > 0)) {
                    throw bad(number, node, "Give the load's resistance in the second column, in Ohm, above 0.");
                }
            }
            case END -> {}
        }
    }

    private static RefusedException bad(int number, JsonNode node, String remedy) {
        return new RefusedException(
                Failure.permanent("procedure.bad_row", "Row " + number + " of the procedure is " + node + ".", remedy));
    }
}
