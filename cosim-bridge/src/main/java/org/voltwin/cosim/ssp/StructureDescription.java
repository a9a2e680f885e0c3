package org.voltwin.cosim.ssp;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.cosim.check.Connection;
import org.voltwin.model.port.ModelInspector.Finding;

/**
 * A system of System Structure and Parameterization (SSP) 1.0 or 2.0, its nested systems flattened and its FMUs in a
 * folder.
 *
 * @param connections between the FMUs, with their linear transformations and conversions of units
 * @param numbers parameters by {@code /FMU/Variable}
 * @param texts parameters that are strings, by the same names
 * @param stopSeconds of the default experiment; NaN where none is given
 * @param findings warnings: what was left out or read otherwise than it is written
 */
public record StructureDescription(
        List<Connection> connections,
        Map<String, List<Double>> numbers,
        Map<String, List<String>> texts,
        double stopSeconds,
        List<Finding> findings) {
    public StructureDescription {
        connections = List.copyOf(connections);
        numbers = java.util.Collections.unmodifiableMap(new TreeMap<>(numbers));
        texts = java.util.Collections.unmodifiableMap(new TreeMap<>(texts));
        findings = List.copyOf(findings);
    }
}
