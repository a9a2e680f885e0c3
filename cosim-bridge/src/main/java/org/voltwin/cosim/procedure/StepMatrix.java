package org.voltwin.cosim.procedure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.TestProcedure;

/** What the virtual cycler interprets, as values of its parameters {@code Procedure}, {@code Procedure_Ends}. */
public final class StepMatrix {
    /** Rows of the cycler's arrays; they have this fixed size. */
    public static final int ROWS = 64;

    private static final int PROFILE_ROWS = 2048;

    private final List<MatrixRow> rows;
    private final List<double[]> profile;

    /** Refused with {@code procedure.too_long}, {@code procedure.empty}. */
    StepMatrix(List<MatrixRow> rows, List<double[]> profile) {
        this.rows = List.copyOf(rows);
        this.profile = List.copyOf(profile);
        if (rows.size() > ROWS || profile.size() > PROFILE_ROWS) {
            throw new RefusedException(Failure.permanent(
                    "procedure.too_long",
                    "The procedure has " + rows.size() + " steps and a profile of " + profile.size()
                            + " points; the virtual cycler takes " + ROWS + " and " + PROFILE_ROWS + ".",
                    "Write repeated steps as a loop, or split the procedure."));
        }
        if (rows.isEmpty()) {
            throw new RefusedException(
                    Failure.permanent("procedure.empty", "The procedure has no steps.", "Give it at least one step."));
        }
    }

    /**
     * The matrix of a bench order's procedure.
     *
     * @param cRateFactor multiplies the C-rates of its steps
     */
    public static StepMatrix of(TestProcedure procedure, double cRateFactor) {
        List<MatrixRow> rows = new ArrayList<>();
        for (ProcedureStep step : procedure.steps()) {
            rows.add(row(step, procedure.nominalCapacityAmpereHours(), cRateFactor));
        }
        return new StepMatrix(rows, List.of());
    }

    private static MatrixRow row(ProcedureStep step, double nominalAmpereHours, double cRateFactor) {
        MatrixRow row = switch (step.mode()) {
            case CURRENT ->
                new MatrixRow(
                        MatrixRow.Mode.CURRENT,
                        currentAmperes(step, nominalAmpereHours, cRateFactor),
                        step.maxTimeSeconds());
            case VOLTAGE -> new MatrixRow(MatrixRow.Mode.VOLTAGE, 0, step.maxTimeSeconds());
            case REST -> new MatrixRow(MatrixRow.Mode.REST, 0, step.maxTimeSeconds());
            case POWER -> new MatrixRow(MatrixRow.Mode.POWER, or(step.powerWatts(), 0), step.maxTimeSeconds());
            case RESISTANCE ->
                new MatrixRow(MatrixRow.Mode.RESISTANCE, or(step.resistanceOhms(), 0), step.maxTimeSeconds());
            case LOOP -> MatrixRow.loop((int) or(step.loopTo(), 1), (int) or(step.loopPasses(), 1));
        };
        return step.mode() == org.voltwin.model.procedure.StepMode.LOOP
                ? row
                : row.voltage(step.voltageVolts())
                        .untilVoltage(step.untilVoltageVolts())
                        .untilCurrent(step.untilCurrentAmperes())
                        .untilSoc(step.untilSocFraction())
                        .untilWarmer(step.untilWarmerCelsius())
                        .untilCharge(step.untilChargeAmpereHours())
                        .untilEnergy(step.untilEnergyWattHours())
                        .ambient(step.ambientCelsius(), step.ambientRampKelvinPerMinute());
    }

    private static double currentAmperes(ProcedureStep step, double nominalAmpereHours, double cRateFactor) {
        Double amperes = step.currentAmperes();
        if (amperes != null) {
            return amperes;
        }
        Double cRate = step.cRate();
        return cRate == null ? 0 : cRate * cRateFactor * nominalAmpereHours;
    }

    private static double or(@org.jspecify.annotations.Nullable Number value, double otherwise) {
        return value == null ? otherwise : value.doubleValue();
    }

    /**
     * Values of the cycler's parameters. {@code Procedure} is always there; {@code Procedure_Ends} and {@code Profile}
     * only when they say something, so that a cycler without them runs what it can, and refuses the rest by name.
     */
    public Map<String, List<Double>> parameters() {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        double[] procedure = new double[ROWS * MatrixRow.COLUMNS];
        double[] ends = new double[ROWS * MatrixRow.COLUMNS];
        Arrays.fill(ends, MatrixRow.NONE);
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i).procedure(), 0, procedure, i * MatrixRow.COLUMNS, MatrixRow.COLUMNS);
            System.arraycopy(rows.get(i).ends(), 0, ends, i * MatrixRow.COLUMNS, MatrixRow.COLUMNS);
        }
        values.put("Procedure", boxed(procedure));
        if (rows.stream().anyMatch(row -> !row.isBasic())) {
            values.put("Procedure_Ends", boxed(ends));
        }
        if (!profile.isEmpty()) {
            double[] points = new double[PROFILE_ROWS * 2];
            for (int i = 0; i < profile.size(); i++) {
                points[2 * i] = profile.get(i)[0];
                points[2 * i + 1] = profile.get(i)[1];
            }
            values.put("Profile", boxed(points));
        }
        return values;
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
