package org.voltwin.lims.catalogue;

import org.jspecify.annotations.Nullable;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.SafetyLimits;

/**
 * How many cells a unit under test has; turns a cell's procedure into the unit's.
 *
 * @param series groups in series: factor of voltages, &gt; 0
 * @param parallel cells of a group: factor of currents and charges, &gt; 0
 */
record CellsOfUnit(int series, int parallel) {
    CellsOfUnit {
        if (series < 1 || parallel < 1) {
            throw new IllegalArgumentException("A unit has at least one cell in series and in parallel");
        }
    }

    ProcedureStep step(ProcedureStep s) {
        return new ProcedureStep(
                s.mode(),
                s.cRate(), // of the unit's capacity
                times(s.currentAmperes(), parallel),
                times(s.voltageVolts(), series),
                s.maxTimeSeconds(),
                times(s.untilVoltageVolts(), series),
                times(s.untilCurrentAmperes(), parallel),
                s.untilSocFraction(),
                times(s.powerWatts(), (double) series * parallel),
                times(s.resistanceOhms(), (double) series / parallel),
                s.untilWarmerCelsius(),
                times(s.untilChargeAmpereHours(), parallel),
                times(s.untilEnergyWattHours(), (double) series * parallel),
                s.ambientCelsius(),
                s.ambientRampKelvinPerMinute(),
                s.loopTo(),
                s.loopPasses());
    }

    SafetyLimits limits(SafetyLimits cell) {
        return new SafetyLimits(
                cell.minVoltageVolts() * series,
                cell.maxVoltageVolts() * series,
                cell.maxTemperatureCelsius(),
                cell.maxCurrentAmperes() * parallel);
    }

    private static @Nullable Double times(@Nullable Double value, double factor) {
        return value == null ? null : (Double) (value * factor);
    }
}
