package org.voltwin.cosim.check.description;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/** XML with the places of its elements. Document types, and with them entities, are refused. */
final class DescriptionParser extends DefaultHandler {
    private static final int DEEPEST = 100;
    private static final int MOST_ELEMENTS = 2_000_000;

    private final Deque<XmlNode> open = new ArrayDeque<>();
    private @Nullable XmlNode root;
    private @Nullable Locator locator;
    private int elements;

    private DescriptionParser() {}

    static XmlNode parse(byte[] xml) throws SAXException, IOException {
        DescriptionParser handler = new DescriptionParser();
        XMLReader reader = reader();
        reader.setContentHandler(handler);
        reader.setErrorHandler(handler);
        reader.parse(new InputSource(new ByteArrayInputStream(xml)));
        XmlNode root = handler.root;
        if (root == null) {
            throw new SAXException("there is no element in it");
        }
        return root;
    }

    /** A reader that neither reads nor writes anything but the document. */
    static XMLReader reader() throws SAXException {
        try {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            return factory.newSAXParser().getXMLReader();
        } catch (ParserConfigurationException e) {
            throw new SAXException("the JDK's parser cannot be configured", e);
        }
    }

    @Override
    public void setDocumentLocator(Locator given) {
        locator = given;
    }

    @Override
    public void startElement(String uri, String localName, String qualified, Attributes attributes)
            throws SAXException {
        elements++;
        if (open.size() >= DEEPEST || elements > MOST_ELEMENTS) {
            throw new SAXException(
                    "it is nested deeper than " + DEEPEST + " or has more than " + MOST_ELEMENTS + " elements");
        }
        Locator at = locator;
        XmlNode node =
                XmlNode.open(qualified, at == null ? 0 : at.getLineNumber(), at == null ? 0 : at.getColumnNumber());
        for (int i = 0; i < attributes.getLength(); i++) {
            node.attributes().put(attributes.getQName(i), attributes.getValue(i));
        }
        XmlNode parent = open.peek();
        if (parent == null) {
            root = node;
        } else {
            parent.children().add(node);
        }
        open.push(node);
    }

    @Override
    public void endElement(String uri, String localName, String qualified) {
        open.pop();
    }

    @Override
    public void error(org.xml.sax.SAXParseException exception) throws SAXException {
        throw exception;
    }
}
