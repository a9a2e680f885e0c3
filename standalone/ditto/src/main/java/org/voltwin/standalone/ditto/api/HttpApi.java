package org.voltwin.standalone.ditto.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.ditto.base.model.auth.AuthorizationSubject;
import org.eclipse.ditto.base.model.headers.DittoHeaderDefinition;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotCreatableException;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.auth.Authenticator;
import org.voltwin.standalone.ditto.auth.Caller;
import org.voltwin.standalone.ditto.auth.TokenIntegration;
import org.voltwin.standalone.ditto.config.DittoSettings;
import org.voltwin.standalone.ditto.live.Answer;
import org.voltwin.standalone.ditto.live.Channels;
import org.voltwin.standalone.ditto.live.LiveRouter;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.search.ThingSearch;
import org.voltwin.standalone.ditto.stream.EventHub;
import org.voltwin.standalone.ditto.stream.PastEvents;
import org.voltwin.standalone.ditto.twin.CommandGate;
import org.voltwin.standalone.ditto.twin.NotSupportedException;
import org.voltwin.standalone.ditto.twin.Reply;
import org.voltwin.standalone.ditto.twin.Twins;
import org.voltwin.standalone.ditto.wot.ThingDescriptions;

/** All paths of the HTTP API but the WebSocket. Handlers run on the loop. */
public final class HttpApi {
    private static final String BASE = "/api/2";
    private static final List<String> KNOWN_BUT_MISSING = List.of("cloudevents", "timeseries", "namespaces");

    private final Authenticator authenticator;
    private final Channels channels;
    private final CommandPaths paths;
    private final SearchRoutes search;
    private final EventStreamRoutes events;
    private final PastEventRoutes pastEvents;
    private final DescriptionRoutes descriptions;
    private final MessageRoutes messages;
    private final MessageStreamRoutes messageStreams;
    private final PermissionCheck permissions;
    private final PolicyActionPaths actions;
    private final long maxHeaderBytes;
    private final Duration longestTimeout;
    private final Executor loop;
    private final Executor workers = Executors.newVirtualThreadPerTaskExecutor();

    public HttpApi(
            Vertx vertx,
            DittoSettings settings,
            Authenticator authenticator,
            CommandGate gate,
            Channels channels,
            ThingSearch thingSearch,
            EventHub hub,
            PastEvents past,
            ThingDescriptions thingDescriptions,
            LiveRouter router,
            Twins twins,
            Access access,
            Executor loop) {
        this.authenticator = authenticator;
        this.channels = channels;
        this.paths = new CommandPaths(settings.defaultNamespace());
        this.search = new SearchRoutes(thingSearch, gate, loop);
        this.events = new EventStreamRoutes(vertx, hub, settings.sseHeartbeat());
        this.pastEvents = new PastEventRoutes(past);
        this.descriptions = new DescriptionRoutes(gate, thingDescriptions);
        this.messages = new MessageRoutes(channels, settings.maxMessageTimeout(), settings.maxMessageBytes());
        this.messageStreams = new MessageStreamRoutes(vertx, router, settings.sseHeartbeat());
        this.permissions = new PermissionCheck(twins, access);
        this.actions =
                new PolicyActionPaths(new TokenIntegration(settings.policies().tokenIntegrationSubject()));
        this.longestTimeout = settings.maxMessageTimeout();
        this.maxHeaderBytes = settings.maxHeaderBytes();
        this.loop = loop;
    }

    /** Adds the API's routes to a router. */
    public void mount(Router router, long maxBodyBytes) {
        router.route(BASE + "/*").handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes));
        router.route(BASE + "/*").handler(http -> authenticated(http, this::dispatch));
        router.route().handler(http -> {
            throw PathException.notFound(http.request().path(), DittoHeaders.empty());
        });
        router.route().failureHandler(this::failed);
    }

    private void failed(RoutingContext http) {
        Throwable failure =
                http.failure() != null ? http.failure() : new io.vertx.ext.web.handler.HttpException(http.statusCode());
        Exchange.sendError(http, failure, DittoHeaders.empty());
    }

    private void authenticated(RoutingContext http, Consumer<Exchange> next) {
        String authorization = authorization(http);
        String preAuthenticated = http.request().getHeader(Authenticator.PRE_AUTHENTICATED);
        CompletableFuture.supplyAsync(() -> authenticator.authenticate(authorization, preAuthenticated), workers)
                .whenCompleteAsync(
                        (caller, failure) -> {
                            if (failure == null) {
                                handle(http, caller, next);
                            } else {
                                Exchange.sendError(http, failure, DittoHeaders.empty());
                            }
                        },
                        loop);
    }

    /** A browser's EventSource cannot set headers: there the token may be a parameter. */
    private static @Nullable String authorization(RoutingContext http) {
        String header = http.request().getHeader("Authorization");
        String parameter = http.queryParams().get("access_token");
        boolean stream = String.valueOf(http.request().getHeader("Accept")).contains("text/event-stream");
        return header == null && parameter != null && stream ? "Bearer " + parameter : header;
    }

    private void handle(RoutingContext http, Caller caller, Consumer<Exchange> next) {
        DittoHeaders headers = DittoHeaders.empty();
        try {
            List<String> segments = Exchange.decode(http.request().path().substring(BASE.length()));
            Exchange exchange = Exchange.of(http, caller, segments);
            headers = exchange.headers();
            exchange.requireSmallHeaders(maxHeaderBytes);
            next.accept(exchange);
        } catch (IllegalArgumentException e) {
            Exchange.sendError(
                    http, PathException.badRequest("The request is not valid.", e.getMessage(), headers), headers);
        } catch (RuntimeException e) {
            Exchange.sendError(http, e, headers);
        }
    }

    private void dispatch(Exchange exchange) {
        List<String> segments = exchange.segments();
        String first = segments.getFirst();
        boolean get = exchange.is(HttpMethod.GET);
        boolean emptyFeature = segments.size() > 3
                && segments.get(2).equals("features")
                && segments.get(3).isEmpty();
        if (segments.size() > 1 && segments.get(1).isEmpty() || emptyFeature) {
            throw PathException.notFound(exchange.http().request().path(), exchange.headers());
        }
        switch (first) {
            case "things" -> {
                if (get && MessageStreamRoutes.wanted(exchange)) {
                    messageStreams.handle(exchange);
                } else if (get && EventStreamRoutes.wanted(exchange) && PastEventRoutes.wanted(exchange)) {
                    pastEvents.handle(exchange);
                } else if (get && EventStreamRoutes.wanted(exchange)) {
                    events.handle(exchange);
                } else if (MessageRoutes.isMessagePath(segments)) {
                    messages.handle(exchange);
                } else if (get && segments.size() == 1 && exchange.parameter("ids") == null) {
                    search.allThings(exchange);
                } else if (get && DescriptionRoutes.wanted(exchange)) {
                    descriptions.handle(exchange, paths.thingCommand(exchange));
                } else {
                    submit(exchange, paths.thingCommand(exchange));
                }
            }
            case "policies" ->
                submit(
                        exchange,
                        PolicyActionPaths.isAction(segments)
                                ? actions.command(exchange)
                                : paths.policyCommand(exchange));
            case "search" -> search.handle(exchange);
            case "whoami" -> whoami(exchange);
            case "checkPermissions" -> permissions.handle(exchange);
            default -> {
                if (KNOWN_BUT_MISSING.contains(first)) {
                    throw NotSupportedException.of("The resource '/" + first + "'", exchange.headers());
                }
                throw PathException.notFound(exchange.http().request().path(), exchange.headers());
            }
        }
    }

    private void submit(Exchange exchange, Signal<?> command) {
        boolean live = exchange.headers().getChannel().filter("live"::equals).isPresent();
        if (live && command instanceof CreateThing) {
            throw ThingNotCreatableException.forLiveChannel(exchange.headers());
        }
        exchange.requireTimeoutUpTo(longestTimeout);
        channels.command(command, reply -> placed(exchange, reply)).whenComplete((answer, failure) -> {
            if (failure != null) {
                exchange.fail(failure);
            } else if (exchange.headers().isResponseRequired()) {
                if (answer instanceof Answer.Twin twin) {
                    placed(exchange, twin.reply())
                            .values()
                            .forEach(place -> exchange.http().response().putHeader("Location", place));
                }
                exchange.send(answer);
            } else {
                exchange.prepare(202, exchange.headers()).end();
            }
        });
    }

    private static Map<String, String> placed(Exchange exchange, Reply reply) {
        return reply.status().getCode() == 201
                ? Map.of(DittoHeaderDefinition.LOCATION.getKey(), location(exchange, reply.value()))
                : Map.of();
    }

    private static String location(Exchange exchange, @Nullable JsonValue created) {
        String path = exchange.http().request().absoluteURI().replaceFirst("\\?.*", "");
        if (!exchange.is(HttpMethod.POST) || created == null || !created.isObject()) {
            return path;
        }
        return created.asObject()
                .getValue("thingId")
                .or(() -> created.asObject().getValue("policyId"))
                .map(id -> path + "/" + id.asString())
                .orElse(path);
    }

    private static void whoami(Exchange exchange) {
        List<AuthorizationSubject> subjects = exchange.caller().context().getAuthorizationSubjects();
        exchange.sendJson(
                200,
                JsonObject.newBuilder()
                        .set("defaultSubject", subjects.getFirst().getId())
                        .set(
                                "subjects",
                                subjects.stream()
                                        .map(subject -> JsonValue.of(subject.getId()))
                                        .collect(JsonCollectors.valuesToArray()))
                        .build());
    }
}
