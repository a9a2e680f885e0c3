package org.voltwin.cosim.ssp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.fmu.ModelVariable;

/**
 * A system, a component or a signal dictionary. Two of them may have the same path, which is their hierarchical name,
 * because names may have dots.
 */
final class Node {
    /** A connector as it is declared. */
    record Connector(Kind kind, @Nullable Quantity unit) {}

    private static final Connector UNDECLARED = new Connector(Kind.UNSPECIFIED, null);

    private final String path;
    private final @Nullable Fmu fmu;
    private final Map<String, Connector> connectors = new HashMap<>();
    private final Map<String, Node> children = new HashMap<>();
    private final List<Assignment> assignments = new ArrayList<>();

    /**
     * @param path empty for the outermost system
     * @param fmu null where it is no component
     */
    Node(String path, @Nullable Fmu fmu) {
        this.path = path;
        this.fmu = fmu;
    }

    /** For messages. */
    @Override
    public String toString() {
        return path.isEmpty() ? "the system" : "'" + path + "'";
    }

    String path() {
        return path;
    }

    /** Set for components only. */
    @Nullable Fmu fmu() {
        return fmu;
    }

    /** Declares a connector; what is declared first counts. */
    void declare(String name, Connector connector) {
        connectors.putIfAbsent(name, connector);
    }

    boolean declares(String name) {
        return connectors.containsKey(name);
    }

    Connector connector(String name) {
        return connectors.getOrDefault(name, UNDECLARED);
    }

    Optional<ModelVariable> variable(String name) {
        return fmu == null ? Optional.empty() : fmu.variable(name);
    }

    /** The elements of a system by name. */
    Map<String, Node> children() {
        return children;
    }

    /** What its parameter bindings set, in their order: of two for one parameter the later counts. */
    List<Assignment> assignments() {
        return assignments;
    }
}
