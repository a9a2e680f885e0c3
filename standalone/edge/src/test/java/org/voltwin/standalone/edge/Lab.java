package org.voltwin.standalone.edge;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Kafka, edge and a small token issuer, all on free ports and in a folder of their own. */
final class Lab implements AutoCloseable {

    static final String BENCH = "org.voltwin:bench-1";
    static final String BENCH_PASSWORD = "device-secret";
    static final String TRUST_PASSWORD = "voltwin-lims";
    private static final String KAFKA_PASSWORD = "kafka-secret";

    final int kafkaPort = ChildProcess.freePort();
    final int mqtt = ChildProcess.freePort();
    final int http = ChildProcess.freePort();
    final int registry = ChildProcess.freePort();
    final int health = ChildProcess.freePort();
    final int broker = ChildProcess.freePort();
    final int brokerTls = ChildProcess.freePort();
    final Path folder;
    final ChildProcess kafka;
    final ChildProcess edge;
    private final KeyPair keys = Jwts.SIG.ES256.keyPair().build();
    private final HttpServer issuer;
    private final HttpClient client = HttpClient.newHttpClient();

    Lab(Path folder) throws IOException {
        this.folder = folder;
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] jwks = new JsonObject()
                .put("keys", new JsonArray().add(jwk()))
                .encode()
                .getBytes(StandardCharsets.UTF_8);
        issuer.createContext("/certs", exchange -> {
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
        });
        issuer.start();
        kafka = startKafka();
        kafka.awaitReady();
        edge = startEdge();
        edge.awaitReady();
    }

    private JsonObject jwk() {
        Map<String, Object> jwk = new HashMap<>();
        Jwks.builder()
                .key((java.security.interfaces.ECPublicKey) keys.getPublic())
                .id("test")
                .build()
                .forEach((name, value) -> jwk.put(name, value instanceof String ? value : String.valueOf(value)));
        return new JsonObject(jwk);
    }

    private ChildProcess startKafka() throws IOException {
        Path config = Files.writeString(folder.resolve("kafka.properties"), """
                port=%d
                controllerPort=%d
                dataDir=%s
                user=voltwin
                password=%s
                """.formatted(
                        kafkaPort, ChildProcess.freePort(), folder.resolve("kafka"), KAFKA_PASSWORD));
        return ChildProcess.start(
                "-Xmx160m",
                "../kafka/target/voltwin-standalone-kafka-0.1.0-SNAPSHOT.jar:../kafka/target/lib/*",
                "org.voltwin.standalone.kafka.Main",
                config,
                folder.resolve("kafka.out"),
                "kafka ready");
    }

    private ChildProcess startEdge() throws IOException {
        JsonObject config = new JsonObject()
                .put("dataDir", folder.resolve("edge").toString())
                .put(
                        "ports",
                        new JsonObject()
                                .put("mqtt", mqtt)
                                .put("http", http)
                                .put("registry", registry)
                                .put("health", health)
                                .put("broker", broker)
                                .put("brokerTls", brokerTls))
                .put(
                        "kafka",
                        new JsonObject()
                                .put("bootstrap", "localhost:" + kafkaPort)
                                .put("user", "voltwin")
                                .put("password", KAFKA_PASSWORD))
                .put(
                        "management",
                        new JsonObject()
                                .put("issuer", "http://issuer.test/realms/voltwin")
                                .put(
                                        "jwks",
                                        "http://localhost:"
                                                + issuer.getAddress().getPort() + "/certs"))
                .put(
                        "devices",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("tenant", "lab")
                                        .put("id", BENCH)
                                        .put("password", BENCH_PASSWORD)))
                .put(
                        "broker",
                        new JsonObject()
                                .put("trustStorePassword", TRUST_PASSWORD)
                                .put(
                                        "users",
                                        new JsonArray()
                                                .add(user("lims", "LIMS/#", "LIMS/#"))
                                                .add(user("bench", "LIMS/metrics/#", "LIMS/status/#"))));
        Path file = Files.writeString(folder.resolve("edge.json"), config.encodePrettily());
        return ChildProcess.start(
                "-Xmx224m",
                "target/classes:target/lib/*",
                Main.class.getName(),
                file,
                folder.resolve("edge.out"),
                "edge ready");
    }

    private static JsonObject user(String name, String publish, String subscribe) {
        return new JsonObject()
                .put("user", name)
                .put("password", name + "-secret")
                .put("publish", new JsonArray().add(publish))
                .put("subscribe", new JsonArray().add(subscribe));
    }

    String token(String role) {
        return Jwts.builder()
                .header()
                .keyId("test")
                .and()
                .issuer("http://issuer.test/realms/voltwin")
                .subject("somebody")
                .expiration(Date.from(Instant.now().plusSeconds(60)))
                .claim("realm_access", Map.of("roles", List.of(role)))
                .signWith(keys.getPrivate())
                .compact();
    }

    HttpResponse<String> manage(String method, String path, String body, String token) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + registry + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String user, String password, String body) throws Exception {
        String basic =
                java.util.Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + http + path))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> health() throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + health + "/health"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    Map<String, String> kafkaClient() {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", "localhost:" + kafkaPort);
        config.put("security.protocol", "SASL_PLAINTEXT");
        config.put("sasl.mechanism", "PLAIN");
        config.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"voltwin\" password=\""
                        + KAFKA_PASSWORD + "\";");
        return config;
    }

    @Override
    public void close() throws Exception {
        edge.close();
        kafka.close();
        issuer.stop(0);
    }
}
