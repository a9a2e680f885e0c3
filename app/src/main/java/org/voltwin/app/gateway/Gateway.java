package org.voltwin.app.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.json.Json;

/**
 * The HTTP server on port 8000. Every path below /api needs a token and one of its endpoint's roles; what is not
 * declared is not there. Endpoints run on virtual threads, never on the event loop.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long LARGEST_UPLOAD_BYTES = 64L << 20;
    private static final long LARGEST_BODY_BYTES = 1L << 20;

    private final Vertx vertx;
    private final TokenCheck tokens;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /**
     * @param settings where to listen and what browsers are told
     * @param ready whether /health answers 200
     */
    public Gateway(Vertx vertx, Settings settings, TokenCheck tokens, List<Endpoint> endpoints, BooleanSupplier ready) {
        this.vertx = vertx;
        this.tokens = tokens;
        Router router = Router.router(vertx);
        router.route().failureHandler(Gateway::unexpected);
        router.get("/health").handler(context -> health(context, ready));
        router.get("/config.json").handler(context -> json(context, 200, Json.text(settings.forBrowsers())));
        String openApi = Json.text(OpenApi.document(endpoints, settings.issuer()));
        router.get("/api/openapi.json").handler(context -> json(context, 200, openApi));
        Map<String, List<Endpoint>> byRoute = new TreeMap<>();
        endpoints.forEach(e ->
                byRoute.computeIfAbsent(sortKey(e), key -> new ArrayList<>()).add(e));
        byRoute.values().forEach(variants -> mount(router, variants));
        router.route("/api/*").handler(this::unknown);
        router.get("/wot/*").handler(new ThingModels()::handle);
        router.get().handler(new WebApplication("dashboards", settings.identityProvider())::handle);
        router.errorHandler(405, Gateway::wrongMethod);
        router.errorHandler(413, Gateway::tooLarge);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setCompressionSupported(true)
                .setIdleTimeout(120)
                .setMaxFormAttributeSize(8192);
        server = vertx.createHttpServer(options).requestHandler(router);
    }

    /**
     * @param identityProvider origin of Keycloak
     */
    public record Settings(String host, int port, String issuer, String identityProvider, String clientId) {
        Map<String, String> forBrowsers() {
            return Map.of("issuer", issuer, "clientId", clientId, "realm", "voltwin");
        }
    }

    /** Listens; returns when it does. */
    public void start() {
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Literal parts before parameters, parameters before the rest of the path. */
    private static String sortKey(Endpoint endpoint) {
        return endpoint.path().replaceAll("\\{\\w+\\*}", "\uFFFF").replaceAll("\\{\\w+}", "\uFFFE") + " "
                + endpoint.method();
    }

    /** Mounts a path's plain endpoint and, where there is one, its variant for events. */
    private void mount(Router router, List<Endpoint> variants) {
        Endpoint first = variants.get(0);
        boolean upload = first.method().equals("PUT") && first.path().startsWith("/api/models");
        BodyHandler body = BodyHandler.create(false)
                .setBodyLimit(upload ? LARGEST_UPLOAD_BYTES : LARGEST_BODY_BYTES)
                .setHandleFileUploads(false);
        router.routeWithRegex(HttpMethod.valueOf(first.method()), toPattern(first.path()))
                .handler(context -> authorise(context, choose(context, variants)))
                .handler(body::handle)
                .handler(this::serve);
    }

    private static Endpoint choose(RoutingContext context, List<Endpoint> variants) {
        String accept = context.request().getHeader("Accept");
        boolean wantsEvents = accept != null && accept.contains("text/event-stream");
        return variants.stream()
                .filter(endpoint -> endpoint.events() == wantsEvents)
                .findFirst()
                .orElse(variants.get(0));
    }

    private static String toPattern(String path) {
        StringBuilder pattern = new StringBuilder();
        for (String part : path.substring(1).split("/")) {
            pattern.append('/');
            if (part.endsWith("*}")) {
                pattern.append("(?<").append(part, 1, part.length() - 2).append(">.+)");
            } else if (part.startsWith("{")) {
                pattern.append("(?<").append(part, 1, part.length() - 1).append(">[^/]+)");
            } else {
                pattern.append(java.util.regex.Pattern.quote(part));
            }
        }
        return pattern.append("/?").toString();
    }

    /** First the token, then the role, and only then is a body read. */
    private void authorise(RoutingContext context, Endpoint endpoint) {
        context.request().pause();
        Optional<String> header = Optional.ofNullable(context.request().getHeader("Authorization"));
        onWorker(context, () -> tokens.check(header), checked -> {
            switch (checked) {
                case Outcome.Refused<TokenCheck.Identity> refused -> refuse(context, refused.failure());
                case Outcome.Ok<TokenCheck.Identity> ok -> {
                    if (endpoint.roles().stream().noneMatch(ok.value().caller().roles()::contains)) {
                        refuse(context, forbidden(endpoint));
                        return;
                    }
                    context.put("identity", ok.value()).put("endpoint", endpoint);
                    context.next();
                    context.request().resume();
                }
            }
        });
    }

    /** Answers and lets the rest of the body go by unread. */
    private static void refuse(RoutingContext context, Failure failure) {
        Problems.send(context.response(), Problems.statusOf(failure), failure);
        context.request().resume();
    }

    private static Failure forbidden(Endpoint endpoint) {
        List<String> roles =
                endpoint.roles().stream().map(role -> role.id()).sorted().toList();
        return Failure.permanent(
                "auth.forbidden",
                "Your roles do not allow " + endpoint.method() + " " + endpoint.path() + ".",
                "Ask a lab-admin for one of: " + String.join(", ", roles) + ".");
    }

    private void serve(RoutingContext context) {
        Endpoint endpoint = context.get("endpoint");
        TokenCheck.Identity identity = context.get("identity");
        Map<String, List<String>> query = new HashMap<>();
        context.queryParams().names().forEach(name -> query.put(name, context.queryParam(name)));
        Buffer body = context.body().buffer();
        Request request = new Request(
                identity.caller(),
                Map.copyOf(context.pathParams()),
                query,
                body == null ? new byte[0] : body.getBytes());
        onWorker(context, () -> perform(endpoint, request), reply -> answer(context, identity, reply));
    }

    private static Reply perform(Endpoint endpoint, Request request) throws Exception {
        try {
            return endpoint.action().perform(request);
        } catch (RefusedException e) {
            return new Reply.Problem(Problems.statusOf(e.failure()), e.failure());
        }
    }

    private void answer(RoutingContext context, TokenCheck.Identity identity, Reply reply) {
        switch (reply) {
            case Reply.Document(int status, var body) -> json(context, status, Json.text(body));
            case Reply.Empty() -> context.response().setStatusCode(204).end();
            case Reply.Content(String type, String name, byte[] bytes) ->
                context.response()
                        .putHeader("Content-Type", type)
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .putHeader(
                                "Content-Disposition",
                                "attachment; filename=\"" + name.replaceAll("[^\\w.\\-]", "_") + "\"")
                        .end(Buffer.buffer(bytes));
            case Reply.Events(var events) ->
                events.subscribe(new EventStream(vertx, context.response(), identity.expires()));
            case Reply.Problem(int status, Failure failure) -> Problems.send(context.response(), status, failure);
        }
    }

    private <T> void onWorker(
            RoutingContext context, java.util.concurrent.Callable<T> work, java.util.function.Consumer<T> then) {
        io.vertx.core.Context loop = vertx.getOrCreateContext();
        workers.execute(() -> {
            try {
                T result = work.call();
                loop.runOnContext(v -> then.accept(result));
            } catch (Exception e) {
                loop.runOnContext(v -> context.fail(e));
            }
        });
    }

    private static void json(RoutingContext context, int status, String text) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(text);
    }

    private static void health(RoutingContext context, BooleanSupplier ready) {
        boolean up = ready.getAsBoolean();
        json(context, up ? 200 : 503, up ? "{\"status\":\"UP\"}" : "{\"status\":\"STARTING\"}");
    }

    private void unknown(RoutingContext context) {
        Optional<String> header = Optional.ofNullable(context.request().getHeader("Authorization"));
        onWorker(context, () -> tokens.check(header), checked -> {
            Failure failure = switch (checked) {
                case Outcome.Refused<TokenCheck.Identity> refused -> refused.failure();
                case Outcome.Ok<TokenCheck.Identity> ok ->
                    Failure.permanent(
                            "api.not_found",
                            "There is no " + context.request().method() + " " + context.normalizedPath() + ".",
                            "See /api/openapi.json for what there is.");
            };
            Problems.send(context.response(), Problems.statusOf(failure), failure);
        });
    }

    private static void wrongMethod(RoutingContext context) {
        Problems.send(
                context.response(),
                405,
                Failure.permanent(
                        "api.method_not_allowed",
                        context.request().method() + " is not possible on " + context.normalizedPath() + ".",
                        "See /api/openapi.json for what is."));
    }

    private static void tooLarge(RoutingContext context) {
        Problems.send(
                context.response(),
                413,
                Failure.permanent(
                        "api.too_large", "The body is too large.", "Send at most 1 MiB, or 64 MiB for a model."));
    }

    private static void unexpected(RoutingContext context) {
        int status = context.statusCode();
        if (status == 413) {
            tooLarge(context);
        } else if (context.failure() != null || status >= 500) {
            LOG.error("{} {} failed", context.request().method(), context.normalizedPath(), context.failure());
            Problems.send(
                    context.response(),
                    500,
                    Failure.passing(
                            "api.internal",
                            "The request could not be answered because of a fault in Voltwin.",
                            "Try again; if it stays, look into the log of the rooms and report it."));
        } else {
            Problems.send(
                    context.response(),
                    status < 400 ? 400 : status,
                    Failure.permanent("api.bad_request", "The request cannot be read.", "See /api/openapi.json."));
        }
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        workers.shutdownNow();
    }
}
