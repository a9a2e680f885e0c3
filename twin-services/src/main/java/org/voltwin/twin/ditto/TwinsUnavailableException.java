package org.voltwin.twin.ditto;

/** Ditto cannot be reached, or refuses for now. The same call may succeed later. */
public final class TwinsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TwinsUnavailableException(String message) {
        super(message);
    }

    TwinsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
