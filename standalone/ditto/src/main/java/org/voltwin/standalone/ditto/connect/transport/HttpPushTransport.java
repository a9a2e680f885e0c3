package org.voltwin.standalone.ditto.connect.transport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
import org.eclipse.ditto.connectivity.model.ClientCertificateCredentials;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.Credentials;
import org.eclipse.ditto.connectivity.model.HmacCredentials;
import org.eclipse.ditto.connectivity.model.OAuthCredentials;
import org.eclipse.ditto.connectivity.model.Target;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.OAuthSettings;
import org.voltwin.standalone.ditto.connect.transport.RequestProof.Outgoing;
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
    private final RequestProof proof;
    private final Executor workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    private HttpPushTransport(Connection connection, HostRules rules, OAuthSettings oauth) {
        this.base = URI.create(connection.getUri());
        this.rules = rules;
        this.client = HttpClients.of(TlsMaterial.of(connection), workers);
        this.proof = connection.getCredentials().orElse(null) instanceof OAuthCredentials tokens
                ? new BearerTokens(tokens, oauth, workers, rules::require)
                : ownProof(connection);
        String user = connection.getUsername().orElse(null);
        this.authorization = user == null
                ? null
                : "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (user + ":" + connection.getPassword().orElse(""))
                                                .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * By what the definition says alone, without asking anybody for a token.
     *
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the credentials are not valid
     */
    private static RequestProof ownProof(Connection connection) {
        Credentials credentials = connection.getCredentials().orElse(null);
        if (credentials == null || credentials instanceof ClientCertificateCredentials) {
            return RequestProof.NONE;
        }
        if (credentials instanceof HmacCredentials hmac) {
            return Hmac.proof(hmac, connection);
        }
        throw NotSupportedException.of("This type of credentials of an HTTP connection", DittoHeaders.empty());
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the definition is not valid */
    static void check(Connection connection, HostRules rules, OAuthSettings oauth) {
        if (!SCHEMES.contains(connection.getProtocol())) {
            throw InvalidDefinition.because("The URI of an HTTP connection begins with one of " + SCHEMES + ".");
        }
        if (!connection.getSources().isEmpty()) {
            throw InvalidDefinition.because("An HTTP connection has no sources.");
        }
        TlsMaterial.of(connection);
        Credentials credentials = connection.getCredentials().orElse(null);
        if (credentials instanceof OAuthCredentials tokens) {
            rules.require(
                    BearerTokens.endpoint(tokens.getTokenEndpoint(), oauth).getHost());
        } else {
            ownProof(connection);
        }
        connection.getTargets().stream().map(Target::getAddress).forEach(HttpPushTransport::requireAddress);
        rules.require(connection.getHostname());
    }

    private static void requireAddress(String address) {
        int colon = address.indexOf(':');
        boolean valid = colon > 0 && METHODS.contains(address.substring(0, colon));
        if (!valid) {
            throw InvalidDefinition.because("The address of an HTTP target is a method of "
                    + METHODS.stream().sorted().toList() + ", a colon and a path: 'POST:/path'.");
        }
    }

    static Transport create(Connection connection, HostRules rules, OAuthSettings oauth) {
        return new HttpPushTransport(connection, rules, oauth);
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
        return CompletableFuture.supplyAsync(() -> outgoing(address, message), workers)
                .thenCompose(
                        request -> proof.headers(request, Instant.now()).thenApply(proven -> request(request, proven)))
                .thenCompose(request -> client.sendAsync(request, BODY))
                .thenApply(HttpPushTransport::response);
    }

    private Outgoing outgoing(String address, ExternalMessage message) {
        // Names may mean something else by now.
        rules.require(base.getHost());
        requireAddress(address);
        int colon = address.indexOf(':');
        var headers = new HashMap<String, String>();
        if (authorization != null) {
            headers.put("authorization", authorization);
        }
        message.headers().forEach((written, value) -> {
            String name = written.toLowerCase(Locale.ROOT);
            if (!NOT_OURS.contains(name)) {
                headers.put(name, value);
            }
        });
        return new Outgoing(
                address.substring(0, colon), target(address.substring(colon + 1)), headers, message.payload());
    }

    private static HttpRequest request(Outgoing outgoing, Map<String, String> proven) {
        var request = HttpRequest.newBuilder(outgoing.uri())
                .timeout(TIMEOUT)
                .method(outgoing.method(), HttpRequest.BodyPublishers.ofByteArray(outgoing.body()));
        outgoing.headers().forEach(request::setHeader);
        proven.forEach(request::setHeader);
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
        proof.close();
    }
}
