package org.voltwin.standalone.ditto.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.ditto.base.model.headers.contenttype.ContentType;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;

/** An answer of the live channel as an HTTP response: JSON and text as they are, anything else out of base64. */
final class LiveBody {
    private LiveBody() {}

    static void send(Exchange exchange, Adaptable answer) {
        int status =
                answer.getPayload().getHttpStatus().map(code -> code.getCode()).orElse(200);
        HttpServerResponse response = exchange.prepare(status, exchange.headers());
        Optional<JsonValue> value = answer.getPayload().getValue();
        if (value.isEmpty()) {
            response.end();
            return;
        }
        String type = answer.getDittoHeaders().getContentType().orElse("application/json");
        response.putHeader("Content-Type", type);
        ContentType contentType = ContentType.of(type);
        JsonValue body = value.get();
        if (contentType.isJson() || !body.isString()) {
            response.end(body.toString());
        } else if (contentType.isText()) {
            response.end(body.asString());
        } else {
            response.end(decoded(body.asString()));
        }
    }

    private static Buffer decoded(String base64) {
        try {
            return Buffer.buffer(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            // Not base64 after all: hand it on as it came.
            return Buffer.buffer(base64);
        }
    }
}
