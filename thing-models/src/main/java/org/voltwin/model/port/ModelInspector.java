package org.voltwin.model.port;

import java.util.List;

/** Checks FMUs and connections files before anything runs. */
public interface ModelInspector {
    /**
     * One finding.
     *
     * @param category malformed, erroneous, interconnection or contradictory-parameters
     * @param error whether it stops the run; a warning does not
     * @param code stable code: {@code fmu.not_a_zip}, {@code connections.unknown_signal}
     * @param place file and place in it
     */
    record Finding(String category, boolean error, String code, String place, String cause, String remedy) {}

    /**
     * All findings on a folder that holds FMUs and their connections file, and on how they fit.
     *
     * @param folder path of a local folder
     */
    List<Finding> inspectFolder(String folder);
}
