package org.voltwin.cosim.ssp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * Connections of connectors in the direction in which data flows. A connector of a system or a signal dictionary passes
 * on what drives it.
 */
final class Network {
    private static final int LONGEST_WAY = 200;
    private static final int MOST_STEPS = 10_000_000;

    /**
     * One connection.
     *
     * @param convert whether units are converted, before the transformation
     */
    record Edge(Port to, Transformation transformation, boolean convert) {}

    private final Map<Port, List<Edge>> edges = new LinkedHashMap<>();
    private final Map<Port, Port> drivers = new HashMap<>();
    private int steps;

    /** @param system whose own connectors have no element in the connection */
    void connect(Element connection, Node system) {
        Port start = port(connection, system, "start");
        Port end = port(connection, system, "end");
        for (String indices : List.of("startIndices", "endIndices")) {
            if (!connection.getAttribute(indices).isBlank()) {
                throw Refusal.unsupported(
                        "The connection of " + start + " and " + end + " is of single elements of arrays (" + indices
                                + ").",
                        "Connect whole arrays of the same size, or scalars.");
            }
        }
        boolean forward = mayDrive(start, end, system);
        if (forward == mayDrive(end, start, system)) {
            throw Refusal.direction("The connection of " + said(start, system) + " and " + said(end, system)
                    + (forward ? " can go either way." : " is none that SSP allows."));
        }
        Port from = forward ? start : end;
        Port to = forward ? end : start;
        Port before = to.isComponent() ? null : drivers.putIfAbsent(to, from);
        if (before != null) {
            throw Refusal.direction("Connector " + to + " is driven by " + before + " and by " + from + ".");
        }
        edges.computeIfAbsent(from, port -> new ArrayList<>())
                .add(new Edge(to, Transformation.of(connection), !Xml.flag(connection, "suppressUnitConversion")));
    }

    private static boolean mayDrive(Port from, Port to, Node system) {
        return !from.equals(to) && Kind.mayDrive(from.kind(), from.node() == system, to.kind(), to.node() == system);
    }

    private static String said(Port port, Node system) {
        return port + " (" + port.kind().text() + " of " + (port.node() == system ? "the system" : "an element") + ")";
    }

    private static Port port(Element connection, Node system, String end) {
        String owner = connection.getAttribute(end + "Element");
        String name = Xml.required(connection, end + "Connector");
        Node node = owner.isEmpty() ? system : system.children().get(owner);
        if (node == null) {
            throw Refusal.malformed("A connection in '" + system.path() + "' has the " + end + "Element '" + owner
                    + "', which is no element there.");
        }
        return new Port(node, name);
    }

    /** Whether anything is connected to it. */
    boolean knows(Port port) {
        return edges.containsKey(port) || drivers.containsKey(port);
    }

    /** All ways from components to components. */
    List<Way> ways() {
        return edges.keySet().stream()
                .filter(Port::isComponent)
                .flatMap(from -> ways(from).stream())
                .toList();
    }

    /** All ways from one connector to components. */
    List<Way> ways(Port from) {
        List<Way> ways = new ArrayList<>();
        follow(from, from, new ArrayList<>(), ways);
        return ways;
    }

    private void follow(Port from, Port at, List<Edge> way, List<Way> ways) {
        if (way.size() > LONGEST_WAY || ++steps > MOST_STEPS) {
            throw Refusal.direction("Connectors of systems lead round in a circle, or too far, at " + at + ".");
        }
        for (Edge edge : edges.getOrDefault(at, List.of())) {
            way.add(edge);
            if (edge.to().isComponent()) {
                ways.add(new Way(from, List.copyOf(way)));
            } else {
                follow(from, edge.to(), way, ways);
            }
            way.removeLast();
        }
    }
}
