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
                numbers = node.get(i).isNumber();
                columns[i] = node.get(i).asDouble();
            }
            if (!numbers || columns.length != MatrixRow.COLUMNS && columns.length != 2 * MatrixRow.COLUMNS) {
                throw new RefusedException(Failure.permanent(
                        "procedure.bad_row",
                        "Row " + (rows.size() + 1) + " of the procedure is " + node + ".",
                        "Give rows of 8 or 16 numbers, without text."));
            }
            rows.add(MatrixRow.of(columns));
        }
        return new StepMatrix(rows, List.of());
    }
}
