package org.voltwin.model.http;

import java.util.Set;

/**
 * An endpoint as data. app serves it: it checks the token and the roles (the default is no), runs the action on a
 * virtual thread, and turns a {@link org.voltwin.model.failure.RefusedException} into a problem document with the
 * status that belongs to its code ({@code *.not_found} 404, {@code *.conflict} 409, retry helps 503, else 400).
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path with parameters in braces: {@code /api/tests/{id}}; a last part {@code {name*}} takes the rest of the path
 * @param events whether this is the variant for {@code Accept: text/event-stream}
 * @param roles who may call; at least one
 * @param summary one sentence for the OpenAPI document
 */
public record Endpoint(String method, String path, boolean events, Set<Role> roles, String summary, Action action) {
    public Endpoint {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(method + " " + path + " allows nobody. Maybe Set.of(Role.VIEWER, ...)");
        }
    }

    /** Does it; may block. */
    @FunctionalInterface
    public interface Action {
        Reply perform(Request request) throws Exception;
    }
}
