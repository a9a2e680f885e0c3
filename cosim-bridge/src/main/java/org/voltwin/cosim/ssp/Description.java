package org.voltwin.cosim.ssp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.UnitDefinitions;
import org.voltwin.cosim.check.XmlFile;
import org.voltwin.cosim.check.finding.Findings;
import org.w3c.dom.Element;

/**
 * One System Structure Description.
 *
 * @param root its root element
 * @param system the system that is meant: the outermost, or one that is referred to
 * @param place what its sources are relative to
 * @param units that it defines
 * @param parts its systems by their ids
 */
record Description(
        Element root, Element system, PackageFiles.Place place, UnitDefinitions units, Map<String, Element> parts) {
    static Description of(Element root, Sources sources, String path, Findings findings) {
        Version.check(root, "SystemStructureDescription", path, findings);
        List<Element> systems = XmlFile.children(root, "System");
        if (systems.size() != 1) {
            throw Refusal.malformed(path + " has " + systems.size() + " systems at its top instead of one.");
        }
        String folder = new SourceUri(path, "").folder();
        Map<String, Element> parts = new HashMap<>();
        for (Element system : XmlFile.descendants(root, "System")) {
            parts.putIfAbsent(system.getAttribute("id"), system);
        }
        return new Description(
                root, systems.getFirst(), new PackageFiles.Place(sources, folder), Xml.units(root), Map.copyOf(parts));
    }

    /** The same with another of its systems, by its id. */
    Description part(String id) {
        Element found = parts.get(id);
        if (id.isEmpty() || found == null) {
            throw Refusal.malformed("There is no system with the id '" + id + "'.");
        }
        return new Description(root, found, place, units, parts);
    }

    /** End of the default experiment; NaN where it says none. */
    double stopSeconds() {
        return Xml.child(root, "DefaultExperiment")
                .map(experiment -> Xml.number(experiment, "stopTime", Double.NaN))
                .orElse(Double.NaN);
    }

    /** Declares an element's connectors. */
    void declare(Element element, Node node) {
        for (Element connector : Xml.listed(element, "Connectors", "Connector")) {
            String text = connector.getAttribute("kind");
            Kind kind = text.isEmpty()
                    ? Kind.UNSPECIFIED
                    : Kind.parse(text)
                            .orElseThrow(() -> Refusal.malformed(
                                    "A connector of '" + node.path() + "' is of the kind '" + text + "'."));
            node.declare(Xml.required(connector, "name"), new Node.Connector(kind, unit(connector, units)));
        }
    }

    /** A signal dictionary: what is put in comes out wherever it is referred to. */
    static Node dictionary(Element root, String name) {
        UnitDefinitions units = Xml.units(root);
        Node node = new Node(name, null);
        for (Element entry : XmlFile.children(root, "DictionaryEntry")) {
            node.declare(Xml.required(entry, "name"), new Node.Connector(Kind.INOUT, unit(entry, units)));
        }
        return node;
    }

    /** Connectors of a reference are entries of its dictionary, in the same units. */
    void requireEntries(Element reference, String path, Node dictionary) {
        for (Element connector : Xml.listed(reference, "Connectors", "Connector")) {
            String name = Xml.required(connector, "name");
            @Nullable Quantity given = unit(connector, units);
            @Nullable Quantity wanted = dictionary.connector(name).unit();
            if (!dictionary.declares(name)) {
                throw Refusal.malformed("Signal dictionary '" + dictionary.path() + "' has no entry '" + name
                        + "', which '" + path + "' refers to.");
            }
            if (given != null && (wanted == null || !given.name().equals(wanted.name()))) {
                throw Refusal.units("Connector '" + path + "." + name + "' is in '" + given.name()
                        + "', but its entry of the signal dictionary is "
                        + (wanted == null ? "without a unit." : "in '" + wanted.name() + "'."));
            }
        }
    }

    private static @Nullable Quantity unit(Element typed, UnitDefinitions units) {
        return XmlFile.children(typed).stream()
                .map(type -> type.getAttribute("unit"))
                .filter(unit -> !unit.isBlank())
                .findFirst()
                .map(unit -> Quantity.of(unit, units))
                .orElse(null);
    }
}
