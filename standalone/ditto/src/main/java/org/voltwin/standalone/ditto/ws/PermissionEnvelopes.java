package org.voltwin.standalone.ditto.ws;

import java.util.Optional;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.voltwin.standalone.ditto.api.PermissionCheck;

/** Ditto 3.9's question over the WebSocket which permissions the caller has; the 3.8 models do not know its topic. */
final class PermissionEnvelopes {
    private static final String TOPIC = "_/_/common/commands/checkPermissions";

    private final PermissionCheck check;

    PermissionEnvelopes(PermissionCheck check) {
        this.check = check;
    }

    /** Whether a frame is such a question; the cheap look comes first. */
    static Optional<JsonObject> question(String frame) {
        return frame.contains(TOPIC)
                ? Optional.of(JsonObject.of(frame))
                        .filter(envelope -> envelope.getValue("topic")
                                .filter(JsonValue.of(TOPIC)::equals)
                                .isPresent())
                : Optional.empty();
    }

    static DittoHeaders headers(JsonObject question) {
        return question.getValue("headers/correlation-id")
                .filter(JsonValue::isString)
                .map(id ->
                        DittoHeaders.newBuilder().correlationId(id.asString()).build())
                .orElseGet(DittoHeaders::empty);
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the question cannot be understood */
    String answer(JsonObject question, AuthorizationContext caller) {
        DittoHeaders headers = headers(question);
        JsonObject checks = question.getValue("value")
                .filter(JsonValue::isObject)
                .map(JsonValue::asObject)
                .orElseGet(JsonObject::empty);
        var shown = JsonObject.newBuilder().set("response-required", false).set("content-type", "application/json");
        headers.getCorrelationId().ifPresent(id -> shown.set(JsonKey.of("correlation-id"), id));
        return JsonObject.newBuilder()
                .set("topic", TOPIC)
                .set("headers", shown.build())
                .set("path", "/")
                .set("value", check.answers(checks, caller, headers))
                .set("status", 200)
                .build()
                .toString();
    }
}
