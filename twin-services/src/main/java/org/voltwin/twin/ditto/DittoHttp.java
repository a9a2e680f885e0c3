package org.voltwin.twin.ditto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** Twins over Ditto's HTTP API version 2. */
public final class DittoHttp implements Twins, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DittoHttp.class);
    private static final String FIELDS = "thingId,policyId,definition,attributes,features,_revision,_modified";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAGE = 100;
    private static final int IDS_AT_ONCE = 40;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_LARGE = 413;

    private final String things;
    private final String search;
    private final URI status;
    private final Supplier<String> token;
    private final HttpClient http;

    /**
     * @param url of Ditto: {@code http://localhost:8080}
     * @param token gives a bearer token that is still valid
     */
    public DittoHttp(String url, Supplier<String> token) {
        this.things = url + "/api/2/things";
        this.search = url + "/api/2/search/things";
        this.status = URI.create(url + "/health");
        this.token = token;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    @Override
    public boolean createIfAbsent(TwinId id, ObjectNode thing) {
        HttpRequest.Builder request = request(things + "/" + encoded(id.value()))
                .header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(thing)));
        HttpResponse<byte[]> response = send(request);
        return switch (response.statusCode()) {
            case CREATED, NO_CONTENT -> true;
            case PRECONDITION_FAILED -> false;
            case BAD_REQUEST, TOO_LARGE -> throw refused(id, response);
            default -> throw unexpected("create " + id, response);
        };
    }

    @Override
    public Optional<JsonNode> thing(TwinId id) {
        HttpResponse<byte[]> response = send(request(things + "/" + encoded(id.value()) + "?fields=" + FIELDS)
                .GET());
        return switch (response.statusCode()) {
            case 200 -> Optional.of(json(response));
            case NOT_FOUND -> Optional.empty();
            default -> throw unexpected("read " + id, response);
        };
    }

    @Override
    public List<JsonNode> things(Set<TwinId> ids) {
        List<JsonNode> found = new ArrayList<>();
        List<TwinId> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            String wanted = all.subList(from, Math.min(all.size(), from + IDS_AT_ONCE)).stream()
                    .map(TwinId::value)
                    .collect(Collectors.joining(","));
            HttpResponse<byte[]> response = send(request(things + "?ids=" + encoded(wanted) + "&fields=" + FIELDS)
                    .GET());
            if (response.statusCode() != 200) {
                throw unexpected("read things", response);
            }
            json(response).forEach(found::add);
        }
        return found;
    }

    @Override
    public boolean merge(TwinId id, ObjectNode patch, Optional<String> condition) {
        String query = condition.map(rql -> "?condition=" + encoded(rql)).orElse("");
        HttpRequest.Builder request = request(things + "/" + encoded(id.value()) + query)
                .header("Content-Type", "application/merge-patch+json")
                // without it, a patch of a thing that is not there creates one
                .header("If-Match", "*")
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(Json.bytes(patch)));
        HttpResponse<byte[]> response = send(request);
        return switch (response.statusCode()) {
            case 200, CREATED, NO_CONTENT -> true;
            case PRECONDITION_FAILED, NOT_FOUND -> false;
            case BAD_REQUEST, TOO_LARGE -> throw refused(id, response);
            default -> throw unexpected("change " + id, response);
        };
    }

    @Override
    public void search(String rqlFilter, Consumer<JsonNode> each) {
        String cursor = "";
        do {
            String option = "sort(+thingId),size(" + PAGE + ")" + (cursor.isEmpty() ? "" : ",cursor(" + cursor + ")");
            HttpResponse<byte[]> response = send(request(search + "?filter=" + encoded(rqlFilter) + "&fields=" + FIELDS
                            + "&option=" + encoded(option))
                    .GET());
            if (response.statusCode() != 200) {
                throw unexpected("search for things", response);
            }
            JsonNode page = json(response);
            page.path("items").forEach(each);
            cursor = page.path("cursor").asText("");
        } while (!cursor.isEmpty());
    }

    @Override
    public boolean isUp() {
        try {
            HttpRequest request = HttpRequest.newBuilder(status)
                    .timeout(Duration.ofSeconds(5))
                    .GET()
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500;
        } catch (IOException e) {
            LOG.debug("Ditto does not answer: {}", e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.get());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new TwinsUnavailableException("Ditto cannot be reached at " + things + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TwinsUnavailableException("Stopped while waiting for Ditto", e);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return Json.mapper().readTree(response.body());
        } catch (IOException e) {
            throw new TwinsUnavailableException("Ditto answered something that is not JSON", e);
        }
    }

    /** What Ditto finds wrong today it finds wrong tomorrow: this is never asked again. */
    private static RefusedException refused(TwinId id, HttpResponse<byte[]> response) {
        return new RefusedException(Failure.permanent(
                "twin.refused",
                "Ditto does not take the content of " + id + ": " + beginning(response),
                "Report this with the line of the log: the content was made by Voltwin."));
    }

    private static TwinsUnavailableException unexpected(String what, HttpResponse<byte[]> response) {
        return new TwinsUnavailableException(
                "Ditto answered " + response.statusCode() + " when asked to " + what + ": " + beginning(response));
    }

    private static String beginning(HttpResponse<byte[]> response) {
        String body = new String(response.body(), UTF_8);
        return body.substring(0, Math.min(body.length(), 300));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
