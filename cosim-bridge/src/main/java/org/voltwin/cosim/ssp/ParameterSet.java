package org.voltwin.cosim.ssp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voltwin.cosim.check.UnitDefinitions;
import org.voltwin.cosim.check.XmlFile;
import org.w3c.dom.Element;

/** The values of one parameter set, by name, with the units and enumerations that the set defines. */
final class ParameterSet {
    private static final List<String> REALS = List.of("Real", "Float64", "Float32");
    private static final List<String> WHOLES =
            List.of("Integer", "Int8", "UInt8", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64");
    private static final long LARGEST_ARRAY = 1_000_000;

    private final UnitDefinitions units;
    private final Map<String, Map<String, Long>> enumerations = new HashMap<>();

    private ParameterSet(Element root) {
        units = Xml.units(root);
        for (Element enumeration : Xml.listed(root, "Enumerations", "Enumeration")) {
            Map<String, Long> items = new HashMap<>();
            for (Element item : XmlFile.children(enumeration, "Item")) {
                items.put(item.getAttribute("name"), (long)
                        Xml.number(Xml.required(item, "value"), "The value of an enumeration's item"));
            }
            enumerations.put(enumeration.getAttribute("name"), items);
        }
    }

    /** Reads the element ParameterSet. */
    static Map<String, ParameterValue> read(Element root) {
        ParameterSet set = new ParameterSet(root);
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        for (Element parameter : Xml.listed(root, "Parameters", "Parameter")) {
            String name = Xml.required(parameter, "name");
            if (values.put(name, set.value(parameter, name)) != null) {
                throw Refusal.malformed("A parameter set has two parameters '" + name + "'.");
            }
        }
        return values;
    }

    private ParameterValue value(Element parameter, String name) {
        for (Element element : XmlFile.children(parameter)) {
            String type = String.valueOf(element.getLocalName());
            if (REALS.contains(type)) {
                return numbers(element, parameter, name, false);
            } else if (WHOLES.contains(type)) {
                return numbers(element, parameter, name, true);
            } else if (type.equals("Boolean")) {
                return new ParameterValue.Truths(words(element, parameter, name).stream()
                        .map(word -> Xml.truth(word, "Parameter '" + name + "'"))
                        .toList());
            } else if (type.equals("String")) {
                return new ParameterValue.Texts(texts(element, parameter, name));
            } else if (type.equals("Enumeration")) {
                return new ParameterValue.Items(
                        texts(element, parameter, name),
                        enumerations.getOrDefault(element.getAttribute("name"), Map.of()));
            } else if (type.equals("Binary")) {
                return new ParameterValue.Bytes();
            }
        }
        throw Refusal.malformed("Parameter '" + name + "' has no value of a type that SSP knows.");
    }

    private ParameterValue numbers(Element element, Element parameter, String name, boolean whole) {
        List<Double> values = new ArrayList<>();
        for (String word : words(element, parameter, name)) {
            double value = Xml.number(word, "Parameter '" + name + "'");
            if (whole
                    && !(word.matches("[+-]?\\d{1,40}")
                            && new BigDecimal(word).compareTo(new BigDecimal(value)) == 0)) {
                throw Refusal.value(
                        "Parameter '" + name + "' is " + word + ", which is no whole number that can be set exactly.",
                        "Give a whole number of at most 2^53.");
            }
            values.add(value);
        }
        return new ParameterValue.Numbers(values, whole, Quantity.of(element.getAttribute("unit"), units));
    }

    /** Values separated by blanks. */
    private static List<String> words(Element element, Element parameter, String name) {
        String text = Xml.required(element, "value");
        return counted(List.of(text.strip().split("\\s+")), parameter, name);
    }

    /** The value attribute, or those of the children, which arrays have. */
    private static List<String> texts(Element element, Element parameter, String name) {
        List<Element> children = XmlFile.children(element, "Value");
        if (element.hasAttribute("value") != children.isEmpty()) {
            throw Refusal.malformed("Parameter '" + name + "' has no value, or both an attribute and elements for it.");
        }
        return counted(
                children.isEmpty()
                        ? List.of(element.getAttribute("value"))
                        : children.stream()
                                .map(child -> child.getAttribute("value"))
                                .toList(),
                parameter,
                name);
    }

    private static List<String> counted(List<String> values, Element parameter, String name) {
        long size = 1;
        for (Element dimension : XmlFile.children(parameter, "Dimension")) {
            String text = dimension.getAttribute("size").strip();
            long factor = text.matches("\\d{1,7}") ? Long.parseLong(text) : 0;
            size *= factor;
            if (factor == 0 || size > LARGEST_ARRAY) {
                throw Refusal.malformed("Parameter '" + name + "' is an array with the size '" + text + "'.");
            }
        }
        if (values.size() != size) {
            throw Refusal.malformed(
                    "Parameter '" + name + "' has " + values.size() + " values but its dimensions give " + size + ".");
        }
        return values;
    }
}
