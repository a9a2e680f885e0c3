package org.voltwin.twin.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.voltwin.twin.ditto.DittoHttp;

/** The Ditto of one machine, with the policy of the laboratory. */
public final class DittoProcess implements AutoCloseable {
    private static final String POLICY = """
            {"entries":{"service":{"subjects":{"voltwin:service":{"type":"role"}},"resources":{
              "policy:/":{"grant":["READ","WRITE"],"revoke":[]},
              "thing:/":{"grant":["READ","WRITE"],"revoke":[]},
              "message:/":{"grant":["READ","WRITE"],"revoke":[]}}}}}""";

    private final ForkedProcess process;
    private final Tokens tokens;
    private final int port;

    public DittoProcess(Path folder, Tokens tokens) throws IOException {
        this.tokens = tokens;
        port = ForkedProcess.freePort();
        Path config = folder.resolve("ditto.conf");
        Files.writeString(config, """
                ditto.gateway.http.port = %d
                ditto.standalone.data-dir = "%s"
                ditto.gateway.authentication.oauth.openid-connect-issuers.voltwin {
                  issuer = "%s"
                  jwks-uri = "%s"
                  auth-subjects = ["{{ jwt:sub }}", "{{ jwt:realm_access/roles }}"]
                }
                """.formatted(port, folder.resolve("ditto-data"), tokens.issuer(), tokens.jwksUri()));
        process = new ForkedProcess(
                "ditto", "org.voltwin.standalone.ditto.Main", config, folder.resolve("ditto.log"), "-Xmx160m");
    }

    /** Starts, and waits until it answers. */
    public void start() throws IOException {
        process.start();
        try (DittoHttp ditto = new DittoHttp(url(), tokens)) {
            await("ditto is up: " + process.output())
                    .atMost(Duration.ofSeconds(40))
                    .until(ditto::isUp);
        }
    }

    public void createPolicy() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(url() + "/api/2/policies/org.voltwin:lab"))
                            .header("Authorization", "Bearer " + tokens.get())
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString(POLICY))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new IOException(response.statusCode() + " " + response.body());
            }
        }
    }

    public String url() {
        return "http://localhost:" + port;
    }

    public String webSocketUrl() {
        return "ws://localhost:" + port;
    }

    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
