package org.voltwin.bench.measurement;

import java.nio.file.Path;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** Where in which file something is: every refusal names it. */
record Place(Path file, long line) {
    static RefusedException refusal(Path file, String code, String cause, String remedy) {
        return new RefusedException(Failure.permanent(code, file.getFileName() + ": " + cause, remedy));
    }

    RefusedException refusal(String code, String cause, String remedy) {
        return new RefusedException(
                Failure.permanent(code, file.getFileName() + ", line " + line + ": " + cause, remedy));
    }

    RefusedException badValue(String column, String value) {
        return refusal(
                "measurement.bad_value",
                "column '" + column + "' has '" + value + "', which is not a number.",
                "Correct the value, or leave the field empty if nothing was measured.");
    }

    RefusedException wrongFieldCount(int found, int expected) {
        return refusal(
                "measurement.wrong_field_count",
                "the row has " + found + " fields, but the header has " + expected + " columns.",
                "Export the file again; if the line is cut off, the export had not ended.");
    }
}
