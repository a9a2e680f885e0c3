package org.voltwin.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** standalone/ditto as a process of its own, with tokens of a realm of the test. Skips the test when it is not built. */
public final class RunningDitto implements AutoCloseable {
    private static final Path BUILT = Path.of("../standalone/ditto/target");
    private static final String JAR = "voltwin-standalone-ditto-0.1.0-SNAPSHOT.jar";
    private static final String ISSUER = "http://127.0.0.1/realms/voltwin";

    private final KeyPair keys;
    private final HttpServer realm;
    private final Process process;
    private final URI ditto;

    public RunningDitto(Path folder) throws Exception {
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
                  gateway.authentication.devops.password = "devops-word"
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

    public URI address() {
        return ditto;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        realm.stop(0);
    }

    /** A token of somebody with this role. */
    public String token(String role) {
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

    private Map<String, String> publicKey() {
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

    /** How Ditto's user devops signs in. */
    static String devops() {
        return "Basic " + Base64.getEncoder().encodeToString("devops:devops-word".getBytes(UTF_8));
    }

    static int freePort() throws IOException {
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
