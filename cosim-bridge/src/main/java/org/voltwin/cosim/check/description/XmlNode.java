package org.voltwin.cosim.check.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An XML element that knows where it stands.
 *
 * @param line from 1
 * @param column behind the element's start tag, as parsers count
 */
record XmlNode(String name, Map<String, String> attributes, List<XmlNode> children, int line, int column) {
    static XmlNode open(String name, int line, int column) {
        return new XmlNode(name, new LinkedHashMap<>(), new ArrayList<>(), line, column);
    }

    Optional<String> attribute(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    String attribute(String key, String otherwise) {
        return attributes.getOrDefault(key, otherwise);
    }

    boolean has(String key) {
        return attributes.containsKey(key);
    }

    /** Whether the attribute is there and true; XML writes that as "true" or "1". */
    boolean isTrue(String key) {
        String text = attributes.getOrDefault(key, "").strip();
        return text.equals("true") || text.equals("1");
    }

    /** The number of an attribute; empty where there is none or it is no number. */
    Optional<Double> number(String key) {
        return attribute(key).flatMap(XmlNode::numberOf);
    }

    /** Numbers and booleans as XML Schema writes them. */
    static Optional<Double> numberOf(String text) {
        String plain = text.strip();
        try {
            return switch (plain) {
                case "" -> Optional.empty();
                case "INF", "+INF" -> Optional.of(Double.POSITIVE_INFINITY);
                case "-INF" -> Optional.of(Double.NEGATIVE_INFINITY);
                case "true" -> Optional.of(1.0);
                case "false" -> Optional.of(0.0);
                default -> Optional.of(Double.parseDouble(plain));
            };
        } catch (NumberFormatException e) {
            return Optional.empty(); // the schema check says that it is no number
        }
    }

    Optional<XmlNode> child(String childName) {
        return children.stream().filter(child -> child.name().equals(childName)).findFirst();
    }

    List<XmlNode> children(String childName) {
        return children.stream().filter(child -> child.name().equals(childName)).toList();
    }

    /** The children of a list that may be absent. */
    List<XmlNode> grandchildren(String listName) {
        return child(listName).map(XmlNode::children).orElse(List.of());
    }

    /** Where it stands, for people. */
    String place() {
        return "modelDescription.xml:" + line + ":" + column + " " + name
                + attribute("name").map(text -> " '" + text + "'").orElse("");
    }
}
