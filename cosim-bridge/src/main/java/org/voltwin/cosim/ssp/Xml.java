package org.voltwin.cosim.ssp;

import java.util.List;
import java.util.Optional;
import org.voltwin.cosim.check.UnitDefinitions;
import org.voltwin.cosim.check.XmlFile;
import org.w3c.dom.Element;

/** Attributes and children as all SSP documents have them. */
final class Xml {
    private static final List<String> TRUTHS = List.of("true", "1", "false", "0");

    private Xml() {}

    static Optional<Element> child(Element parent, String name) {
        return XmlFile.children(parent, name).stream().findFirst();
    }

    /** Elements of that name within a list element, which may be absent. */
    static List<Element> listed(Element parent, String list, String name) {
        return XmlFile.children(parent, list).stream()
                .flatMap(element -> XmlFile.children(element, name).stream())
                .toList();
    }

    /** The attribute, which the standard requires. */
    static String required(Element element, String attribute) {
        String text = element.getAttribute(attribute);
        if (text.isBlank()) {
            throw Refusal.malformed("A <" + element.getLocalName() + "> has no " + attribute + ".");
        }
        return text;
    }

    static double number(Element element, String attribute, double otherwise) {
        String text = element.getAttribute(attribute);
        return text.isBlank() ? otherwise : number(text, "The " + attribute + " of <" + element.getLocalName() + ">");
    }

    /** A finite number. */
    static double number(String text, String what) {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value) && !text.matches(".*[dDfFxX].*")) { // Java's own notations are not XML's
                return value;
            }
        } catch (NumberFormatException e) {
            throw Refusal.malformed(what + " is '" + text + "', which is no number.");
        }
        throw Refusal.malformed(what + " is '" + text + "', which is no finite number.");
    }

    static boolean flag(Element element, String attribute) {
        String text = element.getAttribute(attribute).strip();
        return !text.isEmpty() && truth(text, "The " + attribute + " of <" + element.getLocalName() + ">");
    }

    static boolean truth(String text, String what) {
        int place = TRUTHS.indexOf(text.strip());
        if (place < 0) {
            throw Refusal.malformed(what + " is '" + text + "', which is neither true nor false.");
        }
        return place < 2;
    }

    /** The units that a document defines, which count in it alone. */
    static UnitDefinitions units(Element root) {
        return UnitDefinitions.of(
                child(root, "Units").orElseGet(() -> root.getOwnerDocument().createElement("Units")));
    }
}
