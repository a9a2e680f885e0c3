package org.voltwin.standalone.ditto.connect.transport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.eclipse.ditto.connectivity.model.Target;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.twin.NotSupportedException;

/** To an HTTP server: each message is a request, with method and path as in the target's address. No redirects. */
final class HttpPushTransport implements Transport {
    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "GET", "DELETE");
    private static final List<String> SCHEMES = List.of("http", "https");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    /** An answer that is longer counts as none. */
    private static final long MAX_ANSWER_BYTES = 1024 * 1024;

    private static final HttpResponse.BodyHandler<byte[]> BODY =
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES);
    private static final Set<String> NOT_OURS =
            Set.of("content-length", "host", "connection", "upgrade", "expect", "transfer-encoding");

    private final URI base;
    private final @Nullable String authorization;
    private final HostRules rules;
    private final Executor workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(workers)
            .build();

    private HttpPushTransport(Connection connection, HostRules rules) {
        this.base = URI.create(connection.getUri());
        this.rules = rules;
        String user = connection.getUsername().orElse(null);
        this.authorization = user == null
                ? null
                : "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (user + ":" + connection.getPassword().orElse(""))
                                                .getBytes(StandardCharsets.UTF_8));
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the definition is not valid */
    static void check(Connection connection, HostRules rules) {
        if (!SCHEMES.contains(connection.getProtocol())) {
            throw invalid("The URI of an HTTP connection begins with one of " + SCHEMES + ".");
        }
        if (!connection.getSources().isEmpty()) {
            throw invalid("An HTTP connection has no sources.");
        }
        if (connection.getCredentials().isPresent()
                || connection.getTrustedCertificates().isPresent()
                || connection.getProtocol().equals("https") && !connection.isValidateCertificates()) {
            throw NotSupportedException.of(
                    "Credentials or certificates of one's own of an HTTP connection", DittoHeaders.empty());
        }
        connection.getTargets().stream().map(Target::getAddress).forEach(HttpPushTransport::requireAddress);
        rules.require(connection.getHostname());
    }

    private static void requireAddress(String address) {
        int colon = address.indexOf(':');
        boolean valid = colon > 0 && METHODS.contains(address.substring(0, colon));
        if (!valid) {
            throw invalid("The address of an HTTP target is a method of "
                    + METHODS.stream().sorted().toList() + ", a colon and a path: 'POST:/path'.");
        }
    }

    private static ConnectionConfigurationInvalidException invalid(String message) {
        return ConnectionConfigurationInvalidException.newBuilder(message).build();
    }

    static Transport create(Connection connection, HostRules rules) {
        return new HttpPushTransport(connection, rules);
    }

    @Override
    public CompletionStage<Void> connect() {
        return CompletableFuture.runAsync(() -> rules.require(base.getHost()), workers);
    }

    @Override
    public CompletionStage<Void> publish(String address, OptionalInt qos, ExternalMessage message) {
        return exchange(address, qos, message).thenAccept(response -> {});
    }

    @Override
    public CompletionStage<Optional<Response>> exchange(String address, OptionalInt qos, ExternalMessage message) {
        return CompletableFuture.supplyAsync(() -> request(address, message), workers)
                .thenCompose(request -> client.sendAsync(request, BODY))
                .thenApply(HttpPushTransport::response);
    }

    private HttpRequest request(String address, ExternalMessage message) {
        // Names may mean something else by now.
        rules.require(base.getHost());
        requireAddress(address);
        int colon = address.indexOf(':');
        String path = address.substring(colon + 1);
        var request = HttpRequest.newBuilder(target(path))
                .timeout(TIMEOUT)
                .method(address.substring(0, colon), HttpRequest.BodyPublishers.ofByteArray(message.payload()));
        if (authorization != null) {
            request.header("authorization", authorization);
        }
        message.headers().forEach((name, value) -> {
            if (!NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
                request.setHeader(name, value);
            }
        });
        return request.build();
    }

    /** The base's host and port, whatever the path says. */
    private URI target(String path) {
        String prefix = base.getRawPath() == null ? "" : base.getRawPath().replaceFirst("/$", "");
        return URI.create(base.getScheme() + "://" + base.getHost() + (base.getPort() < 0 ? "" : ":" + base.getPort())
                + prefix + (path.startsWith("/") ? path : "/" + path));
    }

    private static Optional<Response> response(HttpResponse<byte[]> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return Optional.of(new Response(response.statusCode(), new ExternalMessage(headers, response.body(), true)));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
