package org.voltwin.model.procedure;

import java.util.Map;
import java.util.TreeMap;

/**
 * One run of an experiment design: values of its factors.
 *
 * @param number counted from 1
 * @param parameters by name: {@code Initial_SoC} (fraction), {@code Ambient_Temperature} (degC), {@code C_Rate} (1/h)
 */
public record Scenario(int number, Map<String, Double> parameters) {
    public static final String INITIAL_SOC = "Initial_SoC";
    public static final String AMBIENT_TEMPERATURE = "Ambient_Temperature";
    public static final String C_RATE = "C_Rate";

    public Scenario {
        parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    public double parameter(String name, double otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    /** The parameters as constant inputs of a co-simulation: a table with one row at the start. */
    public String inputTable() {
        StringBuilder head = new StringBuilder("Time");
        StringBuilder row = new StringBuilder("0");
        parameters.forEach((name, value) -> {
            head.append(',').append(name);
            row.append(',').append(value);
        });
        return head + "\n" + row + "\n";
    }
}
