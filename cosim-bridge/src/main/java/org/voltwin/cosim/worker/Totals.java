package org.voltwin.cosim.worker;

import java.util.Map;
import java.util.TreeMap;
import org.voltwin.cosim.coupling.CoupledSystem;
import org.voltwin.cosim.coupling.Memory;

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
    private long checkpoints;
    private boolean stopped;
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

    void late(double lagSeconds) {
        largestLagSeconds = Math.max(largestLagSeconds, lagSeconds);
    }

    void remembered() {
        checkpoints++;
    }

    /** Whether it was ended from outside. */
    void stopped(boolean early) {
        stopped = early;
    }

    void save(Memory memory) {
        memory.put(numbers());
        memory.put(steps).put(evaluations).put(rollbacks).put(safetyStops).put(checkpoints);
        save(memory, stepSeconds);
        save(memory, stopsByLimit);
    }

    private double[] numbers() {
        return new double[] {
            chargedCoulombs,
            dischargedCoulombs,
            chargedJoules,
            dischargedJoules,
            simulatedSeconds,
            largestLagSeconds,
            amperesBefore,
            voltsBefore
        };
    }

    private static void save(Memory memory, Map<String, Double> figures) {
        memory.put((long) figures.size());
        figures.forEach((name, value) -> memory.put(name).put(value.doubleValue()));
    }

    void load(Memory memory) {
        double[] numbers = numbers();
        memory.next(numbers);
        chargedCoulombs = numbers[0];
        dischargedCoulombs = numbers[1];
        chargedJoules = numbers[2];
        dischargedJoules = numbers[3];
        simulatedSeconds = numbers[4];
        largestLagSeconds = numbers[5];
        amperesBefore = numbers[6];
        voltsBefore = numbers[7];
        steps = memory.nextLong();
        evaluations = memory.nextLong();
        rollbacks = memory.nextLong();
        safetyStops = memory.nextLong();
        checkpoints = memory.nextLong();
        load(memory, stepSeconds);
        load(memory, stopsByLimit);
    }

    private static void load(Memory memory, Map<String, Double> figures) {
        for (long left = memory.nextLong(); left > 0; left--) {
            String name = memory.nextString();
            figures.put(name, memory.nextDouble());
        }
    }

    void ended(CoupledSystem system, Recorder recorder) {
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
        summary.put("checkpoints", (double) checkpoints);
        if (stopped) {
            summary.put("stoppedEarly", 1.0);
        }
        stepSeconds.forEach((fmu, seconds) -> summary.put("stepSeconds_" + fmu, seconds));
        if (paced) {
            summary.put("largestLagSeconds", largestLagSeconds);
        }
        return summary;
    }
}
