package org.voltwin.standalone.edge.registry;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The failures of the process's HTTP interfaces, as {@code application/problem+json}. */
public enum Problem {
    NO_TOKEN(401, "token-missing", "Sign-in needed", "Send 'Authorization: Bearer <token of the realm>'.", false),
    BAD_TOKEN(401, "token-not-accepted", "Token not accepted", "Get a fresh token from the configured issuer.", true),
    NO_ROLE(403, "role-missing", "Not allowed", "Ask an administrator for a role that may manage devices.", false),
    NO_ISSUER(503, "issuer-unreachable", "Issuer's keys unknown", "Start the identity provider, then try again.", true),
    NO_TENANT(404, "tenant-unknown", "No such tenant", "Create the tenant first, or correct its id.", false),
    NO_DEVICE(404, "device-unknown", "No such device", "Register the device first, or correct its id.", false),
    NOT_FOUND(404, "address-unknown", "No such address", "See the README for the addresses.", false),
    METHOD(405, "method-not-offered", "Method not offered", "Use one of the named methods.", false),
    EXISTS(409, "exists-already", "Exists already", "Use PUT to change it, or choose another id.", false),
    BAD_ID(400, "id-not-valid", "Id not valid", "Choose an id of the named characters.", false),
    BAD_BODY(400, "body-not-valid", "Body not valid", "Correct the body and send it again.", false),
    TOO_LARGE(413, "body-too-large", "Body too large", "Send less at once.", false),
    NOT_STORED(
            500, "not-stored", "Not stored", "Free disk space or correct the folder's rights, then try again.", true),
    DEVICE_SIGN_IN(
            401, "device-not-accepted", "Device not accepted", "Check <auth-id>@<tenant> and the password.", false),
    DEVICE_REFUSED(
            403, "device-refused", "Device refused", "Check that device, gateway and tenant are enabled.", false),
    NO_COMMANDS_HERE(
            400,
            "commands-not-over-http",
            "No commands over HTTP",
            "Leave out hono-ttd here; a device that takes commands connects over MQTT.",
            false),
    NOT_TAKEN(503, "message-not-taken", "Message not taken", "Send the message again later.", true);

    private final int status;
    private final String code;
    private final String title;
    private final String remedy;
    private final boolean retryHelps;

    Problem(int status, String code, String title, String remedy, boolean retryHelps) {
        this.status = status;
        this.code = code;
        this.title = title;
        this.remedy = remedy;
        this.retryHelps = retryHelps;
    }

    /** Answers a request with this problem and ends it. */
    public void send(RoutingContext context, String cause) {
        if (context.response().ended()) {
            return;
        }
        if (status == 401) {
            context.response()
                    .putHeader("WWW-Authenticate", this == DEVICE_SIGN_IN ? "Basic realm=\"hono\"" : "Bearer");
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("status", status)
                        .put("code", code)
                        .put("title", title)
                        .put("detail", cause)
                        .put("remedy", remedy)
                        .put("retryHelps", retryHelps)
                        .toBuffer());
    }
}
