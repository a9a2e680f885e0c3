package org.voltwin.cosim.ssp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.voltwin.cosim.check.XmlFile;
import org.w3c.dom.Element;

/** What becomes of a value after its unit was converted. */
sealed interface Transformation {
    Transformation NONE = new Linear(Line.NONE);

    /** factor * value + offset. */
    record Linear(Line line) implements Transformation {}

    /** Values by values; those that are not in the table stay as they are. */
    record Truths(Map<Boolean, Boolean> table) implements Transformation {}

    record Wholes(Map<Long, Long> table) implements Transformation {}

    /** Names of items of enumerations. */
    record Items(Map<String, String> table) implements Transformation {}

    /** The transformation among the children of a connection or a mapping's entry. */
    static Transformation of(Element element) {
        Transformation found = NONE;
        int count = 0;
        for (Element child : XmlFile.children(element)) {
            String name = String.valueOf(child.getLocalName());
            if (name.endsWith("Transformation")) {
                found = read(child, name);
                count++;
            }
        }
        if (count > 1) {
            throw Refusal.malformed("A <" + element.getLocalName() + "> has " + count + " transformations.");
        }
        return found;
    }

    private static Transformation read(Element element, String name) {
        return switch (name) {
            case "LinearTransformation" ->
                new Linear(new Line(Xml.number(element, "factor", 1), Xml.number(element, "offset", 0)));
            case "BooleanMappingTransformation" -> {
                Map<Boolean, Boolean> table = new LinkedHashMap<>();
                each(element, (from, to) -> table.put(Xml.truth(from, name), Xml.truth(to, name)));
                yield new Truths(table);
            }
            case "IntegerMappingTransformation" -> {
                Map<Long, Long> table = new LinkedHashMap<>();
                each(element, (from, to) -> table.put(whole(from), whole(to)));
                yield new Wholes(table);
            }
            case "EnumerationMappingTransformation" -> {
                Map<String, String> table = new LinkedHashMap<>();
                each(element, table::put);
                yield new Items(table);
            }
            default -> throw Refusal.malformed("There is a transformation <" + name + "> that SSP does not know.");
        };
    }

    /** Takes an entry, and answers what was there before. */
    interface Entry<T> {
        T put(String from, String to);
    }

    private static <T> void each(Element element, Entry<T> entry) {
        for (Element map : XmlFile.children(element, "MapEntry")) {
            if (entry.put(map.getAttribute("source"), map.getAttribute("target")) != null) {
                throw Refusal.malformed(
                        "A <" + element.getLocalName() + "> has two entries for '" + map.getAttribute("source") + "'.");
            }
        }
    }

    private static Long whole(String text) {
        if (!text.strip().matches("[+-]?\\d{1,18}")) {
            throw Refusal.malformed("A transformation of whole numbers has the entry '" + text + "'.");
        }
        return Long.valueOf(text.strip());
    }
}
