package org.voltwin.cosim.fmi;

/** An FMI function did not answer fmi3OK. The instance must not be stepped any more. */
public final class FmiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String instance;

    FmiException(String instance, String message) {
        super(message);
        this.instance = instance;
    }

    /** The FMU's name. */
    public String instance() {
        return instance;
    }
}
