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
}
