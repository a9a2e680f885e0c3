package org.voltwin.standalone.ditto.auth;

import java.time.Instant;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param expiresAt when that stops being true; {@link Instant#MAX} for never
 * @param claims of the token that says so, null when it was none
 */
public record Caller(
        AuthorizationContext context,
        Instant expiresAt,
        @Nullable JsonObject claims) {
    /** Somebody without a token. */
    public Caller(AuthorizationContext context, Instant expiresAt) {
        this(context, expiresAt, null);
    }
}
