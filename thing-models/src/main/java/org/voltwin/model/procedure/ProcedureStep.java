package org.voltwin.model.procedure;

import com.fasterxml.jackson.annotation.JsonCreator;
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
 * @param untilSocFraction end when the state of charge passes this value; above 1 for overcharge
 * @param powerWatts for POWER: positive charges
 * @param resistanceOhms for RESISTANCE: the load, &gt; 0
 * @param untilWarmerCelsius end when the unit is at least this warm
 * @param untilChargeAmpereHours end when this charge has passed in the step, in either direction
 * @param untilEnergyWattHours end when this energy has passed in the step, in either direction
 * @param ambientCelsius temperature of the climate chamber from this step on; null leaves it
 * @param ambientRampKelvinPerMinute how fast the chamber goes there; null for at once
 * @param loopTo for LOOP: the step to go back to, counted from 1
 * @param loopPasses for LOOP: how often the steps from there to here are done in all, at least 1
 */
public record ProcedureStep(
        StepMode mode,
        @Nullable Double cRate,
        @Nullable Double currentAmperes,
        @Nullable Double voltageVolts,
        double maxTimeSeconds,
        @Nullable Double untilVoltageVolts,
        @Nullable Double untilCurrentAmperes,
        @Nullable Double untilSocFraction,
        @Nullable Double powerWatts,
        @Nullable Double resistanceOhms,
        @Nullable Double untilWarmerCelsius,
        @Nullable Double untilChargeAmpereHours,
        @Nullable Double untilEnergyWattHours,
        @Nullable Double ambientCelsius,
        @Nullable Double ambientRampKelvinPerMinute,
        @Nullable Integer loopTo,
        @Nullable Integer loopPasses) {
    @JsonCreator
    public ProcedureStep {
        boolean complete = switch (mode) {
            case CURRENT -> (cRate == null) != (currentAmperes == null);
            case VOLTAGE -> voltageVolts != null;
            case REST -> true;
            case POWER -> powerWatts != null;
            case RESISTANCE -> resistanceOhms != null && resistanceOhms > 0;
            case LOOP -> loopTo != null && loopTo >= 1 && loopPasses != null && loopPasses >= 1;
        };
        if (!complete || !(maxTimeSeconds > 0)) {
            throw new IllegalArgumentException("A step needs maxTimeSeconds > 0, and for mode current either cRate or"
                    + " currentAmperes, voltage voltageVolts, power powerWatts, resistance resistanceOhms > 0, loop"
                    + " loopTo and loopPasses");
        }
    }

    /** A step without the rarer settings and ends. */
    public ProcedureStep(
            StepMode mode,
            @Nullable Double cRate,
            @Nullable Double currentAmperes,
            @Nullable Double voltageVolts,
            double maxTimeSeconds,
            @Nullable Double untilVoltageVolts,
            @Nullable Double untilCurrentAmperes,
            @Nullable Double untilSocFraction) {
        this(
                mode,
                cRate,
                currentAmperes,
                voltageVolts,
                maxTimeSeconds,
                untilVoltageVolts,
                untilCurrentAmperes,
                untilSocFraction,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
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
