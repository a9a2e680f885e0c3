package org.voltwin.standalone.ditto.wot;

/** A model, or one it is made from, cannot be had or is none. */
final class ModelUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    ModelUnavailableException(String message) {
        super(message);
    }

    ModelUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
