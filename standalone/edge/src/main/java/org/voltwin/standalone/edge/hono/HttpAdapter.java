package org.voltwin.standalone.edge.hono;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.hono.adapter.auth.device.usernamepassword.UsernamePasswordAuthProvider;
import org.eclipse.hono.service.auth.DeviceUser;
import org.eclipse.hono.util.QoS;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.edge.registry.Problem;

/** Hono's HTTP adapter: {@code POST|PUT /telemetry} and {@code /event}, 202 when Kafka has the message. */
final class HttpAdapter extends UplinkAdapter {

    private @Nullable HttpServer server;

    HttpAdapter(UsernamePasswordAuthProvider authentication) {
        super(authentication);
    }

    private record SignIn(String user, String password) {}

    @Override
    public String getTypeName() {
        return "hono-http";
    }

    @Override
    public int getPortDefaultValue() {
        return 8443;
    }

    @Override
    public int getInsecurePortDefaultValue() {
        return 8080;
    }

    @Override
    protected int getActualPort() {
        return -1;
    }

    @Override
    protected int getActualInsecurePort() {
        return server == null ? -1 : server.actualPort();
    }

    @Override
    protected void doStart(Promise<Void> started) {
        HttpServer http = vertx.createHttpServer(new HttpServerOptions()
                .setHost(getConfig().getInsecurePortBindAddress())
                .setPort(getConfig().getInsecurePort()));
        server = http;
        http.requestHandler(router()).listen().<Void>mapEmpty().onComplete(started);
    }

    @Override
    protected void doStop(Promise<Void> stopped) {
        if (server == null) {
            stopped.complete();
        } else {
            server.close().onComplete(stopped);
        }
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(HonoEdge.MAX_PAYLOAD_BYTES));
        serve(router, "/telemetry", Endpoint.TELEMETRY);
        serve(router, "/event", Endpoint.EVENT);
        router.route().handler(context -> Problem.NOT_FOUND.send(context, "Devices POST to /telemetry or /event."));
        router.errorHandler(413, context -> Problem.TOO_LARGE.send(context, "A message has at most 1 MiB."));
        return router;
    }

    private void serve(Router router, String path, Endpoint endpoint) {
        router.post(path).handler(context -> take(context, endpoint));
        router.put(path).handler(context -> take(context, endpoint));
        router.put(path + "/:tenant/:device").handler(context -> take(context, endpoint));
    }

    private void take(RoutingContext context, Endpoint endpoint) {
        if (context.request().getHeader("hono-ttd") != null) {
            Problem.NO_COMMANDS_HERE.send(context, "The request asks to wait for a command (hono-ttd).");
            return;
        }
        Optional<SignIn> basic = basic(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (basic.isEmpty()) {
            Problem.DEVICE_SIGN_IN.send(context, "The request carries no user and password.");
            return;
        }
        signIn(basic.get().user(), basic.get().password())
                .onSuccess(device -> forward(context, endpoint, device))
                .onFailure(failure -> {
                    if (InProcessCommandRouter.status(failure) == 403) {
                        Problem.DEVICE_REFUSED.send(context, String.valueOf(failure.getMessage()));
                    } else if (InProcessCommandRouter.status(failure) < 500) {
                        Problem.DEVICE_SIGN_IN.send(context, "User or password is wrong.");
                    } else {
                        Problem.NOT_TAKEN.send(context, "Sign-in could not be checked.");
                    }
                });
    }

    private void forward(RoutingContext context, Endpoint endpoint, DeviceUser device) {
        Buffer body = context.body().buffer();
        upload(new Uplink(
                        endpoint,
                        device,
                        context.pathParam("tenant"),
                        context.pathParam("device"),
                        // 202 promises that the message is kept, so nothing is sent with less.
                        QoS.AT_LEAST_ONCE,
                        context.request().getHeader(HttpHeaders.CONTENT_TYPE),
                        body == null ? Buffer.buffer() : body,
                        context.request().path(),
                        timeToLive(context.request().getHeader("hono-ttl"))))
                .onSuccess(nothing -> context.response().setStatusCode(202).end())
                .onFailure(failure -> {
                    int status = InProcessCommandRouter.status(failure);
                    Problem problem = status == 404
                            ? Problem.NO_DEVICE
                            : status < 500 ? Problem.DEVICE_REFUSED : Problem.NOT_TAKEN;
                    log.info("message not taken device={} cause={}", device.getDeviceId(), failure.getMessage());
                    problem.send(context, String.valueOf(failure.getMessage()));
                });
    }

    private static @Nullable Duration timeToLive(@Nullable String seconds) {
        return seconds != null && seconds.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private static Optional<SignIn> basic(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String text =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            // RFC 7617 forbids a colon in the user, but device ids here have one (org.voltwin:bench-1@lab), so
            // user and password are parted by the first colon after the first @.
            int at = text.indexOf('@');
            int colon = at < 0 ? -1 : text.indexOf(':', at);
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new SignIn(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
