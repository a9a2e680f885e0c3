package org.voltwin.cosim.worker;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The cell of battery.c with resistances that do not depend on its charge, in small Runge-Kutta steps. */
final class Cell {
    /** Parameters that make battery.c this cell. */
    static final Map<String, List<Double>> PARAMETERS = Map.of(
            "R0", Collections.nCopies(11, 0.022),
            "R1", Collections.nCopies(11, 0.008),
            "R2", Collections.nCopies(11, 0.015),
            "Tau_1", List.of(20.0),
            "Tau_2", List.of(600.0));

    static final double FARADAY_AMPERE_HOURS = 96485.33212 / 3600;
    static final double AREA = 0.065 * 1.58;
    /** Electrode capacities of Chen et al. 2020, Ah: maximal concentration, active fraction, thickness, area. */
    static final double NEGATIVE = 33133 * 0.75 * 85.2e-6 * AREA * FARADAY_AMPERE_HOURS;

    static final double POSITIVE = 63104 * 0.665 * 75.6e-6 * AREA * FARADAY_AMPERE_HOURS;
    /** Cyclable lithium from the paper's initial concentrations, Ah. */
    static final double LITHIUM = 29866.0 / 33133 * NEGATIVE + 17038.0 / 63104 * POSITIVE;

    static final double FULL = positiveAt(4.2);
    static final double EMPTY = positiveAt(2.5);
    static final double CAPACITY = (EMPTY - FULL) * POSITIVE;

    final double capacity;
    final double activation;

    Cell(double capacity, double activation) {
        this.capacity = capacity;
        this.activation = activation;
    }

    /** Bisection for the positive stoichiometry at which the cell rests at this voltage. */
    private static double positiveAt(double volts) {
        double low = 0.2;
        double high = 0.87;
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (rest(middle) > volts) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double rest(double y) {
        double x = (LITHIUM - y * POSITIVE) / NEGATIVE;
        double positive = -0.8090 * y
                + 4.4875
                - 0.0428 * Math.tanh(18.5138 * (y - 0.5542))
                - 17.7326 * Math.tanh(15.7890 * (y - 0.3117))
                + 17.5842 * Math.tanh(15.9308 * (y - 0.3120));
        double negative = 1.9793 * Math.exp(-39.3631 * x)
                + 0.2482
                - 0.0909 * Math.tanh(29.8538 * (x - 0.1234))
                - 0.04478 * Math.tanh(14.9159 * (x - 0.2769))
                - 0.0205 * Math.tanh(30.4444 * (x - 0.6103));
        return positive - negative;
    }

    static double openCircuit(double soc) {
        return rest(EMPTY + soc * (FULL - EMPTY));
    }

    private double factor(double celsius) {
        return Math.exp(activation / 8.314462618 * (1 / (celsius + 273.15) - 1 / 298.15));
    }

    double voltage(double[] state, double current) {
        return openCircuit(state[0]) + current * 0.022 * factor(state[3]) + state[1] + state[2];
    }

    private double[] slope(double[] s, double current, double ambient) {
        double f = factor(s[3]);
        return new double[] {
            current / 3600 / capacity,
            (current * 0.008 * f - s[1]) / 20,
            (current * 0.015 * f - s[2]) / 600,
            (current * (current * 0.022 * f + s[1] + s[2]) - 0.0531 * (s[3] - ambient)) / 61.2
        };
    }

    /** Classic Runge-Kutta of fourth order. State: SoC, v1, v2, temperature. */
    double[] advance(double[] state, double current, double ambient, double seconds, int steps) {
        double h = seconds / steps;
        double[] s = state.clone();
        for (int i = 0; i < steps; i++) {
            double[] k1 = slope(s, current, ambient);
            double[] k2 = slope(plus(s, k1, h / 2), current, ambient);
            double[] k3 = slope(plus(s, k2, h / 2), current, ambient);
            double[] k4 = slope(plus(s, k3, h), current, ambient);
            for (int j = 0; j < s.length; j++) {
                s[j] += h / 6 * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]);
            }
        }
        return s;
    }

    private static double[] plus(double[] s, double[] k, double h) {
        double[] sum = s.clone();
        for (int j = 0; j < s.length; j++) {
            sum[j] += h * k[j];
        }
        return sum;
    }
}
