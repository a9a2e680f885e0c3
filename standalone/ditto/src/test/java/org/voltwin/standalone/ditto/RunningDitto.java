package org.voltwin.standalone.ditto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.voltwin.standalone.ditto.config.DittoSettings;

/** A Ditto in this JVM on a free port, with an issuer, and a caller to talk to it. */
public final class RunningDitto implements AutoCloseable {
    /** Who calls: sends requests with a token. */
    public record Client(RunningDitto ditto, String token) {
        public Answer get(String path, String... headers) {
            return ditto.send("GET", path, null, token, headers);
        }

        public Answer put(String path, String body, String... headers) {
            return ditto.send("PUT", path, body, token, headers);
        }

        public Answer post(String path, String body, String... headers) {
            return ditto.send("POST", path, body, token, headers);
        }

        public Answer delete(String path, String... headers) {
            return ditto.send("DELETE", path, null, token, headers);
        }

        public Answer patch(String path, String body, String... headers) {
            var all = java.util.Arrays.copyOf(headers, headers.length + 2);
            all[headers.length] = "Content-Type";
            all[headers.length + 1] = "application/merge-patch+json";
            return ditto.send("PATCH", path, body, token, all);
        }
    }

    public record Answer(int status, String body, HttpResponse<String> response) {
        public JsonValue json() {
            return JsonFactory.readFrom(body);
        }

        public JsonObject object() {
            return json().asObject();
        }

        public String error() {
            return object().getValue("error").orElseThrow().asString();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private final TestIssuer issuer;
    private final Path folder;
    private final String more;
    private final HttpClient http = HttpClient.newHttpClient();
    private DittoServer server;

    RunningDitto(Path folder) throws Exception {
        this(folder, "");
    }

    /** @param more lines of the configuration */
    public RunningDitto(Path folder, String more) throws Exception {
        this.folder = folder;
        this.more = more;
        this.issuer = new TestIssuer();
        start();
    }

    static Path writeConfig(Path folder, TestIssuer issuer, int port) throws IOException {
        Path config = folder.resolve("ditto.conf");
        Files.writeString(config, """
                ditto.standalone.data-dir = "%s"
                ditto.gateway.http.port = %d
                ditto.gateway.streaming.sse.heartbeat = 200ms
                ditto.policies.policy {
                  subject-expiry-granularity = 1s
                  subject-deletion-announcement-granularity = 1s
                }
                ditto.gateway.authentication.devops { password = "devops-word", statusPassword = "" }
                ditto.gateway.authentication.oauth {
                  protocol = "http"
                  openid-connect-issuers {
                    test {
                      issuer = "%s"
                      auth-subjects = ["{{ jwt:sub }}", "role-{{ jwt:realm_access/roles }}"]
                    }
                  }
                }
                """.formatted(folder.resolve("data"), port, issuer.host()));
        return config;
    }

    void start() throws IOException {
        Path config = writeConfig(folder, issuer, 0);
        Files.writeString(config, more, java.nio.file.StandardOpenOption.APPEND);
        server = DittoServer.start(DittoSettings.read(config), broken -> {
            throw new UncheckedIOException(broken);
        });
    }

    void restart() throws IOException {
        server.close();
        start();
    }

    TestIssuer issuer() {
        return issuer;
    }

    public int port() {
        return server.port();
    }

    Path data() {
        return folder.resolve("data");
    }

    public Client as(String subject, String... roles) {
        return new Client(this, issuer.token(subject, roles));
    }

    public HttpClient http() {
        return http;
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    public Answer send(String method, String path, String body, String token, String... headers) {
        var request = request(path)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        issuer.close();
        http.close();
    }
}
