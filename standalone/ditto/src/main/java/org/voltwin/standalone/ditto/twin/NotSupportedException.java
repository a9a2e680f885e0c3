package org.voltwin.standalone.ditto.twin;

import java.net.URI;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.jspecify.annotations.Nullable;

/** 501: Ditto can do it, this process cannot (yet). Said in Ditto's error JSON, never passed over in silence. */
public final class NotSupportedException extends DittoRuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String ERROR_CODE = "standalone:notsupported";

    private NotSupportedException(
            DittoHeaders headers,
            @Nullable String message,
            @Nullable String description,
            @Nullable Throwable cause,
            @Nullable URI href) {
        super(ERROR_CODE, HttpStatus.NOT_IMPLEMENTED, headers, message, description, cause, href);
    }

    /** @param what the subject of the sentence "... is not supported by the standalone Ditto." */
    public static NotSupportedException of(String what, DittoHeaders headers) {
        return new NotSupportedException(
                headers,
                what + " is not supported by the standalone Ditto.",
                "Run Eclipse Ditto itself to use it.",
                null,
                null);
    }

    @Override
    public DittoRuntimeException setDittoHeaders(DittoHeaders headers) {
        return new NotSupportedException(
                headers,
                getMessage(),
                getDescription().orElse(null),
                getCause(),
                getHref().orElse(null));
    }
}
