package org.voltwin.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** Against standalone/ditto as a process of its own, with tokens of a realm of the test. */
class DittoConfigurationIT {
    private static final Path BUILT = Path.of("../standalone/ditto/target");
    private static final String JAR = "voltwin-standalone-ditto-0.1.0-SNAPSHOT.jar";
    private static final String ISSUER = "http://127.0.0.1/realms/voltwin";

    @TempDir
    static Path folder;

    private static KeyPair keys;
    private static HttpServer realm;
    private static Process process;
    private static URI ditto;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.exists(BUILT.resolve(JAR)), "standalone/ditto is not built: mvn -pl standalone/ditto package");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        realm = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        realm.createContext("/keys", exchange -> {
            byte[] body = Json.bytes(Map.of("keys", List.of(publicKey())));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        realm.start();
        int port = freePort();
        Path config = Files.writeString(folder.resolve("ditto.conf"), """
                ditto {
                  standalone.data-dir = "%s"
                  gateway.http.port = %d
                  gateway.authentication.oauth.openid-connect-issuers.voltwin {
                    issuers = ["%s"]
                    jwks-uri = "http://127.0.0.1:%d/keys"
                    auth-subjects = ["{{ jwt:sub }}", "{{ jwt:realm_access/roles }}"]
                  }
                }
                """.formatted(
                        folder.resolve("data"), port, ISSUER, realm.getAddress().getPort()));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        BUILT.resolve(JAR) + File.pathSeparator + BUILT.resolve("lib") + "/*",
                        "org.voltwin.standalone.ditto.Main",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ditto.log").toFile())
                .start();
        ditto = URI.create("http://127.0.0.1:" + port);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !process.isAlive()
                        || !(DittoConfiguration.apply(ditto, () -> token("viewer"), true)
                                instanceof Outcome.Refused<List<Change>> refused)
                        || !refused.failure().code().equals("ditto.unreachable"));
        assertThat(process.isAlive())
                .as(() -> readable(folder.resolve("ditto.log")))
                .isTrue();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        if (realm != null) {
            realm.stop(0);
        }
    }

    @Test
    void theServiceBringsItIntoLineAndOthersMayOnlyDoWhatThePolicySays() {
        assertThat(DittoConfiguration.apply(ditto, () -> token("service"), true).orThrow())
                .hasSize(5);
        assertThat(DittoConfiguration.apply(ditto, () -> token("service"), false)
                        .orThrow())
                .hasSize(5);
        assertThat(DittoConfiguration.apply(ditto, () -> token("service"), false)
                        .orThrow())
                .isEmpty();

        try (DittoApi admin = new DittoApi(ditto, () -> "Bearer " + token("lab-admin"));
                DittoApi viewer = new DittoApi(ditto, () -> "Bearer " + token("viewer"))) {
            String speed = "/things/org.voltwin:bench-virtual-01/attributes/speed";
            admin.put(speed, Json.tree(60)).orThrow();
            Outcome<Boolean> refused = viewer.put(speed, Json.tree(1));
            assertThat(refused)
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            no -> assertThat(no.failure().code()).isEqualTo("ditto.forbidden"));
            Optional<JsonNode> seen = viewer.get(speed).orThrow();
            assertThat(seen.orElseThrow().asDouble()).isEqualTo(60);

            assertThat(DittoConfiguration.apply(ditto, () -> token("service"), false)
                            .orThrow())
                    .extracting(Change::path)
                    .containsExactly(speed);
            assertThat(viewer.get(speed).orThrow().orElseThrow().asDouble()).isEqualTo(600);
        }
        assertThat(DittoConfiguration.apply(ditto, () -> token("service") + "x", false))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.failure().code()).isEqualTo("ditto.unauthorized"));
    }

    private static String token(String role) {
        try {
            String content = base64(Json.bytes(Map.of("alg", "RS256", "typ", "JWT", "kid", "test"))) + "."
                    + base64(Json.bytes(Map.of(
                            "iss",
                            ISSUER,
                            "sub",
                            "somebody",
                            "exp",
                            Instant.now().plusSeconds(300).getEpochSecond(),
                            "realm_access",
                            Map.of("roles", List.of(role)))));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(UTF_8));
            return content + "." + base64(signature.sign());
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> publicKey() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return Map.of(
                "kty", "RSA",
                "kid", "test",
                "use", "sig",
                "alg", "RS256",
                "n", base64(unsigned(key.getModulus())),
                "e", base64(unsigned(key.getPublicExponent())));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String readable(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
