package org.voltwin.app.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/**
 * Access tokens of a confidential client by the OAuth 2.0 client credentials grant; one token is used until shortly
 * before it expires. Blocking.
 */
public final class ClientTokens implements Supplier<String> {
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final URI endpoint;
    private final Map<String, String> form;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private String token = "";
    private Instant expires = Instant.EPOCH;

    /**
     * @param issuer the realm's issuer
     */
    public ClientTokens(String issuer, String clientId, String secret, Clock clock) {
        this(issuer, Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret), clock);
    }

    private ClientTokens(String issuer, Map<String, String> form, Clock clock) {
        this.endpoint = URI.create(issuer + "/protocol/openid-connect/token");
        this.form = form;
        this.clock = clock;
    }

    /** A user's tokens by her password, through a client that may do so: for tests and demonstrations only. */
    public static ClientTokens ofUser(
            String issuer, String clientId, String secret, String user, String password, Clock clock) {
        return new ClientTokens(
                issuer,
                Map.of(
                        "grant_type", "password",
                        "client_id", clientId,
                        "client_secret", secret,
                        "username", user,
                        "password", password),
                clock);
    }

    /** A token that holds for at least a minute; {@link RefusedException} when none can be had. */
    @Override
    public synchronized String get() {
        if (clock.instant().plus(MARGIN).isAfter(expires)) {
            fetch();
        }
        return token;
    }

    private void fetch() {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 500) {
                throw unreachable();
            }
            if (response.statusCode() != 200) {
                throw new RefusedException(Failure.permanent(
                        "auth.refused",
                        "Keycloak refused to sign in " + form.getOrDefault("username", form.get("client_id"))
                                + " (status " + response.statusCode() + ").",
                        "Check that the command uses the data folder of the running platform (--data)."));
            }
            JsonNode answer = Json.mapper().readTree(response.body());
            token = answer.path("access_token").asText();
            expires = clock.instant().plusSeconds(answer.path("expires_in").asLong());
        } catch (IOException e) {
            throw unreachable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable();
        }
    }

    private RefusedException unreachable() {
        return new RefusedException(Failure.passing(
                "auth.unreachable",
                "Keycloak cannot be reached at " + endpoint + ".",
                "See ./voltwin status; start the platform with ./voltwin up."));
    }
}
