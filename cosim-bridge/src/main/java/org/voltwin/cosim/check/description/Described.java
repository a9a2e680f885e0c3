package org.voltwin.cosim.check.description;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A description with what its rules ask for again and again.
 *
 * @param version 2 or 3
 * @param types declared types by name
 * @param references variables by value reference; in FMI 2.0 the first of several
 */
record Described(
        XmlNode root,
        int version,
        List<Variable> variables,
        Map<String, XmlNode> types,
        Map<String, Variable> references) {
    static final Set<String> FLOATS = Set.of("Real", "Float32", "Float64");

    /**
     * A variable of either version.
     *
     * @param node what has name, valueReference and causality
     * @param detail what has start, unit and limits: in FMI 2.0 the child that names the type, in 3.0 the node itself
     */
    record Variable(XmlNode node, XmlNode detail, int version) {
        String name() {
            return node.attribute("name", "");
        }

        String type() {
            return detail.name();
        }

        String reference() {
            return node.attribute("valueReference", "").strip();
        }

        String causality() {
            return node.attribute("causality", "local");
        }

        boolean isParameter() {
            return Set.of("parameter", "calculatedParameter", "structuralParameter")
                    .contains(causality());
        }

        /** As given or as the standard gives it where nothing is said. */
        String variability() {
            if (version == 2) {
                return node.attribute("variability", "continuous");
            }
            String usual = isParameter() ? "fixed" : FLOATS.contains(type()) ? "continuous" : "discrete";
            return node.attribute("variability", usual);
        }

        /** FMI 2.0 keeps it at the variable, 3.0 too. */
        Optional<String> initial() {
            return node.attribute("initial");
        }

        boolean hasStart() {
            return detail.has("start") || version == 3 && detail.child("Start").isPresent();
        }

        boolean isArray() {
            return version == 3 && node.child("Dimension").isPresent();
        }

        /** Where it stands, for people. */
        String place() {
            return node.place();
        }
    }

    static Described of(XmlNode root, int version) {
        List<Variable> variables = new ArrayList<>();
        for (XmlNode node : root.grandchildren("ModelVariables")) {
            if (version == 3) {
                variables.add(new Variable(node, node, 3));
            } else {
                Optional<XmlNode> detail = node.children().stream()
                        .filter(child -> !child.name().equals("Annotations"))
                        .findFirst();
                variables.add(new Variable(node, detail.orElse(node), 2));
            }
        }
        Map<String, XmlNode> types = new HashMap<>();
        for (XmlNode type : root.grandchildren("TypeDefinitions")) {
            XmlNode detail =
                    version == 3 ? type : type.children().stream().findFirst().orElse(type);
            types.putIfAbsent(type.attribute("name", ""), detail);
        }
        Map<String, Variable> references = new HashMap<>();
        variables.forEach(variable -> references.putIfAbsent(variable.reference(), variable));
        return new Described(root, version, List.copyOf(variables), Map.copyOf(types), Map.copyOf(references));
    }

    Optional<XmlNode> coSimulation() {
        return root.child("CoSimulation");
    }

    /** An attribute of a variable, or of its declared type where the variable does not say it. */
    Optional<String> inherited(Variable variable, String key) {
        return variable.detail()
                .attribute(key)
                .or(() -> variable.detail()
                        .attribute("declaredType")
                        .map(types::get)
                        .flatMap(type -> type.attribute(key)));
    }

    Optional<Variable> byReference(String reference) {
        return Optional.ofNullable(references.get(reference));
    }
}
