package org.voltwin.model.procedure;

/**
 * Limits of the unit under test. They win over the procedure.
 *
 * @param minVoltageVolts lowest voltage
 * @param maxVoltageVolts highest voltage
 * @param maxTemperatureCelsius highest temperature
 * @param maxCurrentAmperes largest magnitude of the current, &gt; 0
 */
public record SafetyLimits(
        double minVoltageVolts, double maxVoltageVolts, double maxTemperatureCelsius, double maxCurrentAmperes) {
    public SafetyLimits {
        if (!(minVoltageVolts < maxVoltageVolts) || !(maxCurrentAmperes > 0)) {
            throw new IllegalArgumentException("Safety limits need minVoltageVolts < maxVoltageVolts and"
                    + " maxCurrentAmperes > 0, but are " + minVoltageVolts + " V, " + maxVoltageVolts + " V and "
                    + maxCurrentAmperes + " A");
        }
    }
}
