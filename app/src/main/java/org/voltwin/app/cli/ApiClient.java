package org.voltwin.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;
import org.voltwin.app.identity.ClientTokens;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** Voltwin's HTTP interface as the command line uses it. A problem document becomes a {@link RefusedException}. */
final class ApiClient {
    private final String base;
    private final Supplier<String> tokens;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    ApiClient(String base, Supplier<String> tokens) {
        this.base = base;
        this.tokens = tokens;
    }

    /** As the command line's own client. */
    static ApiClient of(PlatformConfig config, DataFolder data) {
        return new ApiClient("http://localhost:" + config.ports().http(), tokens(config, data));
    }

    static ClientTokens tokens(PlatformConfig config, DataFolder data) {
        return new ClientTokens(
                config.issuer(), "voltwin-cli", Secrets.in(data).get("client.voltwin-cli"), Clock.systemUTC());
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode post(String path, JsonNode body) {
        return send("POST", path, body);
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + tokens.get())
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.text(body)));
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = Json.mapper().readTree(response.body());
            if (response.statusCode() >= 400) {
                throw new RefusedException(new Failure(
                        answer.path("code").asText("api.failed"),
                        answer.path("detail")
                                .asText("The platform answered with status " + response.statusCode() + "."),
                        answer.path("remedy").asText("See ./voltwin logs rooms."),
                        answer.path("retryHelps").asBoolean(response.statusCode() >= 500)));
            }
            return answer;
        } catch (IOException e) {
            throw unreachable(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted");
        }
    }

    private RefusedException unreachable(@Nullable String why) {
        return new RefusedException(Failure.passing(
                "platform.unreachable",
                "Voltwin cannot be reached at " + base + " (" + why + ").",
                "See ./voltwin status; start the platform with ./voltwin up."));
    }
}
