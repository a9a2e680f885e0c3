package org.voltwin.standalone.ditto.connect.link;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;

/** What failures mean for a connection. */
final class Failures {
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private Failures() {}

    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** In words, for people. */
    static String say(Throwable failure) {
        Throwable cause = unwrap(failure);
        return switch (cause) {
            case DittoRuntimeException refusal ->
                refusal.getMessage()
                        + refusal.getDescription().map(more -> " " + more).orElse("");
            case TimeoutException timeout -> "It took too long.";
            default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
        };
    }

    /** Whether what failed may work when the broker delivers it again. */
    static boolean mayPass(Throwable failure) {
        if (!(unwrap(failure) instanceof DittoRuntimeException refusal)) {
            return true;
        }
        int status = refusal.getHttpStatus().getCode();
        return status >= SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
    }
}
