package org.voltwin.standalone.ditto.api;

import java.net.URI;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.jspecify.annotations.Nullable;

/** What HTTP itself refuses: unknown path, wrong method, body too large; in Ditto's error JSON. */
final class PathException extends DittoRuntimeException {
    private static final long serialVersionUID = 1L;

    private PathException(
            String code,
            HttpStatus status,
            DittoHeaders headers,
            @Nullable String message,
            @Nullable String description,
            @Nullable URI href) {
        super(code, status, headers, message, description, null, href);
    }

    static PathException notFound(String path, DittoHeaders headers) {
        return new PathException(
                "api:path.notfound",
                HttpStatus.NOT_FOUND,
                headers,
                "The path '" + path + "' does not exist.",
                "Ditto's HTTP API is below /api/2.",
                null);
    }

    static PathException methodNotAllowed(String method, DittoHeaders headers) {
        return new PathException(
                "api:method.notallowed",
                HttpStatus.METHOD_NOT_ALLOWED,
                headers,
                "The method " + method + " is not allowed on this resource.",
                null,
                null);
    }

    static PathException duplicateHeader(String name, DittoHeaders headers) {
        return new PathException(
                "gateway:duplicate.header.field",
                HttpStatus.BAD_REQUEST,
                headers,
                "The header field '" + name + "' was provided multiple times.",
                "Provide it only once.",
                null);
    }

    static PathException badRequest(String message, @Nullable String description, DittoHeaders headers) {
        return new PathException("api:request.invalid", HttpStatus.BAD_REQUEST, headers, message, description, null);
    }

    static PathException ofStatus(int statusCode, DittoHeaders headers) {
        HttpStatus status = HttpStatus.tryGetInstance(statusCode).orElse(HttpStatus.BAD_REQUEST);
        String message = status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)
                ? "The request body is too large."
                : "The request could not be understood.";
        return new PathException("api:request.invalid", status, headers, message, null, null);
    }

    @Override
    public DittoRuntimeException setDittoHeaders(DittoHeaders headers) {
        return new PathException(
                getErrorCode(),
                getHttpStatus(),
                headers,
                getMessage(),
                getDescription().orElse(null),
                getHref().orElse(null));
    }
}
