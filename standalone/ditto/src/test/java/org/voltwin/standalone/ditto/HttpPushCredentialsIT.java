package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.standalone.ditto.RunningDitto.Answer;

/** How connections of type http-push prove who they are: client certificates, tokens, signatures. */
class HttpPushCredentialsIT {
    private static final String DEVOPS =
            "Basic " + Base64.getEncoder().encodeToString("devops:devops-word".getBytes(StandardCharsets.US_ASCII));
    private static final String THING = "/api/2/things/org.test:proven";

    @TempDir
    static Path folder;

    private static RunningDitto ditto;
    private static RunningDitto.Client alice;
    private static HttpServer plain;
    private static HttpsServer secure;
    private static TestKeys serverKeys;
    private static TestKeys clientKeys;
    private static final List<String> authorizations = new CopyOnWriteArrayList<>();
    private static final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private static volatile int tokenLifetimeSeconds = 3600;

    @BeforeAll
    static void start() throws Exception {
        serverKeys = new TestKeys(folder, "server");
        clientKeys = new TestKeys(folder, "client");
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        plain = HttpServer.create(loopback, 0);
        plain.createContext("/token", HttpPushCredentialsIT::giveToken);
        plain.createContext("/", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("authorization"));
            answer(exchange, 202, "");
        });
        plain.start();
        secure = HttpsServer.create(loopback, 0);
        secure.setHttpsConfigurator(new ClientsOnly(tls()));
        secure.createContext("/", exchange -> {
            authorizations.add(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
            answer(exchange, 203, "");
        });
        secure.start();
        ditto = new RunningDitto(folder, """
                ditto.connectivity.connection.allowed-hostnames = "localhost,127.0.0.1"
                ditto.connectivity.connection.http-push.oauth2.enforce-https = false
                """);
        alice = ditto.as("alice");
        alice.put(THING, "{}");
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
        plain.stop(0);
        secure.stop(0);
    }

    /** Takes nobody without a certificate it knows. */
    private static final class ClientsOnly extends HttpsConfigurator {
        ClientsOnly(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
        }
    }

    private static SSLContext tls() throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(TestKeys.loaded(serverKeys.store()), TestKeys.PASSWORD.toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(TestKeys.loaded(clientKeys.trust()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void giveToken(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        tokenRequests.add(form);
        if (form.contains("client_id=stranger")) {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
        } else {
            answer(
                    exchange,
                    200,
                    "{\"access_token\":\"token-" + tokenRequests.size() + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                            + tokenLifetimeSeconds + "}");
        }
    }

    private static Answer devops(String method, String id, String body) {
        return ditto.send(method, "/api/2/connections/" + id, body, null, "Authorization", DEVOPS);
    }

    private static JsonObject definition(String uri, String more) {
        return JsonObject.of("""
                {"name":"push","connectionType":"http-push","connectionStatus":"open","failoverEnabled":false,
                 "uri":"%s","targets":[{"address":"POST:/x?a=b","topics":["_/_/things/twin/events"],
                   "authorizationContext":["test:alice"],"issuedAcknowledgementLabel":"{{connection:id}}:there"}]%s}""".formatted(uri, more));
    }

    private static String plainUri() {
        return "http://localhost:" + plain.getAddress().getPort();
    }

    private static String secureUri() {
        return "https://127.0.0.1:" + secure.getAddress().getPort();
    }

    /** What comes of a change that a connection pushes: the status of the server's answer, 503 when there is none. */
    private static int pushed(String id, JsonObject definition) {
        Answer put = devops("PUT", id, definition.toString());
        assertThat(put.status()).as(put.body()).isIn(201, 204);
        int status = push(id);
        assertThat(devops("DELETE", id, null).status()).isEqualTo(204);
        return status;
    }

    private static int push(String id) {
        return alice.put(THING + "/attributes/a", "1", "requested-acks", "[\"" + id + ":there\"]", "timeout", "30s")
                .status();
    }

    private static String text(String pem) {
        return "\"" + pem.replace("\n", "\\n") + "\"";
    }

    @Test
    void aClientCertificateIsShownToAServerThatIsTrusted() throws Exception {
        String credentials = ",\"credentials\":{\"type\":\"client-cert\",\"cert\":" + text(clientKeys.certificatePem())
                + ",\"key\":" + text(clientKeys.keyPem()) + "}";
        String trust = ",\"ca\":" + text(serverKeys.certificatePem());
        authorizations.clear();

        assertThat(pushed("certified", definition(secureUri(), credentials + trust)))
                .isEqualTo(203);
        assertThat(authorizations).containsExactly("CN=client");
        assertThat(pushed("trusting", definition(secureUri(), credentials + ",\"validateCertificates\":false")))
                .isEqualTo(203);
        assertThat(pushed("untrusting", definition(secureUri(), credentials))).isEqualTo(503);
        assertThat(pushed("unknown", definition(secureUri(), trust))).isEqualTo(503);
        assertThat(devops(
                                "PUT",
                                "broken",
                                definition(secureUri(), ",\"ca\":\"no certificate\"")
                                        .toString())
                        .error())
                .isEqualTo("connectivity:connection.configuration.invalid");
    }

    private static String oauth(String client, String more) {
        return ",\"credentials\":{\"type\":\"oauth-client-credentials\",\"tokenEndpoint\":\"" + plainUri()
                + "/token\",\"clientId\":\"" + client
                + "\",\"clientSecret\":\"the secret\",\"requestedScopes\":\"one two\"" + more + "}";
    }

    @Test
    void aTokenIsFetchedOnceAndAgainBeforeItExpires() {
        authorizations.clear();
        tokenRequests.clear();
        tokenLifetimeSeconds = 3600;
        JsonObject definition = definition(plainUri(), oauth("me", ",\"audience\":\"there\""));
        assertThat(devops("PUT", "tokens", definition.toString()).status()).isEqualTo(201);
        assertThat(push("tokens")).isEqualTo(202);
        assertThat(push("tokens")).isEqualTo(202);
        assertThat(authorizations).containsExactly("Bearer token-1", "Bearer token-1");
        assertThat(tokenRequests)
                .containsExactly(
                        "grant_type=client_credentials&client_id=me&client_secret=the%20secret&scope=one%20two&audience=there");

        // Read and written back, the secret stays; sent to another endpoint it does not.
        String read = devops("GET", "tokens", null).body();
        assertThat(read).doesNotContain("the secret");
        tokenLifetimeSeconds = 30;
        assertThat(devops("PUT", "tokens", read).status()).isEqualTo(204);
        assertThat(push("tokens")).isEqualTo(202);
        assertThat(push("tokens")).isEqualTo(202);
        assertThat(authorizations).endsWith("Bearer token-2", "Bearer token-3");
        assertThat(tokenRequests).allMatch(form -> form.contains("client_secret=the%20secret"));
        assertThat(devops("PUT", "tokens", read.replace("/token\"", "/token/elsewhere\""))
                        .status())
                .isEqualTo(204);
        assertThat(push("tokens")).isEqualTo(202);
        assertThat(tokenRequests.getLast()).doesNotContain("the%20secret");
        assertThat(devops("DELETE", "tokens", null).status()).isEqualTo(204);
    }

    @Test
    void whoGetsNoTokenSendsNothing() {
        authorizations.clear();
        assertThat(pushed("stranger", definition(plainUri(), oauth("stranger", ""))))
                .isEqualTo(503);
        assertThat(authorizations).isEmpty();
        assertThat(pushed(
                        "person",
                        definition(
                                plainUri(),
                                oauth("me", ",\"username\":\"u\",\"password\":\"p&w\"")
                                        .replace("oauth-client-credentials", "oauth-password"))))
                .isEqualTo(202);
        assertThat(tokenRequests.getLast()).startsWith("grant_type=password&username=u&password=p%26w&client_id=me");
    }

    @Test
    void requestsAreSigned() {
        authorizations.clear();
        String hmac = ",\"credentials\":{\"type\":\"hmac\",\"algorithm\":\"%s\",\"parameters\":%s}";
        assertThat(pushed("aws", definition(plainUri(), hmac.formatted("aws4-hmac-sha256", """
                        {"region":"r","service":"s","accessKey":"A","secretKey":"S"}"""))))
                .isEqualTo(202);
        assertThat(pushed("monitor", definition(plainUri(), hmac.formatted("az-monitor-2016-04-01", """
                        {"workspaceId":"w","sharedKey":"YQ=="}"""))))
                .isEqualTo(202);
        assertThat(pushed("hub", definition(plainUri(), hmac.formatted("az-sasl", """
                        {"sharedKeyName":"n","sharedKey":"YQ=="}"""))))
                .isEqualTo(202);
        assertThat(authorizations.get(0)).matches("AWS4-HMAC-SHA256 Credential=A/\\d{8}/r/s/aws4_request, .*");
        assertThat(authorizations.get(1)).startsWith("SharedKey w:");
        assertThat(authorizations.get(2)).startsWith("SharedAccessSignature sr=localhost&sig=");
        assertThat(devops(
                                "PUT",
                                "odd",
                                definition(plainUri(), hmac.formatted("rot13", "{}"))
                                        .toString())
                        .error())
                .isEqualTo("connectivity:connection.configuration.invalid");
        assertThat(devops(
                                "PUT",
                                "odd",
                                definition(
                                                plainUri(),
                                                ",\"credentials\":{\"type\":\"plain\",\"username\":\"u\",\"password\":\"p\"}")
                                        .toString())
                        .status())
                .isEqualTo(501);
    }
}
