package org.voltwin.cosim.check.description;

import java.io.IOException;
import java.util.Optional;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Everything that can be said of a modelDescription.xml without the library beside it. */
public final class DescriptionCheck {
    private static final String FILE = "modelDescription.xml";
    private static final String AGAIN = "Export the FMU again, or mend the file as the FMI standard describes it.";

    private DescriptionCheck() {}

    /**
     * What the other checks need of a description.
     *
     * @param version 2 or 3
     * @param identifier name of the shared library without its ending; a C identifier
     */
    public record Facts(int version, String identifier) {
        /** Where the archive keeps the library for 64-bit Linux. */
        public String libraryPath() {
            return (version == 2 ? "binaries/linux64/" : "binaries/x86_64-linux/") + identifier + ".so";
        }

        /** Folder of the archive's binaries for 64-bit Linux. */
        public String libraryFolder() {
            return version == 2 ? "binaries/linux64/" : "binaries/x86_64-linux/";
        }
    }

    /** Adds what is wrong; empty when the description cannot be used at all. */
    public static Optional<Facts> check(byte[] xml, Findings findings) {
        try {
            XmlNode root = DescriptionParser.parse(xml);
            int version = version(root, findings);
            if (version == 0) {
                return Optional.empty();
            }
            SchemaCheck.check(xml, version, findings);
            Described described = Described.of(root, version);
            VariableRules.check(described, findings);
            ValueRules.check(described, findings);
            TypeRules.check(described, findings);
            StructureRules.check(described, findings);
            return InterfaceRules.check(described, findings).map(identifier -> new Facts(version, identifier));
        } catch (SAXParseException e) {
            malformed(
                    FILE + ":" + e.getLineNumber() + ":" + e.getColumnNumber(),
                    "It is not well-formed XML: " + e.getMessage(),
                    findings);
        } catch (SAXException | IOException e) {
            malformed(FILE, "It cannot be read: " + e.getMessage(), findings);
        }
        return Optional.empty();
    }

    private static int version(XmlNode root, Findings findings) {
        if (!root.name().equals("fmiModelDescription")) {
            malformed(root.place(), "It begins with <" + root.name() + ">, not <fmiModelDescription>.", findings);
            return 0;
        }
        String version = root.attribute("fmiVersion", "").strip();
        if (version.equals("2.0")) {
            return 2;
        }
        if (version.startsWith("3.")) {
            if (version.contains("-")) {
                findings.warning(
                        Category.ERRONEOUS,
                        "description.draft",
                        root.place(),
                        "The FMU is made for " + version + ", a draft: functions and attributes were others then.",
                        "Export it for FMI 3.0.");
            }
            return 3;
        }
        findings.error(
                Category.ERRONEOUS,
                "fmu.wrong_version",
                root.place(),
                "The FMU is made for FMI " + (version.isEmpty() ? "of no stated version" : version) + ".",
                "Export it for FMI 2.0 or 3.0, for co-simulation.");
        return 0;
    }

    private static void malformed(String place, String cause, Findings findings) {
        findings.error(Category.MALFORMED, "fmu.malformed_description", place, cause, AGAIN);
    }
}
