package org.voltwin.cosim.fmu;

/** The versions of FMI that are read, and where an FMU of each keeps its library for 64-bit Linux. */
public enum FmiVersion {
    V2("2.0", "binaries/linux64/"),
    V3("3.0", "binaries/x86_64-linux/");

    private final String text;
    private final String folder;

    FmiVersion(String text, String folder) {
        this.text = text;
        this.folder = folder;
    }

    /** As people write it. */
    public String text() {
        return text;
    }

    /** Place in the archive of the library of this name. */
    public String libraryPath(String identifier) {
        return folder + identifier + ".so";
    }
}
