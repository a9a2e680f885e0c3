package org.voltwin.cosim.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What an FMU says of itself at the root of its modelDescription.xml, for the listing; FMI 2.0 and 3.0. */
final class FmuFacts {
    private static final List<String> ATTRIBUTES =
            List.of("modelName", "fmiVersion", "version", "description", "author", "generationTool");
    private static final int LONGEST = 500;

    private FmuFacts() {}

    /** By attribute; empty for what is no FMU: the listing shows such a file all the same, a check says what is wrong. */
    static Map<String, String> of(Path file) {
        Map<String, String> facts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry("modelDescription.xml");
            if (entry != null) {
                try (InputStream in = zip.getInputStream(entry)) {
                    read(in, facts);
                }
            }
        } catch (IOException | XMLStreamException e) {
            return Map.of();
        }
        return facts;
    }

    private static void read(InputStream in, Map<String, String> facts) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        try {
            while (reader.hasNext() && !reader.isStartElement()) {
                reader.next();
            }
            for (String attribute : ATTRIBUTES) {
                String value = reader.isStartElement() ? reader.getAttributeValue(null, attribute) : null;
                if (value != null) {
                    facts.put(attribute, value.substring(0, Math.min(LONGEST, value.length())));
                }
            }
        } finally {
            reader.close();
        }
    }
}
