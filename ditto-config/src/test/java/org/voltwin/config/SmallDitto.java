package org.voltwin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.model.json.Json;

/** An HTTP server that answers the paths the tool uses as Ditto does: deep paths, statuses, errors, additions. */
final class SmallDitto implements AutoCloseable {
    static final String SERVICE = "service-token";
    static final String VIEWER = "viewer-token";

    private final HttpServer server;
    private final Map<String, ObjectNode> documents = new TreeMap<>();
    final List<String> writes = new ArrayList<>();
    private int unavailable;

    SmallDitto() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/2/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    ObjectNode document(String path) {
        return documents.get(path);
    }

    /** Answers the next requests as a starting cluster does. */
    void unavailableFor(int requests) {
        unavailable = requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String path = exchange.getRequestURI().getPath().substring("/api/2".length());
            if (unavailable > 0) {
                unavailable--;
                answer(exchange, 503, Json.mapper().createObjectNode());
            } else if (!token.endsWith(SERVICE) && !token.endsWith(VIEWER)) {
                answer(exchange, 401, error("gateway:jwt.invalid", "The JWT could not be verified."));
            } else if (exchange.getRequestMethod().equals("GET")) {
                JsonNode found = documents.get(path);
                answer(exchange, found == null ? 404 : 200, found == null ? error("notfound", "Not found.") : found);
            } else if (token.endsWith(VIEWER)) {
                answer(exchange, 403, error("policies:policy.notmodifiable", "You have no permission."));
            } else {
                put(exchange, path);
            }
        }
    }

    private void put(HttpExchange exchange, String path) throws IOException {
        writes.add(path);
        JsonNode body = Json.mapper().readTree(exchange.getRequestBody());
        String[] parts = path.split("/");
        String document = "/" + parts[1] + "/" + parts[2];
        if (parts.length == 3) {
            ObjectNode created = (ObjectNode) body.deepCopy();
            created.put(parts[1].equals("things") ? "thingId" : "policyId", parts[2]);
            created.path("entries").forEach(entry -> ((ObjectNode) entry).put("importable", "implicit"));
            answer(exchange, documents.put(document, created) == null ? 201 : 204, created);
            return;
        }
        ObjectNode at = documents.get(document);
        for (int i = 3; i < parts.length - 1; i++) {
            at = at.withObject("/" + parts[i]);
        }
        answer(exchange, at.replace(parts[parts.length - 1], body) == null ? 201 : 204, body);
    }

    private static ObjectNode error(String code, String message) {
        return Json.mapper().createObjectNode().put("error", code).put("message", message);
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = status == 204 ? new byte[0] : Json.bytes(body);
        exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
