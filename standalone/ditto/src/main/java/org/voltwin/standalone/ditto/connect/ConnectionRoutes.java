package org.voltwin.standalone.ditto.connect;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.base.model.signals.commands.WithEntity;
import org.eclipse.ditto.connectivity.model.ConnectionId;
import org.eclipse.ditto.connectivity.model.signals.commands.exceptions.ConnectionIdNotExplicitlySettableException;
import org.eclipse.ditto.connectivity.model.signals.commands.exceptions.ConnectivityCommandInvalidException;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonParseOptions;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.api.Errors;
import org.voltwin.standalone.ditto.auth.BasicGuard;
import org.voltwin.standalone.ditto.connect.monitor.Monitor;
import org.voltwin.standalone.ditto.twin.History;
import org.voltwin.standalone.ditto.twin.NotSupportedException;
import org.voltwin.standalone.ditto.twin.PastQuery;
import org.voltwin.standalone.ditto.twin.Reply;

/** {@code /api/2/connections}, for the devops user alone, as in Ditto. */
public final class ConnectionRoutes {
    private static final String BASE = "/api/2/connections";
    private static final String COMMANDS = "connectivity.commands:";
    private static final List<String> SPECIAL = List.of("_revision", "_created", "_modified");
    private static final Reply DONE = new Reply(HttpStatus.OK, null, null);

    private final BasicGuard guard;
    private final Connections connections;
    private final List<String> keptHeaders;

    /** @param keptHeaders names of those that are kept in the history with the changes they came with */
    public ConnectionRoutes(BasicGuard guard, Connections connections, List<String> keptHeaders) {
        this.guard = guard;
        this.connections = connections;
        this.keptHeaders = keptHeaders;
    }

    public void mount(Router router, long maxBodyBytes) {
        for (String path : List.of(BASE, BASE + "/*")) {
            router.route(path).handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes));
            router.route(path).handler(this::guarded);
        }
    }

    private void guarded(RoutingContext http) {
        try {
            guard.requireDevops(http.request().getHeader("Authorization"));
            handle(http);
        } catch (RuntimeException e) {
            http.response().putHeader("WWW-Authenticate", "Basic realm=\"DITTO-DEVOPS\"");
            fail(http, e);
        }
    }

    private void handle(RoutingContext http) {
        try {
            String rest = http.request().path().substring(BASE.length());
            List<String> segments = List.of(rest.split("/", -1)).stream()
                    .skip(1)
                    .filter(segment -> !segment.isEmpty())
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
            switch (segments.size()) {
                case 0 -> all(http);
                case 1 -> one(http, ConnectionId.of(segments.getFirst()));
                case 2 -> part(http, ConnectionId.of(segments.getFirst()), segments.getLast());
                default -> throw new HttpException(404);
            }
        } catch (IllegalArgumentException e) {
            fail(http, new HttpException(400, e));
        } catch (RuntimeException e) {
            fail(http, e);
        }
    }

    private void all(RoutingContext http) {
        switch (http.request().method().name()) {
            case "GET" -> {
                if (PastQuery.of(pastHeaders(http)) != null) {
                    throw NotSupportedException.of("The past of all connections at once", DittoHeaders.empty());
                }
                boolean idsOnly = "true".equals(http.queryParams().get("ids-only"));
                send(
                        http,
                        200,
                        connections.all().stream()
                                .map(connection ->
                                        idsOnly ? connection.getValue("id").orElseThrow() : selected(http, connection))
                                .collect(JsonCollectors.valuesToArray()));
            }
            case "POST" -> {
                JsonObject body = body(http);
                if ("true".equals(http.queryParams().get("dry-run"))) {
                    answer(http, connections.test(withDefaults(body, UUID.randomUUID() + "-dry-run")));
                    return;
                }
                if (body.contains("id")) {
                    throw ConnectionIdNotExplicitlySettableException.newBuilder()
                            .build();
                }
                String id = UUID.randomUUID().toString();
                http.response().putHeader("Location", BASE + "/" + id);
                answer(http, connections.put(ConnectionId.of(id), withDefaults(body, id), kept(http)));
            }
            default -> throw new HttpException(405);
        }
    }

    private static JsonObject withDefaults(JsonObject body, String id) {
        JsonObject named = body.setValue("id", id);
        return named.contains("connectionStatus") ? named : named.setValue("connectionStatus", "unknown");
    }

    private void one(RoutingContext http, ConnectionId id) {
        switch (http.request().method().name()) {
            case "GET" -> {
                PastQuery past = PastQuery.of(pastHeaders(http));
                if (past == null) {
                    send(http, 200, selected(http, connections.get(id)));
                } else {
                    answer(http, connections.get(id, past));
                }
            }
            case "PUT" -> {
                JsonObject body = body(http);
                boolean sameId = body.getValue("id")
                        .map(value -> value.isString() && value.asString().equals(id.toString()))
                        .orElse(true);
                if (!sameId) {
                    throw ConnectionIdNotExplicitlySettableException.newBuilder()
                            .build();
                }
                answer(http, connections.put(id, withDefaults(body, id.toString()), kept(http)));
            }
            case "DELETE" -> answer(http, connections.delete(id, kept(http)));
            default -> throw new HttpException(405);
        }
    }

    private void part(RoutingContext http, ConnectionId id, String part) {
        String method = http.request().method().name();
        switch (part) {
            case "command" -> {
                require(method, "POST");
                command(http, id, Objects.requireNonNullElse(http.body().asString(), ""));
            }
            case "status" -> {
                require(method, "GET");
                entity(http, connections.status(id));
            }
            case "metrics" -> getOrReset(http, id, connections::metrics, Monitor::resetCounts);
            case "logs" -> getOrReset(http, id, connections::logs, Monitor::resetLog);
            default -> throw new HttpException(404);
        }
    }

    private void getOrReset(
            RoutingContext http,
            ConnectionId id,
            java.util.function.Function<ConnectionId, WithEntity<?>> get,
            Consumer<Monitor> reset) {
        switch (http.request().method().name()) {
            case "GET" -> entity(http, get.apply(id));
            case "DELETE" -> {
                monitor(id, reset);
                http.response().setStatusCode(204).end();
            }
            default -> throw new HttpException(405);
        }
    }

    private static void require(String method, String wanted) {
        if (!method.equals(wanted)) {
            throw new HttpException(405);
        }
    }

    private void command(RoutingContext http, ConnectionId id, String command) {
        switch (command.strip()) {
            case COMMANDS + "openConnection" -> answer(http, connections.open(id, kept(http)));
            case COMMANDS + "closeConnection" -> answer(http, connections.close(id, kept(http)));
            case COMMANDS + "resetConnectionMetrics" -> {
                monitor(id, Monitor::resetCounts);
                send(http, DONE);
            }
            case COMMANDS + "enableConnectionLogs" -> {
                monitor(id, Monitor::enableLog);
                send(http, DONE);
            }
            case COMMANDS + "resetConnectionLogs" -> {
                monitor(id, Monitor::resetLog);
                send(http, DONE);
            }
            default ->
                throw ConnectivityCommandInvalidException.newBuilder(command).build();
        }
    }

    private void monitor(ConnectionId id, Consumer<Monitor> action) {
        connections.with(id, monitor -> {
            action.accept(monitor);
            return true;
        });
    }

    /** What asks for the past may be header or parameter. */
    private static DittoHeaders pastHeaders(RoutingContext http) {
        var headers = DittoHeaders.newBuilder();
        for (String name : List.of(PastQuery.REVISION, PastQuery.TIMESTAMP)) {
            String value = Objects.requireNonNullElse(
                    http.request().getHeader(name),
                    Objects.requireNonNullElse(http.queryParams().get(name), ""));
            if (!value.isEmpty()) {
                headers.putHeader(name, value);
            }
        }
        return headers.build();
    }

    private JsonObject kept(RoutingContext http) {
        return History.KeptHeaders.keep(keptHeaders, name -> switch (name) {
            // Nobody else comes as far as here.
            case "ditto-originator" -> "devops";
            case "authorization", "cookie" -> null;
            default -> http.request().getHeader(name);
        });
    }

    private static JsonObject body(RoutingContext http) {
        return JsonObject.of(Objects.requireNonNullElse(http.body().asString(), ""));
    }

    /** The fields asked for; without being asked none of those that begin with an underscore. */
    private static JsonObject selected(RoutingContext http, JsonObject connection) {
        String fields = http.queryParams().get("fields");
        if (fields == null || fields.isBlank()) {
            JsonObject shown = connection;
            for (String special : SPECIAL) {
                shown = shown.remove(special);
            }
            return shown;
        }
        JsonFieldSelector selector = JsonFactory.newFieldSelector(
                fields, JsonParseOptions.newBuilder().withoutUrlDecoding().build());
        return connection.get(selector);
    }

    private static void entity(RoutingContext http, WithEntity<?> response) {
        send(http, 200, response.getEntity(JsonSchemaVersion.V_2));
    }

    private static void answer(RoutingContext http, CompletionStage<Reply> stage) {
        stage.whenComplete((reply, failure) -> {
            if (failure != null) {
                http.response().headers().remove("Location");
                fail(http, failure);
            } else {
                send(http, reply);
            }
        });
    }

    private static void send(RoutingContext http, Reply reply) {
        reply.headers().forEach(http.response()::putHeader);
        JsonValue value = reply.value();
        if (value == null) {
            http.response().setStatusCode(reply.status().getCode()).end();
        } else {
            send(http, reply.status().getCode(), value.isObject() ? selected(http, value.asObject()) : value);
        }
    }

    private static void send(RoutingContext http, int status, JsonValue value) {
        http.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(value.toString());
    }

    private static void fail(RoutingContext http, Throwable failure) {
        DittoRuntimeException error = Errors.of(failure, DittoHeaders.empty());
        @Nullable HttpServerResponse response = http.response().ended() ? null : http.response();
        if (response != null) {
            response.setStatusCode(error.getHttpStatus().getCode())
                    .putHeader("Content-Type", "application/json")
                    .end(error.toJsonString());
        }
    }
}
