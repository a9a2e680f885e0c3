package org.voltwin.cosim.ssp;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.cosim.check.XmlFile;
import org.w3c.dom.Element;

/**
 * Parameter bindings with their parameter sets and mappings. A binding of an outer system wins over an inner one, and
 * among those of one element the later wins, as the standard says.
 */
final class ParameterValues {
    /** Another file of the same package. */
    interface Files {
        byte[] read(String source) throws IOException;
    }

    /** Only numbers are set, Booleans as 1 and 0. */
    private static final List<String> NUMBERS = List.of(
            "Real", "Float64", "Float32", "Integer", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32",
            "UInt64", "Boolean");

    private final Files files;
    private final Map<String, Double> values = new TreeMap<>();

    ParameterValues(Files files) {
        this.files = files;
    }

    /** By {@code /FMU/Variable}. */
    Map<String, List<Double>> of(Map<String, String> components) throws IOException {
        Map<String, List<Double>> found = new TreeMap<>();
        for (Map.Entry<String, Double> entry : values.entrySet()) {
            String owner = components.keySet().stream()
                    .filter(name -> entry.getKey().startsWith(name + "."))
                    .max(java.util.Comparator.comparingInt(String::length))
                    .orElseThrow(() -> new IOException("sets '" + entry.getKey() + "', which is of no component"));
            found.put("/" + owner + "/" + entry.getKey().substring(owner.length() + 1), List.of(entry.getValue()));
        }
        return found;
    }

    /** Outer elements come first, so what is there already is left. */
    void bind(Element element, String path) throws IOException {
        Map<String, Double> own = new HashMap<>();
        for (Element bindings : XmlFile.children(element, "ParameterBindings")) {
            for (Element binding : XmlFile.children(bindings, "ParameterBinding")) {
                String prefix = binding.getAttribute("prefix");
                Map<String, Double> set = mapped(binding, read(binding, "ParameterValues", "ParameterSet"));
                set.forEach((name, value) -> own.put((path.isEmpty() ? "" : path + ".") + prefix + name, value));
            }
        }
        own.forEach(values::putIfAbsent);
    }

    private Map<String, Double> mapped(Element binding, List<Element> sets) throws IOException {
        Map<String, Double> given = new TreeMap<>();
        for (Element set : sets) {
            for (Element parameter : XmlFile.descendants(set, "Parameter")) {
                for (Element value : XmlFile.children(parameter)) {
                    if (NUMBERS.contains(String.valueOf(value.getLocalName()))) {
                        String text = value.getAttribute("value");
                        given.put(
                                parameter.getAttribute("name"),
                                switch (text.strip()) {
                                    case "true" -> 1.0;
                                    case "false" -> 0.0;
                                    case "" ->
                                        throw new IOException(
                                                "gives parameter '" + parameter.getAttribute("name") + "' no value");
                                    default -> Numbers.finite(text, 0);
                                });
                    }
                }
            }
        }
        List<Element> mappings = read(binding, "ParameterMapping", "ParameterMapping");
        if (mappings.isEmpty()) {
            return given;
        }
        Map<String, Double> result = new TreeMap<>();
        for (Element mapping : mappings) {
            for (Element entry : XmlFile.descendants(mapping, "MappingEntry")) {
                Double source = given.get(entry.getAttribute("source"));
                if (source == null) {
                    throw new IOException("maps '" + entry.getAttribute("source") + "', which no parameter set gives");
                }
                double value = source;
                for (Element line : XmlFile.children(entry, "LinearTransformation")) {
                    value = Numbers.finite(line.getAttribute("factor"), 1) * value
                            + Numbers.finite(line.getAttribute("offset"), 0);
                }
                result.put(entry.getAttribute("target"), value);
            }
        }
        return result;
    }

    /** The element in place, or the root of the file that a source names. */
    private List<Element> read(Element binding, String holder, String root) throws IOException {
        String source = holder.equals("ParameterValues") ? binding.getAttribute("source") : "";
        if (!source.isBlank()) {
            return List.of(XmlFile.parse(files.read(source)));
        }
        for (Element place : XmlFile.children(binding, holder)) {
            String mappingSource = place.getAttribute("source");
            return mappingSource.isBlank()
                    ? (XmlFile.children(place, root).isEmpty() ? List.of(place) : XmlFile.children(place, root))
                    : List.of(XmlFile.parse(files.read(mappingSource)));
        }
        return List.of();
    }
}
