package org.voltwin.standalone.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;

/** {@code GET /health}: 200 when both servers are up, else 503. */
final class HealthServer implements AutoCloseable {
    private final HttpServer server;
    private final BooleanSupplier documents;
    private final BooleanSupplier sftp;

    private HealthServer(HttpServer server, BooleanSupplier documents, BooleanSupplier sftp) {
        this.server = server;
        this.documents = documents;
        this.sftp = sftp;
    }

    static HealthServer start(String host, int port, BooleanSupplier documents, BooleanSupplier sftp)
            throws IOException {
        HealthServer health =
                new HealthServer(HttpServer.create(new InetSocketAddress(host, port), 0), documents, sftp);
        health.server.createContext("/health", health::answer);
        health.server.start();
        return health;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean documentsUp = documents.getAsBoolean();
        boolean sftpUp = sftp.getAsBoolean();
        byte[] body = "{\"status\":\"%s\",\"components\":{\"documents\":\"%s\",\"sftp\":\"%s\"}}"
                .formatted(word(documentsUp && sftpUp), word(documentsUp), word(sftpUp))
                .getBytes(UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(documentsUp && sftpUp ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
