package org.voltwin.cosim.ssp;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.XmlFile;
import org.voltwin.cosim.check.finding.Findings;
import org.w3c.dom.Element;

/** Reads the parameter bindings of elements, with the parameter sets and mappings that they name. */
final class Bindings {
    private final PackageFiles files;
    private final Findings findings;

    Bindings(PackageFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /**
     * Adds what an element's bindings set to its node.
     *
     * @param place of the description
     * @param component what is inside the component's source; null where the element is none
     */
    void read(Element element, Node node, PackageFiles.Place place, PackageFiles.@Nullable Place component)
            throws IOException {
        for (Element binding : Xml.listed(element, "ParameterBindings", "ParameterBinding")) {
            requireType(binding, "application/x-ssp-parameter-set", node);
            Source set = source(binding, "ParameterValues", "ParameterSet", node, place, component);
            Map<String, ParameterValue> values = new LinkedHashMap<>();
            String prefix = binding.getAttribute("prefix");
            ParameterSet.read(set.root).forEach((name, value) -> values.put(prefix + name, value));
            List<Element> mappings = XmlFile.children(binding, "ParameterMapping");
            if (mappings.isEmpty()) {
                values.forEach((name, value) ->
                        node.assignments().add(new Assignment(name, value, Transformation.NONE, true, set.name)));
            } else {
                requireType(mappings.getFirst(), "application/x-ssp-parameter-mapping", node);
                map(source(mappings.getFirst(), "", "ParameterMapping", node, place, component), values, set, node);
            }
            files.countValues(values.size());
        }
    }

    /** Only what is mapped is set. */
    private void map(Source mapping, Map<String, ParameterValue> values, Source set, Node node) {
        Set<String> targets = new HashSet<>();
        for (Element entry : XmlFile.children(mapping.root, "MappingEntry")) {
            String source = Xml.required(entry, "source");
            String target = Xml.required(entry, "target");
            ParameterValue value = values.get(source);
            if (value == null) {
                findings.warning(
                        Findings.Category.CONTRADICTORY,
                        "ssp.parameter_ignored",
                        mapping.name,
                        "It maps '" + source + "' to '" + target + "', but " + set.name + " has no such parameter.",
                        "Map a parameter of the set, or leave out the entry.");
            } else if (!targets.add(target)) {
                throw Refusal.malformed(mapping.name + " maps two parameters to '" + target + "'.");
            } else {
                node.assignments()
                        .add(new Assignment(
                                target,
                                value,
                                Transformation.of(entry),
                                !Xml.flag(entry, "suppressUnitConversion"),
                                set.name));
            }
        }
    }

    private static void requireType(Element element, String type, Node node) {
        String given = element.getAttribute("type");
        if (!given.isEmpty() && !given.equals(type)) {
            throw Refusal.unsupported(
                    "A <" + element.getLocalName() + "> of " + node + " is of the type " + given + ".",
                    "Give parameters and mappings in SSP's own forms.");
        }
    }

    /** A root element, and the file's name for messages. */
    private record Source(Element root, String name) {}

    /** @param holder the child that holds the root where there is no source; empty for the element itself */
    private Source source(
            Element element,
            String holder,
            String root,
            Node node,
            PackageFiles.Place place,
            PackageFiles.@Nullable Place component)
            throws IOException {
        String source = element.getAttribute("source");
        if (!source.isBlank()) {
            PackageFiles.Place base = switch (element.getAttribute("sourceBase")) {
                case "", "SSD" -> place;
                case "component" -> {
                    if (component == null) {
                        throw Refusal.malformed(node + " is no component, but the source '" + source
                                + "' is said to be inside its component.");
                    }
                    yield component;
                }
                default ->
                    throw Refusal.malformed("The source '" + source + "' has the sourceBase "
                            + element.getAttribute("sourceBase") + ".");
            };
            String path = base.uri(source).path();
            Element document = files.document(base.sources(), path);
            Version.check(document, root, path, findings);
            return new Source(document, path);
        }
        Element parent = holder.isEmpty() ? element : Xml.child(element, holder).orElse(element);
        List<Element> inline = XmlFile.children(parent, root);
        if (inline.size() != 1) {
            throw Refusal.malformed("A <" + element.getLocalName() + "> of " + node + " has no source and "
                    + inline.size() + " elements <" + root + ">.");
        }
        Version.check(inline.getFirst(), root, "the " + root + " of " + node, findings);
        return new Source(inline.getFirst(), "the " + root + " of " + node);
    }
}
