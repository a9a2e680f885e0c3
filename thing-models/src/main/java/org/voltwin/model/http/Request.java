package org.voltwin.model.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * A request as an endpoint sees it.
 *
 * @param pathParameters by name
 * @param query values by name, in order
 * @param body at most the server's limit; empty when there is none
 */
public record Request(Caller caller, Map<String, String> pathParameters, Map<String, List<String>> query, byte[] body) {
    public String path(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalStateException("The endpoint has no path parameter " + name);
        }
        return value;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name))
                .filter(values -> !values.isEmpty() && !values.get(0).isBlank())
                .map(values -> values.get(0).strip());
    }

    /** A whole number of the query, or {@link RefusedException} with {@code request.bad_number}. */
    public int queryInt(String name, int otherwise, int least, int most) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw badNumber(name, text.get(), least, most);
        }
        throw badNumber(name, text.get(), least, most);
    }

    private static RefusedException badNumber(String name, String text, int least, int most) {
        return new RefusedException(Failure.permanent(
                "request.bad_number",
                "The query parameter " + name + " is '" + text + "'.",
                "Give a whole number from " + least + " to " + most + "."));
    }
}
