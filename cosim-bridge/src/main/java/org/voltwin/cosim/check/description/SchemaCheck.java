package org.voltwin.cosim.check.description;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** A description against the Modelica Association's XML schema of its version; every breach is a warning. */
final class SchemaCheck {
    private static final String FOLDER = "/fmi-schemas/";
    private static final Map<Integer, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private SchemaCheck() {}

    /** @param version 2 or 3 */
    static void check(byte[] xml, int version, Findings findings) throws SAXException, IOException {
        Validator validator =
                SCHEMAS.computeIfAbsent(version, SchemaCheck::load).newValidator();
        validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        validator.setErrorHandler(new Collector(version, findings));
        validator.validate(new SAXSource(DescriptionParser.reader(), new InputSource(new ByteArrayInputStream(xml))));
    }

    private static Schema load(int version) {
        String name = "fmi" + version + "ModelDescription.xsd";
        try (InputStream in = open(name)) {
            SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setResourceResolver((type, space, publicId, systemId, base) -> included(systemId));
            return factory.newSchema(new StreamSource(in, name));
        } catch (SAXException | IOException e) {
            throw new IllegalStateException("The class path has no usable " + FOLDER + name, e);
        }
    }

    private static InputStream open(String name) throws IOException {
        URL place = SchemaCheck.class.getResource(FOLDER + name);
        if (place == null) {
            throw new IOException("The class path has no " + FOLDER + name);
        }
        return place.openStream();
    }

    private static LSInput included(@Nullable String systemId) {
        String name = String.valueOf(systemId);
        if (!name.matches("fmi[23]\\w+\\.xsd")) {
            return new Included(name, new byte[0]);
        }
        try (InputStream in = open(name)) {
            return new Included(name, in.readAllBytes());
        } catch (IOException e) {
            return new Included(name, new byte[0]); // an empty schema does not compile, which is reported
        }
    }

    private record Collector(int version, Findings findings) implements ErrorHandler {
        @Override
        public void warning(SAXParseException exception) {
            add(exception);
        }

        @Override
        public void error(SAXParseException exception) {
            add(exception);
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }

        private void add(SAXParseException breach) {
            findings.warning(
                    Category.MALFORMED,
                    "description.schema",
                    "modelDescription.xml:" + breach.getLineNumber() + ":" + breach.getColumnNumber(),
                    "The schema of FMI " + version + ".0 does not allow this: "
                            + String.valueOf(breach.getMessage()).replaceFirst("^cvc-[\\w.-]+: ", ""),
                    "Tell the maker of the export tool; the FMU may run all the same.");
        }
    }

    /** A schema that another one includes. */
    private record Included(String name, byte[] content) implements LSInput {
        @Override
        public java.io.@Nullable Reader getCharacterStream() {
            return null;
        }

        @Override
        public @Nullable String getStringData() {
            return null;
        }

        @Override
        public String getSystemId() {
            return name;
        }

        @Override
        public InputStream getByteStream() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public @Nullable String getPublicId() {
            return null;
        }

        @Override
        public @Nullable String getBaseURI() {
            return null;
        }

        @Override
        public @Nullable String getEncoding() {
            return null;
        }

        @Override
        public boolean getCertifiedText() {
            return false;
        }

        // The parser only reads; there is nothing that it could set.
        @Override
        public void setCharacterStream(java.io.@Nullable Reader reader) {}

        @Override
        public void setByteStream(@Nullable InputStream stream) {}

        @Override
        public void setStringData(@Nullable String data) {}

        @Override
        public void setSystemId(@Nullable String id) {}

        @Override
        public void setPublicId(@Nullable String id) {}

        @Override
        public void setBaseURI(@Nullable String uri) {}

        @Override
        public void setEncoding(@Nullable String encoding) {}

        @Override
        public void setCertifiedText(boolean certified) {}
    }
}
