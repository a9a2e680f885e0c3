package org.voltwin.cosim.ssp;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.cosim.check.Connection;

/**
 * A system of System Structure and Parameterization (SSP) 1.0, its nested systems flattened.
 *
 * @param name of the system
 * @param components source of each FMU, relative to the description, by the FMU's name in the flattened system: a
 *     component of a nested system is {@code outer.inner}
 * @param connections between components' connectors, with their linear transformations
 * @param parameters numbers by {@code /FMU/Variable}
 * @param stopSeconds of the default experiment; NaN where none is given
 */
public record StructureDescription(
        String name,
        Map<String, String> components,
        List<Connection> connections,
        Map<String, List<Double>> parameters,
        double stopSeconds) {
    public StructureDescription {
        components = java.util.Collections.unmodifiableMap(new TreeMap<>(components));
        connections = List.copyOf(connections);
        parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
}
