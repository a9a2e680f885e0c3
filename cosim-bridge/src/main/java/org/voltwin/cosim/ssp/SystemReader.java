package org.voltwin.cosim.ssp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.check.XmlFile;
import org.w3c.dom.Element;

/**
 * Flattens the System element of a description. A connector of a system passes on what is connected to it from
 * outside and from inside; connections through it become one, with their transformations one after the other.
 */
final class SystemReader {
    private static final int DEEPEST = 50;
    private static final int MOST_CONNECTIONS = 1_000_000;

    /** A connector: the path of its system or component, and its name. */
    private record Port(String owner, String name) {}

    private record Edge(Port to, double factor, double offset, boolean convertUnits) {}

    private final ParameterValues values;
    private final Map<String, String> components = new TreeMap<>();
    private final Map<Port, List<Edge>> edges = new HashMap<>();
    private final Set<String> systems = new HashSet<>();
    private final List<Connection> connections = new ArrayList<>();

    SystemReader(ParameterValues values) {
        this.values = values;
    }

    Map<String, String> components() {
        return components;
    }

    List<Connection> connections() {
        return connections;
    }

    void read(Element system) throws IOException {
        system(system, "", 0);
        for (Map.Entry<Port, List<Edge>> entry : Map.copyOf(edges).entrySet()) {
            if (components.containsKey(entry.getKey().owner())) {
                for (Edge edge : entry.getValue()) {
                    follow(entry.getKey(), edge, 0);
                }
            }
        }
        connections.sort(java.util.Comparator.comparing(Connection::toFmu)
                .thenComparing(Connection::toVariable)
                .thenComparing(Connection::fromFmu)
                .thenComparing(Connection::fromVariable));
    }

    private void follow(Port source, Edge edge, int depth) throws IOException {
        if (depth > DEEPEST || connections.size() > MOST_CONNECTIONS) {
            throw new IOException("has connectors of systems that lead round in a circle at " + edge.to());
        }
        if (components.containsKey(edge.to().owner())) {
            connections.add(new Connection(
                    source.owner(),
                    source.name(),
                    edge.to().owner(),
                    edge.to().name(),
                    edge.factor(),
                    edge.offset(),
                    edge.convertUnits()));
            return;
        }
        for (Edge next : edges.getOrDefault(edge.to(), List.of())) {
            double factor = next.factor() * edge.factor();
            double offset = next.factor() * edge.offset() + next.offset();
            if (!Double.isFinite(factor) || !Double.isFinite(offset)) {
                throw new IOException("has linear transformations that are not finite at " + next.to());
            }
            follow(source, new Edge(next.to(), factor, offset, edge.convertUnits() && next.convertUnits()), depth + 1);
        }
    }

    private void system(Element system, String path, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("nests systems deeper than " + DEEPEST + " levels");
        }
        systems.add(path);
        values.bind(system, path);
        for (Element elements : XmlFile.children(system, "Elements")) {
            for (Element element : XmlFile.children(elements)) {
                String name = element.getAttribute("name");
                String inner = path.isEmpty() ? name : path + "." + name;
                if (name.isBlank() || systems.contains(inner) || components.containsKey(inner)) {
                    throw new IOException("has no or the same name twice at element '" + inner + "'");
                }
                switch (String.valueOf(element.getLocalName())) {
                    case "System" -> system(element, inner, depth + 1);
                    case "Component" -> component(element, inner);
                    default ->
                        throw new IOException("has the element " + element.getLocalName() + " '" + inner
                                + "', but only systems and FMU components can be run");
                }
            }
        }
        for (Element list : XmlFile.children(system, "Connections")) {
            for (Element connection : XmlFile.children(list, "Connection")) {
                connection(connection, path);
            }
        }
    }

    private void component(Element component, String path) throws IOException {
        String source = component.getAttribute("source");
        String type = component.getAttribute("type");
        if (!type.isEmpty() && !type.equals("application/x-fmu-sharedlibrary")) {
            throw new IOException("has the component '" + path + "' of type " + type + ", which is no FMU");
        }
        if (source.isBlank()) {
            throw new IOException("gives the component '" + path + "' no source");
        }
        components.put(path, source);
        values.bind(component, path);
    }

    private void connection(Element element, String path) throws IOException {
        Port from = port(element, path, "start");
        Port to = port(element, path, "end");
        double factor = 1;
        double offset = 0;
        for (Element transformation : XmlFile.children(element)) {
            switch (String.valueOf(transformation.getLocalName())) {
                case "LinearTransformation" -> {
                    factor = Numbers.finite(transformation.getAttribute("factor"), 1);
                    offset = Numbers.finite(transformation.getAttribute("offset"), 0);
                }
                case "BooleanMappingTransformation",
                        "IntegerMappingTransformation",
                        "EnumerationMappingTransformation" ->
                    throw new IOException("maps values between " + from + " and " + to
                            + ", but only linear transformations can be run");
                default -> {} // geometry and annotations mean nothing to a run
            }
        }
        boolean convert = !List.of("true", "1").contains(element.getAttribute("suppressUnitConversion"));
        edges.computeIfAbsent(from, port -> new ArrayList<>()).add(new Edge(to, factor, offset, convert));
    }

    private static Port port(Element element, String path, String end) throws IOException {
        String owner = element.getAttribute(end + "Element");
        String name = element.getAttribute(end + "Connector");
        if (name.isBlank()) {
            throw new IOException("has a connection in '" + path + "' without " + end + "Connector");
        }
        if (owner.isEmpty()) {
            return new Port(path, name);
        }
        return new Port(path.isEmpty() ? owner : path + "." + owner, name);
    }
}
