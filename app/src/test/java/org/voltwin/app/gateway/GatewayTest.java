package org.voltwin.app.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;

class GatewayTest {
    private static final Set<Role> READERS = Set.of(Role.VIEWER, Role.TEST_ENGINEER);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Vertx vertx;
    private static Realm realm;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        realm = new Realm();
        List<Endpoint> endpoints = List.of(
                new Endpoint(
                        "GET",
                        "/api/tests/{id}",
                        false,
                        READERS,
                        "A test",
                        r -> Reply.ok(Json.mapper()
                                .createObjectNode()
                                .put("id", r.path("id"))
                                .put("by", r.caller().name()))),
                new Endpoint(
                        "GET",
                        "/api/tests/analytics",
                        false,
                        READERS,
                        "Numbers",
                        r -> Reply.ok(Json.mapper().createObjectNode().put("total", 3))),
                new Endpoint("GET", "/api/tests/{id}", true, READERS, "Live", r -> live()),
                new Endpoint(
                        "POST",
                        "/api/requests",
                        false,
                        Set.of(Role.TEST_ENGINEER),
                        "File",
                        r -> Reply.ok(Json.mapper().createObjectNode().put("bytes", r.body().length))),
                new Endpoint(
                        "GET",
                        "/api/models/{path*}",
                        false,
                        READERS,
                        "Models",
                        r -> Reply.ok(Json.mapper().createObjectNode().put("path", r.path("path")))),
                new Endpoint("GET", "/api/missing", false, READERS, "Refuses", r -> {
                    throw new RefusedException(Failure.permanent("test.not_found", "No test 7.", "Look at the list."));
                }),
                new Endpoint("GET", "/api/broken", false, READERS, "Breaks", r -> {
                    throw new IllegalStateException("secret detail");
                }));
        gateway = new Gateway(
                vertx,
                new Gateway.Settings("127.0.0.1", 0, Realm.ISSUER, "http://localhost:1", "voltwin-dashboards"),
                new TokenCheck(Realm.ISSUER, realm.certs()),
                endpoints,
                () -> true);
        gateway.start();
    }

    private static Reply live() {
        SubmissionPublisher<Reply.Event> events = new SubmissionPublisher<>();
        Thread.ofVirtual().start(() -> {
            while (events.getNumberOfSubscribers() == 0) {
                Thread.onSpinWait();
            }
            events.submit(
                    new Reply.Event("test", Json.mapper().createObjectNode().put("stage", "running")));
            events.close();
        });
        return new Reply.Events(events);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        realm.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static HttpResponse<String> send(String method, String path, String token, String body, String accept)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Accept", accept);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String token) throws Exception {
        return send("GET", path, token, "", "application/json");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = Json.mapper().readTree(response.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("remedy").asText()).isNotBlank();
    }

    @Test
    void aCallerWithTheRoleGetsTheAnswer() throws Exception {
        HttpResponse<String> response = get("/api/tests/TR-1", realm.token("viewer"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"id\":\"TR-1\",\"by\":\"u-viewer\"}");
    }

    @Test
    void aLiteralPathWinsOverAParameter() throws Exception {
        assertThat(get("/api/tests/analytics", realm.token("viewer")).body()).isEqualTo("{\"total\":3}");
    }

    @Test
    void theRestOfAPathMayHaveSlashes() throws Exception {
        assertThat(get("/api/models/a/b%20c.fmu", realm.token("viewer")).body()).isEqualTo("{\"path\":\"a/b c.fmu\"}");
    }

    @Test
    void withoutAGoodTokenTheAnswerIsNo() throws Exception {
        assertProblem(get("/api/tests/1", ""), 401, "auth.token_missing");
        assertProblem(get("/api/tests/1", "nonsense"), 401, "auth.token_invalid");
        assertProblem(get("/api/tests/1", realm.expired("viewer")), 401, "auth.token_expired");
        assertProblem(get("/api/tests/1", realm.forAnotherAudience()), 401, "auth.token_invalid");
        assertProblem(get("/api/tests/1", realm.ofAnotherIssuer()), 401, "auth.token_invalid");
        assertProblem(get("/api/tests/1", realm.signedBySomebodyElse()), 401, "auth.token_invalid");
        assertProblem(get("/api/nothing", ""), 401, "auth.token_missing");
    }

    @Test
    void aViewerWhoSubmitsIsForbiddenBeforeHerBodyIsRead() throws Exception {
        HttpResponse<String> response =
                send("POST", "/api/requests", realm.token("viewer"), "x".repeat(2 << 20), "application/json");

        assertProblem(response, 403, "auth.forbidden");
    }

    @Test
    void aBodyArrivesWholeAndOneThatIsTooLargeIsRefused() throws Exception {
        String engineer = realm.token("test-engineer");

        assertThat(send("POST", "/api/requests", engineer, "x".repeat(1000), "application/json")
                        .body())
                .isEqualTo("{\"bytes\":1000}");
        assertProblem(
                send("POST", "/api/requests", engineer, "x".repeat(2 << 20), "application/json"), 413, "api.too_large");
    }

    @Test
    void refusalsAreProblemsWithTheirOwnStatusAndFaultsTellNothing() throws Exception {
        assertProblem(get("/api/missing", realm.token("viewer")), 404, "test.not_found");
        HttpResponse<String> fault = get("/api/broken", realm.token("viewer"));
        assertProblem(fault, 500, "api.internal");
        assertThat(fault.body()).doesNotContain("secret detail");
        assertProblem(get("/api/nothing", realm.token("viewer")), 404, "api.not_found");
    }

    @Test
    void liveUpdatesAreServerSentEvents() throws Exception {
        HttpResponse<String> response = send("GET", "/api/tests/TR-1", realm.token("viewer"), "", "text/event-stream");

        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(response.body()).contains("event: test\ndata: {\"stage\":\"running\"}\n\n");
    }

    @Test
    void pagesNeedNoTokenAndClientRoutesGetTheFrontPage() throws Exception {
        HttpResponse<String> page = get("/requests/new", "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("test page");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'");
        assertThat(get("/assets/none.js", "").statusCode()).isEqualTo(404);
        assertThat(get("/..%2f..%2fetc/passwd.txt", "").body()).doesNotContain("root:");
    }

    @Test
    void thingModelsAreForAnybodyAndNeverChange() throws Exception {
        HttpResponse<String> model = get("/wot/chamber-1.0.0.tm.jsonld", "");

        assertThat(model.statusCode()).isEqualTo(200);
        assertThat(model.headers().firstValue("Content-Type")).contains("application/tm+json");
        assertThat(model.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(Json.mapper().readTree(model.body()).path("@type").asText()).isEqualTo("tm:ThingModel");
        assertProblem(get("/wot/none-1.0.0.tm.jsonld", ""), 404, "wot.not_found");
        assertProblem(get("/wot/..%2fschemas%2fproblem.schema.json", ""), 404, "wot.not_found");
    }

    @Test
    void theOpenApiDocumentNamesEveryPathAndItsRoles() throws Exception {
        JsonNode document = Json.mapper().readTree(get("/api/openapi.json", "").body());

        assertThat(document.at("/paths/~1api~1requests/post/x-roles").asText()).isEqualTo("test-engineer");
        assertThat(document.at("/paths/~1api~1tests~1{id}/get/parameters/0/name")
                        .asText())
                .isEqualTo("id");
    }
}
