package org.voltwin.cosim.fmu;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/**
 * Reads modelDescription.xml of FMI 2.0 and 3.0 as a stream: real ones have 100,000 variables, and a worker has a small
 * heap. Document types and external entities are refused.
 */
final class DescriptionReader {
    private DescriptionReader() {}

    static Outcome<ModelDescription> read(byte[] xml) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader stream = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                return document(stream);
            } finally {
                stream.close();
            }
        } catch (XMLStreamException e) {
            return malformed("is not well-formed XML in line " + e.getLocation().getLineNumber() + ": " + said(e));
        } catch (MalformedException e) {
            return malformed(e.getMessage());
        }
    }

    /** The JDK's parser puts the place and a line break before what it has to say. */
    private static String said(XMLStreamException exception) {
        String message = String.valueOf(exception.getMessage());
        return message.substring(message.indexOf("Message: ") < 0 ? 0 : message.indexOf("Message: ") + 9);
    }

    private static Outcome<ModelDescription> document(XMLStreamReader xml) throws XMLStreamException {
        while (!xml.isStartElement()) {
            if (xml.next() == XMLStreamReader.DTD) {
                throw new MalformedException("has a document type, which FMI does not allow");
            }
        }
        if (!xml.getLocalName().equals("fmiModelDescription")) {
            throw new MalformedException("begins with <" + xml.getLocalName() + "> instead of <fmiModelDescription>");
        }
        Map<String, String> root = XmlElement.attributes(xml);
        String version = root.getOrDefault("fmiVersion", "").strip();
        if (version.startsWith("3.")) {
            return content(xml, root, FmiVersion.V3);
        }
        if (version.equals("2.0") || version.startsWith("2.0.")) {
            return content(xml, root, FmiVersion.V2);
        }
        return Outcome.refused(Failure.permanent(
                "fmu.wrong_version",
                "The FMU is made for FMI " + (version.isEmpty() ? "of no stated version" : version) + ".",
                "Export it as FMI 2.0 or 3.0 for co-simulation."));
    }

    private static Outcome<ModelDescription> content(XMLStreamReader xml, Map<String, String> root, FmiVersion version)
            throws XMLStreamException {
        @Nullable XmlElement coSimulation = null;
        DeclaredTypes types = new DeclaredTypes();
        VariableReader variables = new VariableReader(version, types);
        boolean listed = false;
        while (xml.next() != XMLStreamReader.END_ELEMENT) {
            if (!xml.isStartElement()) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "CoSimulation" -> coSimulation = XmlElement.read(xml);
                case "TypeDefinitions" -> each(xml, types::add);
                case "ModelVariables" -> {
                    listed = true;
                    each(xml, variables::add);
                }
                default -> XmlElement.read(xml);
            }
        }
        while (xml.hasNext()) {
            xml.next(); // what follows the root must be well-formed too
        }
        if (coSimulation == null) {
            return Outcome.refused(Failure.permanent(
                    "fmu.not_cosimulation",
                    "The FMU has no CoSimulation element: it is for model exchange or scheduled execution.",
                    "Export it for co-simulation."));
        }
        if (!listed) {
            throw new MalformedException("has no ModelVariables");
        }
        return Outcome.ok(new ModelDescription(
                version,
                root.getOrDefault("modelName", ""),
                root.getOrDefault(version == FmiVersion.V2 ? "guid" : "instantiationToken", ""),
                identifier(coSimulation),
                capabilities(coSimulation, version),
                variables.finish()));
    }

    private interface Each {
        void accept(XmlElement element);
    }

    private static void each(XMLStreamReader xml, Each each) throws XMLStreamException {
        while (xml.next() != XMLStreamReader.END_ELEMENT) {
            if (xml.isStartElement()) {
                each.accept(XmlElement.read(xml));
            }
        }
    }

    private static String identifier(XmlElement coSimulation) {
        String identifier = coSimulation.attribute("modelIdentifier", "");
        if (!identifier.matches("[A-Za-z_]\\w{0,200}")) {
            throw new MalformedException("has the modelIdentifier '" + identifier + "', which is not a C identifier");
        }
        return identifier;
    }

    private static Capabilities capabilities(XmlElement element, FmiVersion version) {
        boolean second = version == FmiVersion.V2;
        return new Capabilities(
                element.flag(second ? "canGetAndSetFMUstate" : "canGetAndSetFMUState"),
                element.flag(second ? "canSerializeFMUstate" : "canSerializeFMUState"),
                element.flag(second ? "providesDirectionalDerivative" : "providesDirectionalDerivatives"),
                element.flag("canHandleVariableCommunicationStepSize"),
                element.flag("hasEventMode"),
                element.flag("canBeInstantiatedOnlyOncePerProcess"),
                element.flag("needsExecutionTool"),
                element.flag("canRunAsynchronuously"), // the standard's spelling
                element.attribute("maxOutputDerivativeOrder", "0").strip().matches("\\+?0*[1-9]\\d*"),
                second && element.flag("canInterpolateInputs"));
    }

    private static Outcome<ModelDescription> malformed(@Nullable String what) {
        return Outcome.refused(Failure.permanent(
                "fmu.malformed_description",
                "modelDescription.xml "
                        + String.valueOf(what).strip().replaceAll("\\s+", " ").replaceAll("\\.$", "") + ".",
                "Export the FMU again, or mend the file as the FMI standard describes it."));
    }

    /** Says in its message what is wrong with the description. */
    static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedException(String what) {
            super(what);
        }
    }

    /** Units of the declared types, for variables that state none, and the items of enumerations. */
    static final class DeclaredTypes {
        private final Map<String, String> units = new HashMap<>();
        private final Map<String, Map<String, Long>> items = new HashMap<>();

        private void add(XmlElement element) {
            String name = element.attribute("name", "");
            String unit = element.child("Real").orElse(element).attribute("unit");
            if (unit != null) {
                units.put(name, unit);
            }
            Map<String, Long> numbers = new HashMap<>();
            for (XmlElement item : element.child("Enumeration").orElse(element).children("Item")) {
                String value = item.attribute("value", "").strip();
                if (value.matches("[+-]?\\d{1,18}")) {
                    numbers.put(item.attribute("name", ""), Long.valueOf(value));
                }
            }
            if (!numbers.isEmpty()) {
                items.put(name, Map.copyOf(numbers));
            }
        }

        @Nullable String unit(@Nullable String type) {
            return units.get(type);
        }

        Map<String, Long> items(@Nullable String type) {
            return type == null ? Map.of() : items.getOrDefault(type, Map.of());
        }
    }
}
