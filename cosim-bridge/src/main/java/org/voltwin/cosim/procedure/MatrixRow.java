package org.voltwin.cosim.procedure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One row of the virtual cycler's matrix: the columns of {@code Procedure} and of {@code Procedure_Ends}. */
final class MatrixRow {
    static final int COLUMNS = 8;
    /** Columns of {@code Procedure_Ends} without a value. */
    static final double NONE = -1e9;

    enum Mode {
        END,
        CURRENT,
        VOLTAGE,
        REST,
        POWER,
        LOOP,
        PROFILE,
        RESISTANCE
    }

    /** Columns of {@code Procedure}. */
    private static final int SETTING = 1;

    private static final int VOLTAGE = 2;
    private static final int MAX_TIME = 3;
    private static final int UNTIL_VOLTAGE = 4;
    private static final int UNTIL_CURRENT = 5;
    private static final int UNTIL_SOC = 6;

    private final double[] procedure = {0, 0, -1, 1, -1, -1, -1, 0};
    private final double[] ends = new double[COLUMNS];

    MatrixRow(Mode mode, double setting, double maxTimeSeconds) {
        procedure[0] = mode.ordinal();
        procedure[SETTING] = setting;
        procedure[MAX_TIME] = maxTimeSeconds;
        Arrays.fill(ends, NONE);
    }

    /** @param first the row to go back to, from 1 */
    static MatrixRow loop(int first, int passes) {
        return new MatrixRow(Mode.LOOP, first, 1).voltage((double) passes);
    }

    MatrixRow voltage(@Nullable Double volts) {
        return put(procedure, VOLTAGE, volts);
    }

    MatrixRow untilVoltage(@Nullable Double volts) {
        return put(procedure, UNTIL_VOLTAGE, volts);
    }

    MatrixRow untilCurrent(@Nullable Double amperes) {
        return put(procedure, UNTIL_CURRENT, amperes);
    }

    MatrixRow untilSoc(@Nullable Double fraction) {
        return put(procedure, UNTIL_SOC, fraction);
    }

    MatrixRow untilWarmer(@Nullable Double celsius) {
        return put(ends, 0, celsius);
    }

    MatrixRow untilColder(@Nullable Double celsius) {
        return put(ends, 1, celsius);
    }

    MatrixRow untilCharge(@Nullable Double ampereHours) {
        return put(ends, 2, ampereHours);
    }

    MatrixRow untilEnergy(@Nullable Double wattHours) {
        return put(ends, 3, wattHours);
    }

    MatrixRow ambient(@Nullable Double celsius, @Nullable Double rampKelvinPerMinute) {
        return put(ends, 4, celsius).put(ends, 5, rampKelvinPerMinute);
    }

    MatrixRow untilRate(@Nullable Double cRate) {
        return put(ends, 6, cRate);
    }

    MatrixRow rate(@Nullable Double cRate) {
        return put(ends, 7, cRate);
    }

    /** Columns as a matrix file gives them: those of Procedure, then, if there are more, those of Procedure_Ends. */
    static MatrixRow of(double[] columns) {
        MatrixRow row = new MatrixRow(Mode.END, 0, 1);
        System.arraycopy(columns, 0, row.procedure, 0, COLUMNS);
        System.arraycopy(columns, COLUMNS, row.ends, 0, columns.length - COLUMNS);
        return row;
    }

    private MatrixRow put(double[] columns, int index, @Nullable Double value) {
        if (value != null) {
            columns[index] = value;
        }
        return this;
    }

    boolean hasEnds() {
        return Arrays.stream(ends).anyMatch(value -> value != NONE);
    }

    boolean isBasic() {
        return procedure[0] <= Mode.REST.ordinal() && !hasEnds();
    }

    double[] procedure() {
        return procedure.clone();
    }

    double[] ends() {
        return ends.clone();
    }
}
