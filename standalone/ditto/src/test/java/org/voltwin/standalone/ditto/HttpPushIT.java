package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.standalone.ditto.RunningDitto.Answer;

/** Connections of type http-push to a server of our own: events, live commands and messages with their answers, and where they may go. */
class HttpPushIT {
    private static final String DEVOPS =
            "Basic " + Base64.getEncoder().encodeToString("devops:devops-word".getBytes(StandardCharsets.US_ASCII));

    private record Request(String method, String path, String authorization, JsonObject body) {}

    private record Response(int status, String contentType, String body) {}

    @TempDir
    static Path folder;

    private static RunningDitto ditto;
    private static RunningDitto.Client alice;
    private static HttpServer server;
    private static final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private static volatile Function<Request, Response> behaviour = request -> new Response(204, "", "");

    @BeforeAll
    static void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", HttpPushIT::handle);
        server.start();
        ditto = new RunningDitto(folder, "ditto.connectivity.connection.allowed-hostnames = \"localhost\"\n");
        alice = ditto.as("alice");
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
        server.stop(0);
    }

    private static void handle(HttpExchange exchange) {
        try (exchange) {
            var request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("authorization")),
                    JsonObject.of(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            requests.add(request);
            Response response = behaviour.apply(request);
            byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", response.contentType());
            exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer devops(String method, String path, String body) {
        return ditto.send(method, "/api/2/connections" + path, body, null, "Authorization", DEVOPS);
    }

    private static String definition(String host, String target) {
        return """
                {"name":"push","connectionType":"http-push","connectionStatus":"open","failoverEnabled":false,
                 "uri":"http://me:secret@%s:%d/base","targets":[%s]}""".formatted(host, server.getAddress().getPort(), target);
    }

    private static String target(String address, String topics, String more) {
        return "{\"address\":\"%s\",\"topics\":[%s],\"authorizationContext\":[\"test:alice\"]%s}"
                .formatted(address, topics, more);
    }

    private static Request next() throws InterruptedException {
        Request request = requests.poll(20, TimeUnit.SECONDS);
        assertThat(request).as("a request within 20 s").isNotNull();
        return request;
    }

    @Test
    void eventsAreRequestsAndTheirAnswersAcknowledgements() throws Exception {
        alice.put("/api/2/things/org.test:pushed", "{}");
        assertThat(devops(
                                "PUT",
                                "/events",
                                definition(
                                        "localhost",
                                        target(
                                                "PUT:/events/{{ thing:name }}",
                                                "\"_/_/things/twin/events?filter=eq(thingId,'org.test:pushed')\"",
                                                ",\"issuedAcknowledgementLabel\":\"{{connection:id}}:there\"")))
                        .status())
                .isEqualTo(201);
        behaviour = request -> new Response(202, "application/json", "{\"stored\":true}");

        var answer = alice.put(
                "/api/2/things/org.test:pushed/attributes/a",
                "1",
                "requested-acks",
                "[\"events:there\"]",
                "timeout",
                "20s");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        Request request = next();
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.path()).isEqualTo("/base/events/pushed");
        assertThat(request.authorization())
                .isEqualTo(
                        "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.US_ASCII)));
        assertThat(request.body().getValue("topic").map(JsonValue::asString))
                .contains("org.test/pushed/things/twin/events/created");

        behaviour = request2 -> new Response(503, "text/plain", "later");
        var refused = alice.put(
                "/api/2/things/org.test:pushed/attributes/a",
                "2",
                "requested-acks",
                "[\"events:there\"]",
                "timeout",
                "20s");
        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        requests.clear();
        assertThat(devops("DELETE", "/events", null).status()).isEqualTo(204);
    }

    @Test
    void theResponseAnswersLiveCommandsAndMessages() throws Exception {
        alice.put("/api/2/things/org.test:asked", "{\"attributes\":{\"maker\":\"x\"}}");
        assertThat(devops(
                                "PUT",
                                "/live",
                                definition(
                                        "localhost",
                                        target(
                                                "POST:/live",
                                                "\"_/_/things/live/commands\",\"_/_/things/live/messages\"",
                                                ",\"issuedAcknowledgementLabel\":\"live-response\",\"headerMapping\":{\"content-type\":\"application/json\"}")))
                        .status())
                .isEqualTo(201);
        behaviour = request -> {
            String topic = request.body().getValue("topic").orElseThrow().asString();
            if (topic.contains("/messages/")) {
                return new Response(201, "application/json", "{\"heard\":true}");
            }
            String correlation = request.body()
                    .getValue("headers/correlation-id")
                    .orElseThrow()
                    .asString();
            return new Response(200, "application/vnd.eclipse.ditto+json", """
                    {"topic":"%s","path":"/attributes/maker","status":204,"headers":{"correlation-id":"%s"}}""".formatted(topic, correlation));
        };

        assertThat(alice.put("/api/2/things/org.test:asked/attributes/maker?channel=live&timeout=20s", "\"y\"")
                        .status())
                .isEqualTo(204);
        var heard = alice.post(
                "/api/2/things/org.test:asked/inbox/messages/ask?timeout=20s", "1", "Content-Type", "application/json");
        assertThat(heard.status()).as(heard.body()).isEqualTo(201);
        assertThat(heard.object()).isEqualTo(JsonObject.of("{\"heard\":true}"));
        requests.clear();
        assertThat(devops("DELETE", "/live", null).status()).isEqualTo(204);
    }

    @Test
    void whatIsAskedLiveIsCutToWhatTheAskingOneMayRead() {
        alice.put("/api/2/policies/org.test:cut", """
                {"entries":{"all":{"subjects":{"test:alice":{"type":"t"}},"resources":{
                   "thing:/":{"grant":["READ","WRITE"],"revoke":[]},"policy:/":{"grant":["READ","WRITE"],"revoke":[]}}},
                 "part":{"subjects":{"test:bob":{"type":"t"}},"resources":{
                   "thing:/":{"grant":["READ"],"revoke":[]},"thing:/attributes/secret":{"grant":[],"revoke":["READ"]}}}}}""");
        alice.put("/api/2/things/org.test:cut", "{\"policyId\":\"org.test:cut\",\"attributes\":{\"maker\":\"x\"}}");
        assertThat(devops(
                                "PUT",
                                "/cut",
                                definition("localhost", target("POST:/cut", "\"_/_/things/live/commands\"", "")))
                        .status())
                .isEqualTo(201);
        behaviour = request -> new Response(200, "application/vnd.eclipse.ditto+json", """
                {"topic":"org.test/cut/things/live/commands/retrieve","path":"%s","status":200,"value":%s,
                 "headers":{"correlation-id":"%s"}}""".formatted(
                request.body().getValue("path").orElseThrow().asString(),
                request.body().getValue("path").orElseThrow().asString().equals("/")
                        ? "{\"thingId\":\"org.test:cut\",\"attributes\":{\"maker\":\"live\",\"secret\":1}}"
                        : "\"org.test:live\"",
                request.body().getValue("headers/correlation-id").orElseThrow().asString()));

        String live = "?channel=live&timeout=20s";
        assertThat(alice.get("/api/2/things/org.test:cut/policyId" + live).body())
                .isEqualTo("\"org.test:live\"");
        assertThat(alice.get("/api/2/things/org.test:cut" + live).object().contains("attributes/secret"))
                .isTrue();
        assertThat(ditto.as("bob").get("/api/2/things/org.test:cut" + live).object())
                .isEqualTo(JsonObject.of("{\"thingId\":\"org.test:cut\",\"attributes\":{\"maker\":\"live\"}}"));
        requests.clear();
        assertThat(devops("DELETE", "/cut", null).status()).isEqualTo(204);
    }

    private static List<JsonObject> droppedBy(String connection) {
        return devops("GET", connection + "/logs", null)
                .object()
                .getValue("connectionLogs")
                .orElseThrow()
                .asArray()
                .stream()
                .map(JsonValue::asObject)
                .filter(entry -> entry.getValue("type").equals(Optional.of(JsonValue.of("dropped"))))
                .toList();
    }

    @Test
    void anAnswerThatAnswersSomethingElseIsDroppedAndTheLogSaysSo() {
        alice.put("/api/2/things/org.test:odd", "{\"attributes\":{\"maker\":\"x\"}}");
        assertThat(devops(
                                "PUT",
                                "/odd",
                                definition("localhost", target("POST:/odd", "\"_/_/things/live/commands\"", "")))
                        .status())
                .isEqualTo(201);
        behaviour = request -> new Response(200, "application/vnd.eclipse.ditto+json", """
                {"topic":"org.test/odd/things/live/commands/retrieve","path":"/","status":200,
                 "value":{"thingId":"org.test:odd"},"headers":{"correlation-id":"odd-answer"}}""");

        var answer = alice.put(
                "/api/2/things/org.test:odd/attributes/maker?channel=live&timeout=5s",
                "\"y\"",
                "correlation-id",
                "odd-answer");

        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.body()).contains("Try increasing the command timeout.");
        Awaitility.await()
                .untilAsserted(() -> assertThat(droppedBy("/odd"))
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.toString())
                                .contains(
                                        "\"category\":\"response\"",
                                        "\"level\":\"failure\"",
                                        "\"correlationId\":\"odd-answer\"",
                                        "\"entityId\":\"org.test:odd\"",
                                        "things.responses:retrieveThing",
                                        "things.commands:modifyAttribute")));
        requests.clear();
        assertThat(devops("DELETE", "/odd", null).status()).isEqualTo(204);
    }

    @Test
    void onlyAllowedHostsAreReached() {
        for (String host :
                new String[] {"127.0.0.1", "[::1]", "0.0.0.0", "10.1.2.3", "169.254.169.254", "192.168.0.1"}) {
            assertThat(devops(
                                    "PUT",
                                    "/elsewhere",
                                    definition(host, target("POST:/x", "\"_/_/things/twin/events\"", "")))
                            .error())
                    .as(host)
                    .isEqualTo("connectivity:connection.configuration.invalid");
        }
        assertThat(devops(
                                "PUT",
                                "/elsewhere",
                                definition("localhost", target("FETCH:/x", "\"_/_/things/twin/events\"", "")))
                        .status())
                .isEqualTo(400);
    }
}
