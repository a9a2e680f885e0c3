package org.voltwin.standalone.ditto.api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.voltwin.standalone.ditto.auth.BasicGuard;
import org.voltwin.standalone.ditto.devops.Loggers;
import org.voltwin.standalone.ditto.devops.Metrics;
import org.voltwin.standalone.ditto.twin.NotSupportedException;
import org.voltwin.standalone.ditto.wot.ValidationConfig;

/** {@code /health}, {@code /status}, {@code /overall}, {@code /metrics} and {@code /devops}. */
public final class DevopsRoutes {
    private static final JsonObject UP = JsonObject.of("{\"status\":\"UP\"}");
    private static final List<String> SERVICES = List.of("gateway", "policies", "things", "things-search");
    private static final String LOGGING = "/devops/logging";
    private static final String JSON = "application/json";

    private final BasicGuard guard;
    private final Metrics metrics;
    private final Loggers loggers;
    private final WotConfigRoutes wotConfig;
    private final Supplier<JsonObject> overall;

    /** @param overall what {@code /overall} and {@code /status} show */
    public DevopsRoutes(
            BasicGuard guard,
            Metrics metrics,
            Loggers loggers,
            ValidationConfig validation,
            Supplier<JsonObject> overall) {
        this.wotConfig = new WotConfigRoutes(validation);
        this.guard = guard;
        this.metrics = metrics;
        this.loggers = loggers;
        this.overall = overall;
    }

    /** Adds the routes, and before all others the one that counts. */
    public void mount(Router router, long maxBodyBytes) {
        router.route().order(Integer.MIN_VALUE).handler(this::count);
        router.get("/health").handler(http -> json(http, UP));
        router.get("/status/health").handler(http -> json(http, UP));
        for (String path : List.of("/status", "/status/*", "/overall", "/overall/*")) {
            router.get(path).handler(guarded(guard::requireStatus, http -> json(http, overall.get())));
        }
        router.get("/metrics")
                .handler(guarded(
                        guard::requireStatus,
                        http -> http.response()
                                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                                .end(metrics.toText())));
        router.route("/devops/*").handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes));
        router.route("/devops/*").handler(guarded(guard::requireDevops, this::devops));
    }

    private void count(RoutingContext http) {
        long start = System.nanoTime();
        http.addEndHandler(ended -> metrics.roundtrip(
                http.request().method().name(), http.response().getStatusCode(), System.nanoTime() - start));
        http.next();
    }

    private static Handler<RoutingContext> guarded(
            java.util.function.Consumer<@org.jspecify.annotations.Nullable String> check,
            Handler<RoutingContext> handler) {
        return http -> {
            try {
                check.accept(http.request().getHeader("Authorization"));
                handler.handle(http);
            } catch (RuntimeException e) {
                http.response().putHeader("WWW-Authenticate", "Basic realm=\"DITTO-DEVOPS\"");
                Exchange.sendError(http, e, DittoHeaders.empty());
            }
        };
    }

    private void devops(RoutingContext http) {
        String path = http.request().path();
        if (WotConfigRoutes.isPath(path)) {
            wotConfig.handle(http);
            return;
        }
        boolean logging = path.equals(LOGGING) || path.startsWith(LOGGING + "/");
        if (logging && http.request().method().equals(HttpMethod.GET)) {
            json(http, levels());
        } else if (logging && http.request().method().equals(HttpMethod.PUT)) {
            json(
                    http,
                    change(JsonObject.of(Objects.requireNonNullElse(http.body().asString(), ""))));
        } else {
            throw NotSupportedException.of("The devops resource '" + path + "'", DittoHeaders.empty());
        }
    }

    /** In Ditto each service has loggers of its own; here they are all in one process. */
    private JsonObject levels() {
        JsonValue configs = loggers.all().stream()
                .map(setting -> JsonObject.newBuilder()
                        .set("level", setting.level())
                        .set("logger", setting.logger())
                        .build())
                .collect(JsonCollectors.valuesToArray());
        JsonObject instance = JsonObject.newBuilder()
                .set("type", "devops.responses:retrieveLoggerConfig")
                .set("status", 200)
                .set("serviceName", "standalone")
                .set("instance", "1")
                .set("loggerConfigs", configs)
                .build();
        JsonObject instances = JsonObject.newBuilder().set("1", instance).build();
        var all = JsonObject.newBuilder();
        SERVICES.forEach(service -> all.set(service, instances));
        return all.build();
    }

    private JsonObject change(JsonObject body) {
        String logger = body.getValue("logger").map(JsonValue::asString).orElse("ROOT");
        String level = body.getValue("level")
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .orElse("");
        try {
            loggers.set(new Loggers.Setting(logger, level));
        } catch (IllegalArgumentException e) {
            throw PathException.badRequest("The level is not valid.", e.getMessage(), DittoHeaders.empty());
        }
        JsonObject done = JsonObject.of("{\"1\":{\"status\":200,\"successful\":true}}");
        var all = JsonObject.newBuilder();
        SERVICES.forEach(service -> all.set(service, done));
        return all.build();
    }

    private static void json(RoutingContext http, JsonValue json) {
        http.response().putHeader("Content-Type", JSON).end(json.toString());
    }
}
