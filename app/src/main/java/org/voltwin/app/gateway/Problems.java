package org.voltwin.app.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerResponse;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.json.Json;

/** Failures as problem documents (RFC 9457). */
final class Problems {
    private Problems() {}

    /** The status that belongs to a failure's code. */
    static int statusOf(Failure failure) {
        String code = failure.code();
        if (code.startsWith("auth.forbidden")) {
            return 403;
        }
        if (code.equals("auth.keys_unavailable")) {
            return 503;
        }
        if (code.startsWith("auth.")) {
            return 401;
        }
        if (code.endsWith("not_found")) {
            return 404;
        }
        if (code.endsWith("conflict")) {
            return 409;
        }
        if (code.endsWith("too_large")) {
            return 413;
        }
        return failure.retryHelps() ? 503 : 400;
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 503 -> "Service Unavailable";
            default -> status < 500 ? "Refused" : "Failed";
        };
    }

    static void send(HttpServerResponse response, int status, Failure failure) {
        if (response.headWritten() || response.closed()) {
            return;
        }
        if (status == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"voltwin\"");
        }
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("type", "about:blank");
        body.put("title", title(status));
        body.put("status", status);
        body.put("code", failure.code());
        body.put("detail", failure.cause());
        body.put("remedy", failure.remedy());
        body.put("retryHelps", failure.retryHelps());
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .end(Json.text(body));
    }
}
