package org.voltwin.cosim.fmu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.fmu.DescriptionReader.MalformedException;

/** Collects the elements of ModelVariables. */
final class VariableReader {
    private final FmiVersion version;
    private final DescriptionReader.DeclaredTypes types;
    private final List<ModelVariable> variables = new ArrayList<>();
    private final Map<String, Long> names = new HashMap<>();
    private final Map<Long, String> references = new HashMap<>();

    VariableReader(FmiVersion version, DescriptionReader.DeclaredTypes types) {
        this.version = version;
        this.types = types;
    }

    void add(XmlElement element) {
        String name = element.attribute("name", "");
        String reference = element.attribute("valueReference", "").strip();
        if (name.isBlank() || !reference.matches("\\d{1,10}") || Long.parseLong(reference) > 0xFFFF_FFFFL) {
            throw new MalformedException("has a variable '" + name + "' with the value reference '" + reference + "'");
        }
        XmlElement detail = version == FmiVersion.V2 ? typed(element, name) : element;
        ModelVariable.Type type = type(detail.name(), name);
        String unit = detail.attribute("unit");
        ModelVariable variable = new ModelVariable(
                name,
                Long.parseLong(reference),
                type,
                element.attribute("causality", "local"),
                element.attribute("variability", defaultVariability(element, type)),
                unit != null ? unit : types.unit(detail.attribute("declaredType")),
                dimensions(element, name),
                1,
                start(detail),
                type == ModelVariable.Type.CLOCK ? timing(element, name) : null,
                element.children("Alias").stream()
                        .map(alias -> alias.attribute("name", ""))
                        .toList(),
                type == ModelVariable.Type.ENUMERATION ? types.items(detail.attribute("declaredType")) : Map.of());
        register(variable);
        variables.add(variable);
    }

    private void register(ModelVariable variable) {
        List<String> all = new ArrayList<>(variable.aliases());
        all.add(variable.name());
        for (String name : all) {
            if (names.put(name, variable.valueReference()) != null) {
                throw new MalformedException("has two variables named '" + name + "'");
            }
        }
        // in FMI 2.0 variables may share a reference: aliases, or variables of different types
        String before = version == FmiVersion.V3 ? references.put(variable.valueReference(), variable.name()) : null;
        if (before != null) {
            throw new MalformedException("gives '" + before + "' and '" + variable.name()
                    + "' the same value reference " + variable.valueReference());
        }
    }

    /** All variables with the sizes of arrays, which may be given by variables further down. */
    List<ModelVariable> finish() {
        Map<Long, Long> sizes = ModelDescription.sizesOf(variables);
        return variables.stream()
                .map(variable -> variable.dimensions().isEmpty()
                        ? variable
                        : variable.withSize(ModelDescription.size(variable.dimensions(), sizes)
                                .orElseThrow(() -> new MalformedException("gives array '" + variable.name()
                                        + "' a size that is not known or larger than "
                                        + ModelDescription.LARGEST_ARRAY))))
                .toList();
    }

    private static XmlElement typed(XmlElement variable, String name) {
        return variable.children().stream()
                .filter(child -> !child.name().equals("Annotations"))
                .findFirst()
                .orElseThrow(() -> new MalformedException("has a variable '" + name + "' without a type"));
    }

    private ModelVariable.Type type(String element, String name) {
        return switch (element) {
            case "Real", "Float64" -> ModelVariable.Type.FLOAT64;
            case "Integer", "Int32" -> ModelVariable.Type.INT32;
            case "Float32" -> ModelVariable.Type.FLOAT32;
            case "Int8" -> ModelVariable.Type.INT8;
            case "UInt8" -> ModelVariable.Type.UINT8;
            case "Int16" -> ModelVariable.Type.INT16;
            case "UInt16" -> ModelVariable.Type.UINT16;
            case "UInt32" -> ModelVariable.Type.UINT32;
            case "Int64" -> ModelVariable.Type.INT64;
            case "UInt64" -> ModelVariable.Type.UINT64;
            case "Boolean" -> ModelVariable.Type.BOOLEAN;
            case "Enumeration" -> ModelVariable.Type.ENUMERATION;
            case "String" -> ModelVariable.Type.STRING;
            case "Binary" -> ModelVariable.Type.BINARY;
            case "Clock" -> ModelVariable.Type.CLOCK;
            default -> throw new MalformedException("has a variable '" + name + "' of the type '" + element + "'");
        };
    }

    /** FMI 2.0.4, section 2.2.7; FMI 3.0.2, section 2.4.7.4. */
    private String defaultVariability(XmlElement element, ModelVariable.Type type) {
        if (version == FmiVersion.V2) {
            return "continuous";
        }
        String causality = element.attribute("causality", "local");
        if (causality.equals("parameter")
                || causality.equals("calculatedParameter")
                || causality.equals("structuralParameter")) {
            return "fixed";
        }
        return type.isReal() ? "continuous" : "discrete";
    }

    private static List<Dimension> dimensions(XmlElement element, String name) {
        List<Dimension> dimensions = new ArrayList<>();
        for (XmlElement dimension : element.children("Dimension")) {
            String start = dimension.attribute("start", "").strip();
            String reference = dimension.attribute("valueReference", "").strip();
            if (start.matches("\\d{1,9}")) {
                dimensions.add(new Dimension.Fixed(Long.parseLong(start)));
            } else if (reference.matches("\\d{1,10}")) {
                dimensions.add(new Dimension.ByParameter(Long.parseLong(reference)));
            } else {
                throw new MalformedException(
                        "gives array '" + name + "' a size that is not known: '" + start + reference + "'");
            }
        }
        return dimensions;
    }

    private static List<String> start(XmlElement detail) {
        String attribute = detail.attribute("start");
        return attribute != null
                ? List.of(attribute)
                : detail.children("Start").stream()
                        .map(start -> start.attribute("value", ""))
                        .toList();
    }

    private static ClockTiming timing(XmlElement element, String name) {
        String variability = element.attribute("intervalVariability", "triggered");
        @Nullable Double interval = seconds(element, name, "intervalDecimal");
        @Nullable Double shift = seconds(element, name, "shiftDecimal");
        return new ClockTiming(variability, interval, shift == null ? 0 : shift);
    }

    private static @Nullable Double seconds(XmlElement element, String name, String key) {
        String text = element.attribute(key);
        try {
            return text == null ? null : Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new MalformedException("gives clock '" + name + "' the " + key + " '" + text + "'");
        }
    }
}
