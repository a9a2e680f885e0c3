package org.voltwin.cosim.fmu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** One element with all that is in it, read from a stream; text is left out, because FMI keeps everything in attributes. */
record XmlElement(String name, Map<String, String> attributes, List<XmlElement> children) {
    /**
     * Reads the element that the stream stands at the start of, and leaves the stream at its end. The JDK's parser
     * limits how deep elements nest.
     */
    static XmlElement read(XMLStreamReader xml) throws XMLStreamException {
        XmlElement element = new XmlElement(xml.getLocalName(), attributes(xml), new ArrayList<>());
        while (xml.next() != XMLStreamReader.END_ELEMENT) {
            if (xml.isStartElement()) {
                element.children.add(read(xml));
            }
        }
        return element;
    }

    static Map<String, String> attributes(XMLStreamReader xml) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        return attributes;
    }

    @Nullable String attribute(String key) {
        return attributes.get(key);
    }

    String attribute(String key, String otherwise) {
        return attributes.getOrDefault(key, otherwise);
    }

    boolean flag(String key) {
        return isTrue(attributes.get(key));
    }

    /** As XML Schema writes truth. */
    static boolean isTrue(@Nullable String text) {
        return text != null && List.of("true", "1").contains(text.strip());
    }

    List<XmlElement> children(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    Optional<XmlElement> child(String wanted) {
        return children(wanted).stream().findFirst();
    }
}
