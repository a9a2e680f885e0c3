package org.voltwin.bench.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** Client of Hono's Device Registry Management API v1, for one tenant. Blocking. */
public final class DeviceRegistry implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int PASSWORD_BYTES = 24;

    private final URI base;
    private final String tenant;
    private final Supplier<String> token;
    private final SecureRandom random;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /**
     * @param base for example {@code http://localhost:8082}
     * @param token bearer token, asked for at every call
     */
    public DeviceRegistry(URI base, String tenant, Supplier<String> token, SecureRandom random) {
        this.base = base;
        this.tenant = tenant;
        this.token = token;
        this.random = random;
    }

    /** Registers the device if it is not yet. */
    public Outcome<Boolean> ensureDevice(TwinId device) {
        return call("GET", "devices", device, "", Set.of(200, 404))
                .flatMap(found -> found.statusCode() == 200
                        ? Outcome.ok(false)
                        : call("POST", "devices", device, "{\"enabled\":true}", Set.of(201, 409))
                                .map(created -> true));
    }

    /**
     * Gives the device a new random password under a purpose. A password given before for the same purpose ends;
     * passwords for other purposes stay.
     *
     * @return the password
     */
    public Outcome<String> newPassword(TwinId device, String purpose) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return setPassword(device, purpose, password).map(done -> password);
    }

    /** As {@link #newPassword}, with a password that is given. */
    public Outcome<Boolean> setPassword(TwinId device, String purpose, String password) {
        return call("GET", "credentials", device, "", Set.of(200, 404))
                .flatMap(found -> found.statusCode() == 200
                        ? Json.read(found.body().getBytes(UTF_8), JsonNode.class)
                        : Outcome.ok(Json.mapper().createArrayNode()))
                .flatMap(known -> call(
                        "PUT",
                        "credentials",
                        device,
                        Json.text(withPassword(known, device, purpose, password)),
                        Set.of(204)))
                .map(done -> true);
    }

    /** Secrets that are named by their id stay as they are. */
    private static ArrayNode withPassword(JsonNode known, TwinId device, String purpose, String password) {
        ArrayNode credentials = Json.mapper().createArrayNode();
        ArrayNode secrets = Json.mapper().createArrayNode();
        for (JsonNode credential : known) {
            boolean ours = credential.path("type").asText().equals("hashed-password")
                    && credential.path("auth-id").asText().equals(device.value());
            if (!ours) {
                credentials.add(credential);
                continue;
            }
            for (JsonNode secret : credential.path("secrets")) {
                if (!secret.path("comment").asText().equals(purpose) && secret.hasNonNull("id")) {
                    secrets.add(secret);
                }
            }
        }
        secrets.addObject().put("pwd-plain", password).put("comment", purpose);
        ObjectNode mine = credentials.addObject();
        mine.put("type", "hashed-password").put("auth-id", device.value()).set("secrets", secrets);
        return credentials;
    }

    private Outcome<HttpResponse<String>> call(
            String method, String what, TwinId device, String body, Set<Integer> expected) {
        URI uri = base.resolve("/v1/" + what + "/" + tenant + "/" + URLEncoder.encode(device.value(), UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.get())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (expected.contains(response.statusCode())) {
                return Outcome.ok(response);
            }
            return Outcome.refused(new Failure(
                    "device.registry_refused",
                    "The device registry answered " + method + " " + uri.getPath() + " with " + response.statusCode()
                            + ".",
                    response.statusCode() == 401 || response.statusCode() == 403
                            ? "Check the token's roles."
                            : "Look into the registry's log.",
                    response.statusCode() >= 500));
        } catch (IOException e) {
            return Outcome.refused(Failure.passing(
                    "device.registry_unreachable",
                    "The device registry at " + base + " cannot be reached: " + e.getMessage() + ".",
                    "Check that the platform runs (./voltwin status), then try again."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.refused(
                    Failure.passing("device.interrupted", "The registration was told to stop.", "Start it again."));
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
