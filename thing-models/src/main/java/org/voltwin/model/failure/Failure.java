package org.voltwin.model.failure;

/**
 * An expected failure: something a person or program can act on.
 *
 * @param code stable, machine-readable, lower case with dots: {@code request.unknown_standard}
 * @param cause one sentence: what is wrong, with the value and the place
 * @param remedy one sentence: what to do
 * @param retryHelps whether the same call may succeed later without a change
 */
public record Failure(String code, String cause, String remedy, boolean retryHelps) {
    public Failure {
        if (!code.matches("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)+")) {
            throw new IllegalArgumentException("'" + code + "' is not a failure code such as request.unknown_standard");
        }
    }

    /** A failure that only a change of the input or the installation mends. */
    public static Failure permanent(String code, String cause, String remedy) {
        return new Failure(code, cause, remedy, false);
    }

    /** A passing failure: the same call may succeed later. */
    public static Failure passing(String code, String cause, String remedy) {
        return new Failure(code, cause, remedy, true);
    }

    /** The failure as one line for logs and terminals. */
    public String inOneLine() {
        return cause + " " + remedy + " [" + code + "]";
    }
}
