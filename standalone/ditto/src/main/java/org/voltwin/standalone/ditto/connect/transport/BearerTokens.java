package org.voltwin.standalone.ditto.connect.transport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.ditto.connectivity.model.OAuthCredentials;
import org.eclipse.ditto.connectivity.model.OAuthPassword;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.OAuthSettings;

/**
 * Bearer tokens by the client credentials or the password of OAuth 2.0 (RFC 6749, sections 4.4 and 4.3). One is used
 * until shortly before it expires, at least once, and fetched by one request at a time.
 */
final class BearerTokens implements RequestProof {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long MAX_ANSWER_BYTES = 64 * 1024;
    private static final int OK = 200;

    /** @param expires null when nothing says so */
    private record Token(String value, @Nullable Instant expires) {}

    private final URI endpoint;
    private final String form;
    private final Duration refreshedBefore;
    private final HttpClient client;
    private final Consumer<String> requireHost;
    private @Nullable CompletableFuture<Token> last;

    /**
     * @param requireHost fails for a host to which nothing may be sent; may block
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the endpoint is not valid
     */
    BearerTokens(OAuthCredentials credentials, OAuthSettings settings, Executor workers, Consumer<String> requireHost) {
        this.endpoint = endpoint(credentials.getTokenEndpoint(), settings);
        this.form = form(credentials);
        this.refreshedBefore = settings.maxClockSkew();
        // Who gives tokens is another server: it is trusted as any other.
        this.client = HttpClients.usual(workers);
        this.requireHost = requireHost;
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when it is not valid */
    static URI endpoint(String text, OAuthSettings settings) {
        try {
            URI uri = URI.create(text);
            boolean secure = "https".equals(uri.getScheme());
            boolean valid = uri.getHost() != null && (secure || "http".equals(uri.getScheme()));
            if (valid && (secure || !settings.enforceHttps())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw InvalidDefinition.because("The token endpoint is no URI: " + e.getMessage());
        }
        throw InvalidDefinition.because("The token endpoint '" + text
                + "' must begin with https:// (ditto.connectivity.connection.http-push.oauth2.enforce-https).");
    }

    private static String form(OAuthCredentials credentials) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (credentials instanceof OAuthPassword password) {
            fields.put("grant_type", "password");
            fields.put("username", password.getUsername());
            fields.put("password", password.getPassword());
        } else {
            fields.put("grant_type", "client_credentials");
        }
        fields.put("client_id", credentials.getClientId());
        credentials.getClientSecret().ifPresent(secret -> fields.put("client_secret", secret));
        fields.put("scope", credentials.getRequestedScopes());
        credentials.getAudience().ifPresent(audience -> fields.put("audience", audience));
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + Hmac.percentEncoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    @Override
    public CompletionStage<Map<String, String>> headers(Outgoing request, Instant now) {
        return token(now).thenApply(token -> Map.of("authorization", "Bearer " + token.value()));
    }

    private synchronized CompletableFuture<Token> token(Instant now) {
        CompletableFuture<Token> known = last;
        boolean usable = known != null
                && (!known.isDone() || !known.isCompletedExceptionally() && isUsable(known.resultNow(), now));
        if (known != null && usable) {
            return known;
        }
        CompletableFuture<Token> fetched = fetch(now);
        last = fetched;
        return fetched;
    }

    private boolean isUsable(Token token, Instant now) {
        return token.expires() != null && now.isBefore(token.expires().minus(refreshedBefore));
    }

    private CompletableFuture<Token> fetch(Instant now) {
        // Names may mean something else by now.
        requireHost.accept(endpoint.getHost());
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return client.sendAsync(
                        request,
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_ANSWER_BYTES))
                .handle((response, failure) -> {
                    if (failure != null) {
                        throw failed("it cannot be reached: " + failure.getMessage());
                    }
                    if (response.statusCode() != OK) {
                        throw failed("it answered with status " + response.statusCode());
                    }
                    return token(response.body(), now);
                });
    }

    /** Nothing of the answer but its form: it may hold what is secret. */
    private Token token(String body, Instant now) {
        try {
            JsonObject json = JsonObject.of(body);
            String value = json.getValue("access_token")
                    .filter(JsonValue::isString)
                    .map(JsonValue::asString)
                    .orElseThrow(() -> failed("its answer has no access_token"));
            return new Token(value, expiry(value, json, now));
        } catch (JsonRuntimeException e) {
            throw failed("its answer is no JSON object");
        }
    }

    private static @Nullable Instant expiry(String token, JsonObject answer, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (parts.length == 3) {
            try {
                JsonValue claim = JsonObject.of(
                                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                        .getValue("exp")
                        .orElse(null);
                if (claim != null && claim.isNumber()) {
                    return Instant.ofEpochSecond(claim.asLong());
                }
            } catch (IllegalArgumentException | JsonRuntimeException e) {
                // It only looks like a JSON Web Token.
                return lifetime(answer, now);
            }
        }
        return lifetime(answer, now);
    }

    private static @Nullable Instant lifetime(JsonObject answer, Instant now) {
        return answer.getValue("expires_in")
                .filter(JsonValue::isNumber)
                .map(seconds -> now.plusSeconds(seconds.asLong()))
                .orElse(null);
    }

    private IllegalStateException failed(String why) {
        return new IllegalStateException("There is no token from " + endpoint + ": " + why + ".");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
