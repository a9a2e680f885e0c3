package org.voltwin.cosim.ssp;

import org.voltwin.cosim.check.finding.Findings;
import org.w3c.dom.Element;

/** The version attribute of the documents' roots. */
final class Version {
    private Version() {}

    /** Versions 1 and 2.0 are read; drafts of 2 with a warning. */
    static void check(Element root, String expected, String file, Findings findings) {
        if (!expected.equals(root.getLocalName())) {
            throw Refusal.malformed(file + " begins with <" + root.getTagName() + "> instead of <" + expected + ">.");
        }
        String version = root.getAttribute("version").strip();
        if (version.matches("1\\.\\d{1,3}|2\\.0")) {
            return;
        }
        if (!version.matches("2\\.\\d{1,3}(-.{1,40})?")) {
            throw Refusal.malformed(file + " is of SSP version '" + version + "', not 1.0 or 2.0.");
        }
        findings.warning(
                Findings.Category.ERRONEOUS,
                "ssp.version",
                file,
                "It is of SSP version '" + version + "' and read as 2.0.",
                "Export it as SSP 1.0 or 2.0.");
    }
}
