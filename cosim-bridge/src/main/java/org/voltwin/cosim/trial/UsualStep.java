package org.voltwin.cosim.trial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.voltwin.cosim.check.XmlFile;
import org.w3c.dom.Element;

/** The step that a checked FMU says it is made for. */
final class UsualStep {
    private static final double OTHERWISE_SECONDS = 0.01;
    private static final double LONGEST_SECONDS = 3600;

    private UsualStep() {}

    /** Its default experiment's or its own fixed step, in seconds; 10 ms where it says nothing that can be used. */
    static double seconds(Path fmu) throws IOException {
        try (ZipFile zip = new ZipFile(fmu.toFile())) {
            ZipEntry entry = zip.getEntry("modelDescription.xml");
            if (entry == null) {
                return OTHERWISE_SECONDS;
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Element root = XmlFile.parse(in.readAllBytes());
                double own = number(root, "CoSimulation", "fixedInternalStepSize");
                double usual = number(root, "DefaultExperiment", "stepSize");
                return own > 0 ? own : usual > 0 ? usual : OTHERWISE_SECONDS;
            }
        }
    }

    private static double number(Element root, String child, String attribute) {
        for (Element element : XmlFile.children(root, child)) {
            try {
                double value =
                        Double.parseDouble(element.getAttribute(attribute).strip());
                return value > 0 && value <= LONGEST_SECONDS ? value : 0;
            } catch (NumberFormatException e) {
                return 0; // not said, or not a number
            }
        }
        return 0;
    }
}
