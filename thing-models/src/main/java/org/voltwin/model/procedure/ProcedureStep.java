package org.voltwin.model.procedure;

import org.jspecify.annotations.Nullable;

/**
 * One row of a test-procedure matrix. Positive current charges the unit under test (as in the Battery Data Format).
 * The step ends at the first end that is reached; {@code maxTimeSeconds} always is one.
 *
 * @param mode what is held
 * @param cRate for CURRENT: the current in multiples of nominal capacity per hour; a scenario's {@code C_Rate}
 *     multiplies it. Null when {@code currentAmperes} is given
 * @param currentAmperes for CURRENT: the current in ampere; null when {@code cRate} is given
 * @param voltageVolts for VOLTAGE: the voltage to hold
 * @param maxTimeSeconds longest duration, &gt; 0
 * @param untilVoltageVolts end when the voltage passes this value (upwards when charging, downwards when discharging)
 * @param untilCurrentAmperes for VOLTAGE: end when the magnitude of the current falls to this value
 * @param untilSocFraction end when the state of charge passes this value, 0 to 1
 */
public record ProcedureStep(
        StepMode mode,
        @Nullable Double cRate,
        @Nullable Double currentAmperes,
        @Nullable Double voltageVolts,
        double maxTimeSeconds,
        @Nullable Double untilVoltageVolts,
        @Nullable Double untilCurrentAmperes,
        @Nullable Double untilSocFraction) {
    public ProcedureStep {
        boolean complete = switch (mode) {
            case CURRENT -> (cRate == null) != (currentAmperes == null);
            case VOLTAGE -> voltageVolts != null;
            case REST -> true;
        };
        if (!complete || !(maxTimeSeconds > 0)) {
            throw new IllegalArgumentException("A step needs maxTimeSeconds > 0, and either cRate or currentAmperes for"
                    + " mode current, voltageVolts for mode voltage");
        }
    }

    public static ProcedureStep charge(double cRate, double untilVoltageVolts, double maxTimeSeconds) {
        return new ProcedureStep(StepMode.CURRENT, cRate, null, null, maxTimeSeconds, untilVoltageVolts, null, null);
    }

    public static ProcedureStep discharge(double cRate, double untilVoltageVolts, double maxTimeSeconds) {
        return new ProcedureStep(StepMode.CURRENT, -cRate, null, null, maxTimeSeconds, untilVoltageVolts, null, null);
    }

    public static ProcedureStep hold(double voltageVolts, double untilCurrentAmperes, double maxTimeSeconds) {
        return new ProcedureStep(
                StepMode.VOLTAGE, null, null, voltageVolts, maxTimeSeconds, null, untilCurrentAmperes, null);
    }

    public static ProcedureStep rest(double seconds) {
        return new ProcedureStep(StepMode.REST, null, null, null, seconds, null, null, null);
    }
}
