package org.voltwin.cosim.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** XML from others: no document types, no external entities, names without their prefixes. */
public final class XmlFile {
    private XmlFile() {}

    /** The root element; throws {@link IOException} with the reason when it is not well-formed. */
    public static Element parse(byte[] xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // the parser's own one prints
            return builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("is not well-formed XML: " + e.getMessage(), e);
        }
    }

    public static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (@Nullable Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** Children of that local name, whatever their prefix. */
    public static List<Element> children(Element parent, String name) {
        return children(parent).stream()
                .filter(child -> name.equals(child.getLocalName()))
                .toList();
    }

    /** All elements below of that local name, in the document's order. */
    public static List<Element> descendants(Element parent, String name) {
        List<Element> elements = new ArrayList<>();
        for (Element child : children(parent)) {
            if (name.equals(child.getLocalName())) {
                elements.add(child);
            }
            elements.addAll(descendants(child, name));
        }
        return elements;
    }
}
