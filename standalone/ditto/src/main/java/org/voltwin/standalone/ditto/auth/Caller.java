package org.voltwin.standalone.ditto.auth;

import java.time.Instant;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;

/**
 * Who sends a request.
 *
 * @param expiresAt when that stops being true; {@link Instant#MAX} for never
 */
public record Caller(AuthorizationContext context, Instant expiresAt) {}
