package org.voltwin.standalone.edge.registry;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.hono.service.auth.HonoPasswordEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.edge.registry.Registry.DeviceEntry;

/**
 * Hono's Device Registry Management API, version 1: {@code /v1/tenants}, {@code /v1/devices}, {@code /v1/credentials}.
 * Every request needs a bearer token with an allowed role. A 2xx answer to a change means it is on disk.
 */
public final class ManagementApi {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementApi.class);
    private static final long MAX_BODY_BYTES = 64 * 1024;
    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    /** A tenant's id becomes part of topic names. */
    private static final Pattern TENANT_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final Registry registry;
    private final HonoPasswordEncoder encoder;
    private final TokenCheck tokens;
    private final Consumer<String> tenantCreated;

    /** @param tenantCreated told the id of each new tenant, so that its topics come into being */
    public ManagementApi(
            Registry registry, HonoPasswordEncoder encoder, TokenCheck tokens, Consumer<String> tenantCreated) {
        this.registry = registry;
        this.encoder = encoder;
        this.tokens = tokens;
        this.tenantCreated = tenantCreated;
    }

    /** {@return the routes of the API} */
    public Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        // Token checks, bcrypt and disk writes block; unordered, so that one slow caller does not hold up the others.
        router.route("/v1/*").blockingHandler(this::authenticate, false);
        route(router, "/v1/tenants/:tenant", this::tenants);
        route(router, "/v1/tenants", this::tenants);
        route(router, "/v1/devices/:tenant/:device", this::devices);
        route(router, "/v1/devices/:tenant", this::devices);
        route(router, "/v1/credentials/:tenant/:device", this::credentials);
        router.route().handler(context -> Problem.NOT_FOUND.send(context, "Nothing is served under this address."));
        router.errorHandler(413, context -> Problem.TOO_LARGE.send(context, "A body has at most 64 KiB."));
        return router;
    }

    private static void route(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path)
                .blockingHandler(
                        context -> {
                            try {
                                handler.handle(context);
                            } catch (DecodeException | ClassCastException e) {
                                Problem.BAD_BODY.send(context, "The body is not the JSON this address takes.");
                            }
                        },
                        false);
    }

    private void authenticate(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            Problem.NO_TOKEN.send(context, "The request carries no bearer token.");
            return;
        }
        switch (tokens.check(header.substring(7).strip())) {
            case TokenCheck.Allowed(var subject) -> {
                if (!context.request().method().name().equals("GET")) {
                    LOG.info(
                            "registry method={} path={} subject={}",
                            context.request().method(),
                            context.request().path(),
                            subject);
                }
                context.next();
            }
            case TokenCheck.MissingRole() ->
                Problem.NO_ROLE.send(context, "The token is good, but has no role that may manage devices.");
            case TokenCheck.NotAuthentic(var cause) -> Problem.BAD_TOKEN.send(context, cause);
            case TokenCheck.IssuerUnreachable(var cause) -> Problem.NO_ISSUER.send(context, cause);
        }
    }

    private void tenants(RoutingContext context) {
        String id = Optional.ofNullable(context.pathParam("tenant"))
                .orElseGet(() -> UUID.randomUUID().toString());
        boolean known = registry.tenant(id).isPresent();
        if (!TENANT_ID.matcher(id).matches()) {
            Problem.BAD_ID.send(context, "The tenant id does not match " + TENANT_ID + ".");
            return;
        }
        switch (context.request().method().name()) {
            case "POST" -> {
                if (known) {
                    Problem.EXISTS.send(context, "The tenant '" + id + "' exists.");
                } else if (stored(context, () -> registry.putTenant(id, body(context)))) {
                    tenantCreated.accept(id);
                    created(context, id, "/v1/tenants/" + id);
                }
            }
            case "GET", "PUT", "DELETE" -> {
                if (!known) {
                    Problem.NO_TENANT.send(context, "There is no tenant '" + id + "'.");
                    return;
                }
                switch (context.request().method().name()) {
                    case "GET" ->
                        json(context, registry.tenant(id).orElseThrow().tenant());
                    case "PUT" -> noContent(context, () -> registry.putTenant(id, body(context)));
                    default -> noContent(context, () -> registry.removeTenant(id));
                }
            }
            default -> Problem.METHOD.send(context, "Use GET, POST, PUT or DELETE.");
        }
    }

    private void devices(RoutingContext context) {
        String tenant = context.pathParam("tenant");
        if (registry.tenant(tenant).isEmpty()) {
            Problem.NO_TENANT.send(context, "There is no tenant '" + tenant + "'.");
            return;
        }
        String given = context.pathParam("device");
        String method = context.request().method().name();
        if (given == null && method.equals("GET")) {
            list(context, tenant);
            return;
        }
        String id = given == null ? UUID.randomUUID().toString() : given;
        Optional<DeviceEntry> known = registry.device(tenant, id);
        if (!DEVICE_ID.matcher(id).matches()) {
            Problem.BAD_ID.send(context, "The device id does not match " + DEVICE_ID + ".");
        } else if (method.equals("POST")) {
            if (known.isPresent()) {
                Problem.EXISTS.send(context, "The device '" + id + "' exists.");
            } else if (stored(
                    context, () -> registry.putDevice(tenant, id, new DeviceEntry(body(context), new JsonArray())))) {
                created(context, id, "/v1/devices/" + tenant + "/" + id);
            }
        } else if (known.isEmpty()) {
            Problem.NO_DEVICE.send(context, "There is no device '" + id + "' in tenant '" + tenant + "'.");
        } else {
            switch (method) {
                case "GET" -> json(context, known.get().device());
                case "PUT" ->
                    noContent(
                            context,
                            () -> registry.putDevice(
                                    tenant,
                                    id,
                                    new DeviceEntry(body(context), known.get().credentials())));
                case "DELETE" -> noContent(context, () -> registry.removeDevice(tenant, id));
                default -> Problem.METHOD.send(context, "Use GET, POST, PUT or DELETE.");
            }
        }
    }

    private void list(RoutingContext context, String tenant) {
        JsonArray result = new JsonArray();
        registry.tenant(tenant)
                .orElseThrow()
                .devices()
                .forEach((id, entry) -> result.add(entry.device().copy().put("id", id)));
        json(context, new JsonObject().put("total", result.size()).put("result", result));
    }

    private void credentials(RoutingContext context) {
        String tenant = context.pathParam("tenant");
        String device = context.pathParam("device");
        Optional<DeviceEntry> known = registry.device(tenant, device);
        if (known.isEmpty()) {
            Problem.NO_DEVICE.send(context, "There is no device '" + device + "' in tenant '" + tenant + "'.");
            return;
        }
        switch (context.request().method().name()) {
            case "GET" -> json(context, Credentials.withoutSecrets(known.get().credentials()));
            case "PUT" -> {
                JsonArray wanted = context.body().asJsonArray();
                if (wanted == null) {
                    Problem.BAD_BODY.send(context, "Credentials are a JSON array.");
                    return;
                }
                switch (Credentials.prepare(wanted, known.get().credentials(), encoder)) {
                    case Credentials.Refused(var cause) -> Problem.BAD_BODY.send(context, cause);
                    case Credentials.Storable(var credentials) -> {
                        Optional<String> taken = taken(tenant, device, credentials);
                        if (taken.isPresent()) {
                            Problem.EXISTS.send(context, "Another device signs in as '" + taken.get() + "'.");
                        } else {
                            noContent(
                                    context,
                                    () -> registry.putDevice(
                                            tenant,
                                            device,
                                            new DeviceEntry(known.get().device(), credentials)));
                        }
                    }
                }
            }
            default -> Problem.METHOD.send(context, "Use GET or PUT.");
        }
    }

    private Optional<String> taken(String tenant, String device, JsonArray credentials) {
        return credentials.stream()
                .map(JsonObject.class::cast)
                .filter(credential -> registry.signIn(
                                tenant, credential.getString("type"), credential.getString("auth-id"))
                        .filter(found -> !found.deviceId().equals(device))
                        .isPresent())
                .map(credential -> credential.getString("auth-id"))
                .findFirst();
    }

    private static JsonObject body(RoutingContext context) {
        JsonObject body = context.body().asJsonObject();
        return body == null ? new JsonObject() : body;
    }

    private interface Change {
        void run() throws IOException;
    }

    private static boolean stored(RoutingContext context, Change change) {
        try {
            change.run();
            return true;
        } catch (IOException e) {
            LOG.error("registry cannot be written", e);
            Problem.NOT_STORED.send(context, "The registry's file cannot be written: " + e.getMessage());
            return false;
        }
    }

    private static void noContent(RoutingContext context, Change change) {
        if (stored(context, change)) {
            context.response().setStatusCode(204).end();
        }
    }

    private static void created(RoutingContext context, String id, String location) {
        context.response()
                .setStatusCode(201)
                .putHeader(HttpHeaders.LOCATION, location)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject().put("id", id).toBuffer());
    }

    private static void json(RoutingContext context, Object value) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(value instanceof JsonObject object ? object.encode() : ((JsonArray) value).encode());
    }
}
