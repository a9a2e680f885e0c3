package org.voltwin.standalone.ditto.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.voltwin.standalone.ditto.wot.ValidationConfig;

/** {@code /devops/wot/config} and {@code /devops/wot/config/dynamicConfigs/SCOPE}. */
final class WotConfigRoutes {
    private static final String BASE = "/devops/wot/config";
    private static final String SCOPES = "/dynamicConfigs";

    private final ValidationConfig config;

    WotConfigRoutes(ValidationConfig config) {
        this.config = config;
    }

    static boolean isPath(String path) {
        return path.equals(BASE) || path.equals(BASE + SCOPES) || path.startsWith(BASE + SCOPES + "/");
    }

    void handle(RoutingContext http) {
        String path = http.request().path().substring(BASE.length());
        if (path.isEmpty()) {
            whole(http);
        } else if (path.equals(SCOPES)) {
            requireMethod(http, List.of("GET"));
            send(http, config.scopes().stream().collect(JsonCollectors.valuesToArray()));
        } else {
            scope(http, path.substring(SCOPES.length() + 1));
        }
    }

    private void whole(RoutingContext http) {
        requireMethod(http, List.of("GET", "PUT", "DELETE"));
        if (http.request().method().equals(HttpMethod.GET)) {
            sendFound(http, config.get());
        } else if (http.request().method().equals(HttpMethod.DELETE)) {
            http.response().setStatusCode(config.delete() ? 204 : 404).end();
        } else {
            JsonObject body = body(http);
            http.response().setStatusCode(config.put(body) ? 201 : 204);
            if (http.response().getStatusCode() == 201) {
                send(http, body);
            } else {
                http.response().end();
            }
        }
    }

    private void scope(RoutingContext http, String id) {
        requireMethod(http, List.of("GET", "PUT", "DELETE"));
        if (http.request().method().equals(HttpMethod.GET)) {
            sendFound(http, config.scope(id));
        } else if (http.request().method().equals(HttpMethod.DELETE)) {
            http.response().setStatusCode(config.deleteScope(id) ? 204 : 404).end();
        } else {
            config.putScope(id, body(http));
            http.response().setStatusCode(204).end();
        }
    }

    private static JsonObject body(RoutingContext http) {
        return JsonObject.of(Objects.requireNonNullElse(http.body().asString(), ""));
    }

    private static void requireMethod(RoutingContext http, List<String> allowed) {
        String method = http.request().method().name();
        if (!allowed.contains(method)) {
            throw PathException.methodNotAllowed(method, DittoHeaders.empty());
        }
    }

    private static void sendFound(RoutingContext http, Optional<JsonObject> found) {
        if (found.isEmpty()) {
            throw PathException.notFound(http.request().path(), DittoHeaders.empty());
        }
        send(http, found.get());
    }

    private static void send(RoutingContext http, JsonValue json) {
        http.response().putHeader("Content-Type", "application/json").end(json.toString());
    }
}
