package org.voltwin.bench.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** Against a small server that keeps what it is given, as the API of Hono 2.6 says. */
final class DeviceRegistryTest {
    private static final TwinId DEVICE = TwinId.of("org.voltwin:cell-01");

    private final Map<String, String> kept = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aDeviceIsRegisteredOnce() {
        try (DeviceRegistry registry = registry("token")) {
            assertThat(registry.ensureDevice(DEVICE).orThrow()).isTrue();
            assertThat(registry.ensureDevice(DEVICE).orThrow()).isFalse();
        }

        assertThat(calls)
                .containsExactly(
                        "GET /v1/devices/lab/org.voltwin:cell-01",
                        "POST /v1/devices/lab/org.voltwin:cell-01",
                        "GET /v1/devices/lab/org.voltwin:cell-01");
    }

    @Test
    void aNewPasswordReplacesTheOneOfItsPurposeOnly() {
        kept.put("/v1/credentials/lab/org.voltwin:cell-01", """
                [{"type": "x509-cert", "auth-id": "CN=cell", "secrets": [{"id": "c"}]},
                 {"type": "hashed-password", "auth-id": "org.voltwin:cell-01", "secrets": [
                   {"id": "a", "comment": "bench"}, {"id": "b", "comment": "replay"}]}]
                """);
        String password;
        try (DeviceRegistry registry = registry("token")) {
            password = registry.newPassword(DEVICE, "replay").orThrow();
        }

        JsonNode credentials = Json.read(
                        kept.get("/v1/credentials/lab/org.voltwin:cell-01").getBytes(UTF_8), JsonNode.class)
                .orThrow();
        assertThat(password).hasSize(32);
        assertThat(credentials).hasSize(2);
        assertThat(credentials.path(0).path("type").asText()).isEqualTo("x509-cert");
        JsonNode secrets = credentials.path(1).path("secrets");
        assertThat(secrets).hasSize(2);
        assertThat(secrets.path(0).path("id").asText()).isEqualTo("a");
        assertThat(secrets.path(1).path("pwd-plain").asText()).isEqualTo(password);
    }

    @Test
    void aRefusalSaysWhatToDo() {
        try (DeviceRegistry registry = registry("another")) {
            Failure failure = ((Outcome.Refused<Boolean>) registry.ensureDevice(DEVICE)).failure();

            assertThat(failure.code()).isEqualTo("device.registry_refused");
            assertThat(failure.cause()).contains("401").doesNotContain("another");
        }
    }

    private DeviceRegistry registry(String token) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new DeviceRegistry(base, "lab", () -> token, new SecureRandom());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (!"Bearer token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            calls.add(exchange.getRequestMethod() + " " + path);
            switch (exchange.getRequestMethod()) {
                case "GET" -> {
                    byte[] found = kept.getOrDefault(path, "").getBytes(UTF_8);
                    exchange.sendResponseHeaders(found.length == 0 ? 404 : 200, found.length == 0 ? -1 : found.length);
                    exchange.getResponseBody().write(found);
                }
                case "POST" -> exchange.sendResponseHeaders(kept.putIfAbsent(path, body) == null ? 201 : 409, -1);
                case "PUT" -> {
                    kept.put(path, body);
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> exchange.sendResponseHeaders(405, -1);
            }
        }
    }
}
