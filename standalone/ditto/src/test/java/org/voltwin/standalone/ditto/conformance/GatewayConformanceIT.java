package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Signing in, addresses and headers as Ditto's own system tests expect them. */
class GatewayConformanceIT {
    @TestFactory
    Stream<DynamicTest> gateway() {
        return Scenario.in("gateway");
    }

    /** Over HTTP/1.1: when it goes over to HTTP/2, only the last of two equal headers arrives. */
    @Test
    void aHeaderMustNotBeThereTwice() throws Exception {
        var shared = SharedDitto.get();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + shared.running().port() + "/api/2/things"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .header("Authorization", "Bearer " + shared.token("owner"))
                            .header("Cache-Control", "no-cache")
                            .header("x-correlation-id", "one")
                            .header("x-correlation-id", "two")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(JsonObject.of(answer.body()).getValue("error"))
                    .contains(JsonValue.of("gateway:duplicate.header.field"));
        }
    }

    /** The token as a parameter of the address, a new one later on, and one event, with what else it was asked for. */
    @Test
    void aSessionMaySignInByParameter() throws Exception {
        var shared = SharedDitto.get();
        var owner = shared.as("owner");
        var received = new LinkedBlockingQueue<String>();
        var socket = shared.running()
                .http()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + shared.running().port() + "/ws/2?access_token="
                                + shared.token("watcher")),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                                received.add(data.toString());
                                from.request(1);
                                return null;
                            }
                        })
                .join();
        socket.sendText("START-SEND-EVENTS?namespaces=org.gateway&extraFields=attributes", true)
                .join();
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("START-SEND-EVENTS:ACK");
        socket.sendText("JWT-TOKEN?jwtToken=" + shared.token("watcher"), true).join();

        String thing = "/api/2/things/org.gateway:seen";
        assertThat(owner.put(thing, "{\"attributes\":{\"a\":1},\"features\":{\"f\":{}}}")
                        .status())
                .isEqualTo(201);
        owner.put("/api/2/policies/org.gateway:seen/entries/both", """
                {"subjects":{"ditto:watcher":{"type":"x"}},
                 "resources":{"thing:/":{"grant":["READ","WRITE"],"revoke":[]}}}""");
        assertThat(owner.patch(thing + "/features/f/properties/status/speed", "0")
                        .status())
                .isEqualTo(204);

        JsonObject event = JsonObject.of(String.valueOf(received.poll(20, TimeUnit.SECONDS)));
        assertThat(event.getValue("topic").map(JsonValue::asString))
                .contains("org.gateway/seen/things/twin/events/merged");
        assertThat(event.getValue("extra/attributes/a").map(JsonValue::asInt)).contains(1);
        assertThat(received).isEmpty();
        assertThat(socket.isInputClosed()).isFalse();
        socket.abort();
    }
}
