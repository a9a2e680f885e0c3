package org.voltwin.standalone.edge;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** {@code GET /health}: 200 and {@code UP} when every component is up, otherwise 503 and {@code DOWN}. */
final class HealthServer {

    private final Map<String, BooleanSupplier> checks = new ConcurrentHashMap<>();
    private final HttpServer server;

    HealthServer(String host, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health", exchange -> {
            Map<String, Object> components = new LinkedHashMap<>();
            boolean up = true;
            for (String name : checks.keySet().stream().sorted().toList()) {
                BooleanSupplier check = checks.get(name);
                boolean fine = check != null && check.getAsBoolean();
                up &= fine;
                components.put(name, fine ? "UP" : "DOWN");
            }
            byte[] body = new JsonObject()
                    .put("status", up ? "UP" : "DOWN")
                    .put("components", new JsonObject(components))
                    .encode()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(up ? 200 : 503, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    /** Names a component; it counts as down until a check for it is set. */
    void expect(String component) {
        checks.put(component, () -> false);
    }

    void check(String component, BooleanSupplier up) {
        checks.put(component, up);
    }

    void start() {
        server.start();
    }

    void stop() {
        server.stop(0);
    }
}
