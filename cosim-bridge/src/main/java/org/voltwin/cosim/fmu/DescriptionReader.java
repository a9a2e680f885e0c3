package org.voltwin.cosim.fmu;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads modelDescription.xml of FMI 3.0. Document types and external entities are refused. */
final class DescriptionReader {
    private static final long LARGEST_ARRAY = 1_000_000;

    private DescriptionReader() {}

    static Outcome<ModelDescription> read(byte[] xml) {
        Document document;
        try {
            document = parse(xml);
        } catch (SAXParseException e) {
            return malformed("is not well-formed XML in line " + e.getLineNumber() + ": " + e.getMessage());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            return malformed("cannot be read: " + e.getMessage());
        }
        Element root = document.getDocumentElement();
        if (!root.getTagName().equals("fmiModelDescription")) {
            return malformed("begins with <" + root.getTagName() + "> instead of <fmiModelDescription>");
        }
        String version = root.getAttribute("fmiVersion");
        if (!version.startsWith("3.")) {
            return Outcome.refused(Failure.permanent(
                    "fmu.wrong_version",
                    "The FMU is made for FMI " + (version.isEmpty() ? "of no stated version" : version) + ".",
                    "Export it as FMI 3.0 for co-simulation."));
        }
        return child(root, "CoSimulation")
                .map(coSimulation -> describe(root, coSimulation))
                .orElseGet(() -> Outcome.refused(Failure.permanent(
                        "fmu.not_cosimulation",
                        "The FMU has no CoSimulation element: it is for model exchange or scheduled execution.",
                        "Export it for co-simulation.")));
    }

    private static Document parse(byte[] xml) throws SAXException, IOException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new Strict());
        return builder.parse(new ByteArrayInputStream(xml));
    }

    private static Outcome<ModelDescription> describe(Element root, Element coSimulation) {
        String identifier = coSimulation.getAttribute("modelIdentifier");
        if (!identifier.matches("[A-Za-z_]\\w{0,200}")) {
            return malformed("has the modelIdentifier '" + identifier + "', which is not a C identifier");
        }
        Optional<Element> list = child(root, "ModelVariables");
        if (list.isEmpty()) {
            return malformed("has no ModelVariables");
        }
        List<ModelVariable> variables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, Integer> sizes = new HashMap<>();
        for (Element element : children(list.get())) {
            Outcome<ModelVariable> variable = variable(element, sizes);
            switch (variable) {
                case Outcome.Refused<ModelVariable> refused -> {
                    return Outcome.refused(refused.failure());
                }
                case Outcome.Ok<ModelVariable> ok -> variables.add(ok.value());
            }
            if (!names.add(variables.getLast().name())) {
                return malformed(
                        "has two variables named '" + variables.getLast().name() + "'");
            }
        }
        return Outcome.ok(new ModelDescription(
                root.getAttribute("modelName"),
                root.getAttribute("instantiationToken"),
                identifier,
                List.of("true", "1").contains(coSimulation.getAttribute("canGetAndSetFMUState")),
                variables));
    }

    private static Outcome<ModelVariable> variable(Element element, Map<String, Integer> sizes) {
        String name = element.getAttribute("name");
        String reference = element.getAttribute("valueReference");
        if (name.isBlank() || !reference.matches("\\d{1,10}") || Long.parseLong(reference) > 0xFFFF_FFFFL) {
            return Outcome.refused(
                    malformedFailure("has a variable '" + name + "' with the value reference '" + reference + "'"));
        }
        long size = 1;
        for (Element dimension : children(element)) {
            if (dimension.getTagName().equals("Dimension")) {
                String start = dimension.getAttribute("start");
                Integer known = start.matches("\\d{1,9}")
                        ? Integer.valueOf(start)
                        : sizes.get(dimension.getAttribute("valueReference"));
                size = known == null ? -1 : size * known; // at most 1e6 * 1e9
                if (size < 0 || size > LARGEST_ARRAY) {
                    return Outcome.refused(malformedFailure("gives array '" + name + "' a size that is not known or"
                            + " larger than " + LARGEST_ARRAY));
                }
            }
        }
        if (element.getAttribute("start").matches("\\d{1,9}")) {
            sizes.put(reference, Integer.valueOf(element.getAttribute("start")));
        }
        ModelVariable.Type type = switch (element.getTagName()) {
            case "Float64" -> ModelVariable.Type.FLOAT64;
            case "Int32" -> ModelVariable.Type.INT32;
            case "Boolean" -> ModelVariable.Type.BOOLEAN;
            default -> ModelVariable.Type.OTHER;
        };
        String causality = element.getAttribute("causality");
        return Outcome.ok(new ModelVariable(
                name,
                Long.parseLong(reference),
                type,
                causality.isEmpty() ? "local" : causality,
                element.hasAttribute("unit") ? element.getAttribute("unit") : null,
                (int) size));
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .findFirst();
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (@Nullable Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static <T> Outcome<T> malformed(String what) {
        return Outcome.refused(malformedFailure(what));
    }

    private static Failure malformedFailure(String what) {
        return Failure.permanent(
                "fmu.malformed_description",
                "modelDescription.xml " + what.strip().replaceAll("\\.$", "") + ".",
                "Export the FMU again, or mend the file as FMI 3.0 describes it.");
    }

    /** The parser's own handler prints to standard error. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException exception) {
            // A warning of the parser says nothing about whether the description can be used.
        }

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
