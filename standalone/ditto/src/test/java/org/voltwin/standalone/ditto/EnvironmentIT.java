package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as Ditto's own system tests configure Ditto: by environment variables. */
class EnvironmentIT {
    private static final String ISSUER =
            "CONFIG_FORCE_ditto_gateway_authentication_oauth_openid__connect__issuers_%s_issuer";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private int port;

    private Process start(Map<String, String> environment) throws IOException {
        Path config = Files.writeString(folder.resolve("ditto.conf"), """
                ditto.standalone.data-dir = "%s"
                ditto.gateway.authentication.oauth.allowed-clock-skew = 4s
                """.formatted(folder.resolve("data")));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-Dconfig.override_with_env_vars=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("process.log").toFile());
        process.environment().putAll(environment);
        return process.start();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theVariablesOfDittosSystemTestsAreUnderstood() throws Exception {
        try (var socket = new java.net.ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var ditto = new TestIssuer("ditto");
                var dummy = new TestIssuer("dummy")) {
            Process process = start(Map.ofEntries(
                    Map.entry("BIND_HOSTNAME", "127.0.0.1"),
                    Map.entry("HTTP_PORT", Integer.toString(port)),
                    Map.entry("DEVOPS_SECURED", "true"),
                    Map.entry("DEVOPS_PASSWORD", "foobar"),
                    Map.entry("STATUS_PASSWORD", "status"),
                    Map.entry("ENABLE_PRE_AUTHENTICATION", "true"),
                    Map.entry("OAUTH_PROTOCOL", "http"),
                    Map.entry(ISSUER.formatted("ditto"), ditto.host()),
                    Map.entry(ISSUER.formatted("dummy"), dummy.host()),
                    Map.entry("OAUTH_TOKEN_INTEGRATION_SUBJECT", "integration:{{jwt:sub}}:{{jwt:aud}}"),
                    Map.entry("GATEWAY_SSE_THROTTLING_ENABLED", "true"),
                    Map.entry("POLICY_SUBJECT_EXPIRY_GRANULARITY", "5s"),
                    Map.entry("POLICY_SUBJECT_DELETION_ANNOUNCEMENT_GRANULARITY", "1s"),
                    Map.entry("CLEANUP_ENABLED", "false"),
                    Map.entry("CLEANUP_HISTORY_RETENTION_DURATION", "0d"),
                    Map.entry("LIMITS_THINGS_SEARCH_MAX_PAGE_SIZE", "30"),
                    Map.entry("CONNECTION_SOURCE_NUMBER", "10")));
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .until(() -> get("/health").statusCode() == 200);
                String bearer = "Bearer " + ditto.token("user");

                assertThat(whoami("Authorization", bearer)).isEqualTo("ditto:user");
                assertThat(whoami("Authorization", "Bearer " + dummy.token("user")))
                        .isEqualTo("dummy:user");
                assertThat(whoami("x-ditto-pre-authenticated", "nginx:ditto")).isEqualTo("nginx:ditto");
                assertThat(get("/status").statusCode()).isEqualTo(401);
                assertThat(get("/status", "Authorization", basic("status", "status"))
                                .statusCode())
                        .isEqualTo(200);
                assertThat(get("/api/2/connections", "Authorization", basic("devops", "foobar"))
                                .statusCode())
                        .isEqualTo(200);
                assertThat(get("/api/2/connections", "Authorization", basic("devops", "other"))
                                .statusCode())
                        .isEqualTo(401);
                assertThat(get("/api/2/search/things?option=size(31)", "Authorization", bearer)
                                .statusCode())
                        .isEqualTo(400);
                assertThat(get("/api/2/search/things?option=size(30)", "Authorization", bearer)
                                .statusCode())
                        .isEqualTo(200);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private String whoami(String... headers) throws IOException, InterruptedException {
        return JsonObject.of(get("/api/2/whoami", headers).body())
                .getValue("defaultSubject")
                .orElseThrow()
                .asString();
    }
}
