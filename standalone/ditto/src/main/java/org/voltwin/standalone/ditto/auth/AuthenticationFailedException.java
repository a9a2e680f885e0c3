package org.voltwin.standalone.ditto.auth;

import java.net.URI;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.jspecify.annotations.Nullable;

/** 401, 400 for what is no token, or 503 when the issuer's keys cannot be had; with the error codes of Ditto's gateway, which are not published. */
public final class AuthenticationFailedException extends DittoRuntimeException {
    private static final long serialVersionUID = 1L;

    private AuthenticationFailedException(
            String code,
            HttpStatus status,
            DittoHeaders headers,
            @Nullable String message,
            @Nullable String description,
            @Nullable Throwable cause,
            @Nullable URI href) {
        super(code, status, headers, message, description, cause, href);
    }

    static AuthenticationFailedException missing() {
        return new AuthenticationFailedException(
                "gateway:authentication.failed",
                HttpStatus.UNAUTHORIZED,
                DittoHeaders.empty(),
                "No authentication was provided.",
                "Send a JSON Web Token: header 'Authorization: Bearer <token>'.",
                null,
                null);
    }

    static AuthenticationFailedException devops() {
        return new AuthenticationFailedException(
                "gateway:authentication.failed",
                HttpStatus.UNAUTHORIZED,
                DittoHeaders.empty(),
                "The request could not be authenticated.",
                "Sign in by basic authentication as the user of ditto.gateway.authentication.devops.",
                null,
                null);
    }

    static AuthenticationFailedException invalid(String description) {
        return new AuthenticationFailedException(
                "gateway:authentication.failed",
                HttpStatus.UNAUTHORIZED,
                DittoHeaders.empty(),
                "The JWT could not be verified.",
                description,
                null,
                null);
    }

    /** Of something that is no token at all: 400, as Ditto's {@code JwtInvalidException}. */
    static AuthenticationFailedException malformed() {
        return new AuthenticationFailedException(
                "jwt:invalid",
                HttpStatus.BAD_REQUEST,
                DittoHeaders.empty(),
                "The JSON Web Token is not valid.",
                "The provided token string did not have the expected format.",
                null,
                null);
    }

    /** Of a session whose token was not renewed in time. */
    public static AuthenticationFailedException sessionExpired() {
        return new AuthenticationFailedException(
                "gateway:websocket.session.expired",
                HttpStatus.UNAUTHORIZED,
                DittoHeaders.empty(),
                "The WebSocket session ends because its JWT has expired.",
                "Send a new JWT before the old one expires: JWT-TOKEN?jwtToken=<token>.",
                null,
                null);
    }

    static AuthenticationFailedException issuerNotSupported(String issuer) {
        return new AuthenticationFailedException(
                "gateway:jwt.issuer.notsupported",
                HttpStatus.UNAUTHORIZED,
                DittoHeaders.empty(),
                "The JWT issuer '" + issuer + "' is not supported.",
                "Check that the issuer is configured under"
                        + " ditto.gateway.authentication.oauth.openid-connect-issuers.",
                null,
                null);
    }

    static AuthenticationFailedException keysUnavailable(String issuer, Throwable cause) {
        return new AuthenticationFailedException(
                "gateway:publickeyprovider.unavailable",
                HttpStatus.SERVICE_UNAVAILABLE,
                DittoHeaders.empty(),
                "The public keys of the issuer '" + issuer + "' are not available.",
                "Try again when the identity provider answers.",
                cause,
                null);
    }

    @Override
    public DittoRuntimeException setDittoHeaders(DittoHeaders headers) {
        return new AuthenticationFailedException(
                getErrorCode(),
                getHttpStatus(),
                headers,
                getMessage(),
                getDescription().orElse(null),
                getCause(),
                getHref().orElse(null));
    }
}
