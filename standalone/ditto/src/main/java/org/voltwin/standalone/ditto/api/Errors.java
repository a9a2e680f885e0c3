package org.voltwin.standalone.ditto.api;

import java.util.concurrent.CompletionException;
import org.eclipse.ditto.base.model.exceptions.DittoInternalErrorException;
import org.eclipse.ditto.base.model.exceptions.DittoJsonException;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Any failure as the error Ditto would answer with. */
public final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private Errors() {}

    /** Never a stack trace to the caller; what is not a refusal is logged and becomes 500. */
    public static DittoRuntimeException of(Throwable failure, DittoHeaders headers) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case DittoRuntimeException refusal -> refusal;
            case JsonRuntimeException json -> new DittoJsonException(json, headers);
            case io.vertx.ext.web.handler.HttpException http -> PathException.ofStatus(http.getStatusCode(), headers);
            default -> {
                LOG.error(
                        "request.failed correlationId={}",
                        headers.getCorrelationId().orElse("-"),
                        cause);
                yield DittoInternalErrorException.newBuilder()
                        .dittoHeaders(headers)
                        .build();
            }
        };
    }
}
