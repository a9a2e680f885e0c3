package org.voltwin.cosim.worker;

import java.util.Map;
import java.util.TreeMap;
import org.voltwin.cosim.coupling.CoupledSystem;

/** Figures over all scenarios of a plan. */
final class Totals {
    /** A current that changes by more than this part of itself has jumped. */
    private static final double JUMP = 0.01;

    private double chargedCoulombs;
    private double dischargedCoulombs;
    private double chargedJoules;
    private double dischargedJoules;
    private double simulatedSeconds;
    private long steps;
    private long evaluations;
    private long rollbacks;
    private long safetyStops;
    private double largestLagSeconds;
    private double amperesBefore = Double.NaN;
    private double voltsBefore = Double.NaN;
    private final Map<String, Double> stepSeconds = new TreeMap<>();
    private final Map<String, Double> stopsByLimit = new TreeMap<>();

    /** Before the first step of a scenario. */
    void begin() {
        amperesBefore = Double.NaN;
    }

    /**
     * After a step, over which the current was held. The voltage is taken as a straight line over it, unless the current
     * jumped at its beginning: then the voltage before belongs to another current.
     */
    void add(Recorder recorder, double seconds) {
        double amperes = recorder.currentAmperes();
        double volts = recorder.voltageVolts();
        boolean jumped = !(Math.abs(amperes - amperesBefore) <= JUMP * Math.abs(amperes));
        double charge = amperes * seconds;
        double energy = charge * (jumped ? volts : (volts + voltsBefore) / 2);
        if (charge > 0) {
            chargedCoulombs += charge;
            chargedJoules += energy;
        } else {
            dischargedCoulombs -= charge;
            dischargedJoules -= energy;
        }
        amperesBefore = amperes;
        voltsBefore = volts;
    }

    void ended(CoupledSystem system, Recorder recorder, double lagSeconds) {
        largestLagSeconds = Math.max(largestLagSeconds, lagSeconds);
        rollbacks += system.rollbacks();
        system.stepSeconds().forEach((fmu, seconds) -> stepSeconds.merge(fmu, seconds, Double::sum));
        simulatedSeconds += system.timeSeconds();
        steps += system.steps();
        evaluations += system.evaluations();
        if (recorder.stoppedForSafety()) {
            safetyStops++;
            stopsByLimit.merge("safetyStops." + StopReason.name(recorder.stopReason()), 1.0, Double::sum);
        }
    }

    /** Figures by name, with the unit in the name; keys hold no '/', which Ditto would refuse. */
    Map<String, Double> summary(boolean paced) {
        Map<String, Double> summary = new TreeMap<>(stopsByLimit);
        summary.put("chargedAmpereHours", chargedCoulombs / 3600);
        summary.put("dischargedAmpereHours", dischargedCoulombs / 3600);
        summary.put("chargedWattHours", chargedJoules / 3600);
        summary.put("dischargedWattHours", dischargedJoules / 3600);
        summary.put("simulatedSeconds", simulatedSeconds);
        summary.put("communicationSteps", (double) steps);
        summary.put("evaluations", (double) evaluations);
        summary.put("rollbacks", (double) rollbacks);
        summary.put("safetyStops", (double) safetyStops);
        stepSeconds.forEach((fmu, seconds) -> summary.put("stepSeconds_" + fmu, seconds));
        if (paced) {
            summary.put("largestLagSeconds", largestLagSeconds);
        }
        return summary;
    }
}
