package org.voltwin.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** Reads and writes below {@code /api/2} of one Ditto. Blocking. */
public final class DittoApi implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI ditto;
    private final Supplier<String> authorization;

    /** @param authorization value of the header, asked for every request */
    public DittoApi(URI ditto, Supplier<String> authorization) {
        this.ditto = ditto;
        this.authorization = authorization;
    }

    /** What is there; empty when nothing is, or nothing that the caller may see. */
    public Outcome<Optional<JsonNode>> get(String path) {
        return send(path, request(path).GET()).flatMap(answer -> {
            if (answer.statusCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Outcome.ok(Optional.empty());
            }
            return answer.statusCode() == HttpURLConnection.HTTP_OK
                    ? Json.read(answer.body(), JsonNode.class).map(Optional::of)
                    : Outcome.refused(failure(path, answer));
        });
    }

    /** Creates or replaces. */
    public Outcome<Boolean> put(String path, JsonNode content) {
        return put(path, content, Map.of());
    }

    /**
     * Creates or replaces when the revision is still this one; 0 means that there is nothing yet. Refused with
     * {@code ditto.conflict} when somebody was faster.
     */
    public Outcome<Boolean> put(String path, JsonNode content, long revision) {
        return put(
                path,
                content,
                revision == 0 ? Map.of("If-None-Match", "*") : Map.of("If-Match", "\"rev:" + revision + "\""));
    }

    private Outcome<Boolean> put(String path, JsonNode content, Map<String, String> conditions) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(content)));
        conditions.forEach(request::header);
        return send(path, request)
                .flatMap(answer -> answer.statusCode() >= HttpURLConnection.HTTP_OK
                                && answer.statusCode() < HttpURLConnection.HTTP_MULT_CHOICE
                        ? Outcome.ok(true)
                        : Outcome.refused(failure(path, answer)));
    }

    private HttpRequest.Builder request(String path) {
        String base = ditto.toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + "/api/2" + path))
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .header("Authorization", authorization.get());
    }

    private Outcome<HttpResponse<byte[]>> send(String path, HttpRequest.Builder request) {
        try {
            return Outcome.ok(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return Outcome.refused(unreachable(e.getMessage() == null ? e.toString() : e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.refused(unreachable("interrupted while waiting for " + path));
        }
    }

    private Failure unreachable(String why) {
        return Failure.passing(
                "ditto.unreachable",
                "Eclipse Ditto at " + ditto + " cannot be reached: " + why + ".",
                "Start it, or give its address.");
    }

    private Failure failure(String path, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String said = said(answer.body());
        return switch (status) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                Failure.permanent(
                        "ditto.unauthorized",
                        "Eclipse Ditto at " + ditto + " does not accept the sign-in for " + path + said + ".",
                        path.startsWith("/connections")
                                ? "Connections are for Ditto's user devops: check its password (for another machine's"
                                        + " Ditto the environment variable DITTO_DEVOPS_PASSWORD)."
                                : "Check that Ditto trusts the realm's issuer and that the secret is the realm's.");
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_NOT_FOUND ->
                Failure.permanent(
                        "ditto.forbidden",
                        "Eclipse Ditto does not let this account write " + path + said + ".",
                        "Use an account with the role service or lab-admin; a policy of another owner has to name it.");
            case HttpURLConnection.HTTP_PRECON_FAILED ->
                Failure.permanent(
                        "ditto.conflict",
                        "Somebody else has changed " + path + " meanwhile.",
                        "Read it again and repeat the change.");
            case HttpURLConnection.HTTP_UNAVAILABLE,
                    HttpURLConnection.HTTP_BAD_GATEWAY,
                    HttpURLConnection.HTTP_GATEWAY_TIMEOUT,
                    TOO_MANY_REQUESTS ->
                Failure.passing(
                        "ditto.unavailable",
                        "Eclipse Ditto is not ready: status " + status + " for " + path + said + ".",
                        "Try again in a moment.");
            default ->
                Failure.permanent(
                        "ditto.refused",
                        "Eclipse Ditto answered " + status + " for " + path + said + ".",
                        "Compare the declared data with what Ditto says.");
        };
    }

    /** Ditto's own words; an error is JSON with message and description, what a proxy sends may be anything. */
    private static String said(byte[] body) {
        return switch (Json.read(body, JsonNode.class)) {
            case Outcome.Ok<JsonNode> ok -> {
                String words = (ok.value().path("message").asText() + " "
                                + ok.value().path("description").asText())
                        .strip();
                yield words.isEmpty() ? "" : ": " + words.replaceAll("[.\\s]+$", "");
            }
            case Outcome.Refused<JsonNode> refused -> {
                String text = new String(body, 0, Math.min(body.length, 120), StandardCharsets.UTF_8).strip();
                yield text.isEmpty() ? "" : ": " + text;
            }
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
