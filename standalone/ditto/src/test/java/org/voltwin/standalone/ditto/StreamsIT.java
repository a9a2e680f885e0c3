package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSocket frames, server-sent events and live messages as they are on the wire. */
class StreamsIT {
    @TempDir
    static Path folder;

    static RunningDitto ditto;
    static RunningDitto.Client alice;

    static Frames connect(String token) {
        return Frames.open(ditto, token);
    }

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder);
        alice = ditto.as("alice");
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private static String command(String topic, String path, String value, String correlationId) {
        return """
                {"topic":"%s","headers":{"correlation-id":"%s","content-type":"application/json"},"path":"%s"%s}""".formatted(topic, correlationId, path, value == null ? "" : ",\"value\":" + value);
    }

    @Test
    void commandsAreAnsweredInTheProtocol() throws Exception {
        Frames frames = connect(alice.token());
        String topic = "org.test/ws/things/twin/commands/";

        frames.send(command(topic + "create", "/", "{\"thingId\":\"org.test:ws\",\"attributes\":{\"a\":1}}", "c1"));
        JsonObject created = frames.nextJson();
        assertThat(created.getValue("status").orElseThrow().asInt()).isEqualTo(201);
        assertThat(created.getValue("headers/correlation-id").orElseThrow().asString())
                .isEqualTo("c1");
        frames.send(command(topic + "modify", "/attributes/a", "2", "c2"));
        assertThat(frames.nextJson().getValue("status").orElseThrow().asInt()).isEqualTo(204);
        frames.send(command(topic + "retrieve", "/attributes", null, "c3"));
        assertThat(frames.nextJson().getValue("value").orElseThrow().toString()).isEqualTo("{\"a\":2}");
        frames.send(command(topic + "delete", "/features", null, "c4"));
        JsonObject refused = frames.nextJson();
        assertThat(refused.getValue("topic").orElseThrow().asString()).isEqualTo("org.test/ws/things/twin/errors");
        assertThat(refused.getValue("status").orElseThrow().asInt()).isEqualTo(404);
        assertThat(refused.getValue("value/error").orElseThrow().asString()).isEqualTo("things:features.notfound");
        frames.send("{\"topic\":\"nonsense\"}");
        assertThat(frames.nextJson().getValue("status").orElseThrow().asInt()).isEqualTo(400);
        frames.send("not json");
        assertThat(frames.nextJson().getValue("status").orElseThrow().asInt()).isEqualTo(400);
        frames.send("START-SEND-POLICY-ANNOUNCEMENTS");
        assertThat(frames.next()).isEqualTo("START-SEND-POLICY-ANNOUNCEMENTS:ACK");
        frames.send("START-SEND-EVENTS?filter=nonsense(");
        assertThat(frames.nextJson().getValue("status").orElseThrow().asInt()).isEqualTo(400);
        frames.send("""
                {"topic":"org.test/ws/things/twin/commands/modify","headers":{"response-required":false,"correlation-id":"c5",
                 "ditto-auth-context":"{\\"type\\":\\"jwt\\",\\"subjects\\":[\\"test:root\\"]}"},"path":"/attributes/quiet","value":1}""");
        frames.send(command("org.test/ws/policies/commands/retrieve", "/entries/DEFAULT/subjects", null, "c6"));
        JsonObject policy = frames.nextJson();
        assertThat(policy.getValue("headers/correlation-id").orElseThrow().asString())
                .isEqualTo("c6");
        assertThat(policy.getValue("value").orElseThrow().asObject().getKeys().toString())
                .contains("test:alice");
        assertThat(alice.get("/api/2/things/org.test:ws/attributes/quiet").body())
                .isEqualTo("1");
        frames.socket.abort();
    }

    /** More than may wait for the disk at a time: reading is held back and goes on. */
    @Test
    void manyCommandsWithoutAnAnswerAreAllDoneInOrder() throws Exception {
        alice.put("/api/2/things/org.many:one", "{\"attributes\":{\"n\":-1}}");
        Frames watcher = connect(alice.token());
        watcher.send("START-SEND-EVENTS?namespaces=org.many");
        assertThat(watcher.next()).isEqualTo("START-SEND-EVENTS:ACK");
        Frames writer = connect(alice.token());
        int count = 3_000;
        for (int i = 0; i < count; i++) {
            writer.send("{\"topic\":\"org.many/one/things/twin/commands/merge\",\"path\":\"/attributes/n\",\"value\":"
                    + i + ",\"headers\":{\"response-required\":false,\"correlation-id\":\"m" + i + "\"}}");
        }
        writer.send(command("org.many/one/things/twin/commands/retrieve", "/attributes/n", null, "last"));
        assertThat(writer.nextJson().getValue("value").orElseThrow().asInt()).isEqualTo(count - 1);
        for (int i = 0; i < count; i++) {
            JsonObject event = watcher.nextJson();
            assertThat(event.getValue("value").orElseThrow().asInt()).isEqualTo(i);
            assertThat(event.getValue("revision").orElseThrow().asInt()).isEqualTo(i + 2);
        }
        writer.socket.abort();
        watcher.socket.abort();
    }

    @Test
    void eventsComeInOrderFilteredAndWithExtraFields() throws Exception {
        alice.put(
                "/api/2/things/org.test:ev",
                "{\"attributes\":{\"kind\":\"cell\"},\"features\":{\"f\":{\"properties\":{\"x\":0}}}}");
        Frames frames = connect(alice.token());
        String filter = URLEncoder.encode(
                "and(gt(features/f/properties/x,3),eq(topic:action,\"modified\"))", StandardCharsets.UTF_8);
        frames.send("START-SEND-EVENTS?namespaces=org.test&extraFields=attributes/kind&filter=" + filter);
        assertThat(frames.next()).isEqualTo("START-SEND-EVENTS:ACK");

        for (int i = 1; i <= 6; i++) {
            alice.put("/api/2/things/org.test:ev/features/f/properties/x", "" + i);
        }

        for (int i = 4; i <= 6; i++) {
            JsonObject event = frames.nextJson();
            assertThat(event.getValue("topic").orElseThrow().asString())
                    .isEqualTo("org.test/ev/things/twin/events/modified");
            assertThat(event.getValue("path").orElseThrow().asString()).isEqualTo("/features/f/properties/x");
            assertThat(event.getValue("value").orElseThrow().asInt()).isEqualTo(i);
            assertThat(event.getValue("revision").orElseThrow().asInt()).isEqualTo(i + 1);
            assertThat(event.getValue("extra").orElseThrow().toString())
                    .isEqualTo("{\"attributes\":{\"kind\":\"cell\"}}");
        }
        frames.send("STOP-SEND-EVENTS");
        assertThat(frames.next()).isEqualTo("STOP-SEND-EVENTS:ACK");
        alice.put("/api/2/things/org.test:ev/features/f/properties/x", "9");
        assertThat(frames.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
        frames.socket.abort();
    }

    @Test
    void aViewerGetsTheirPartOfAnEventAndAStrangerNone() throws Exception {
        alice.put("/api/2/things/org.test:part", """
                {"_policy":{"entries":{"o":{"subjects":{"test:alice":{"type":"u"}},"resources":{
                   "policy:/":{"grant":["READ","WRITE"],"revoke":[]},"thing:/":{"grant":["READ","WRITE"],"revoke":[]}}},
                 "v":{"subjects":{"test:role-viewer":{"type":"r"}},"resources":{"thing:/features/open":{"grant":["READ"],"revoke":[]}}}}}}""");
        Frames viewer = connect(ditto.issuer().token("bob", "viewer"));
        Frames stranger = connect(ditto.issuer().token("eve"));
        viewer.send("START-SEND-EVENTS");
        stranger.send("START-SEND-EVENTS");
        viewer.next();
        stranger.next();

        alice.patch("/api/2/things/org.test:part", "{\"attributes\":{\"secret\":1}}");
        alice.patch(
                "/api/2/things/org.test:part",
                "{\"attributes\":{\"secret\":2},\"features\":{\"open\":{\"properties\":{\"u\":1}}}}");

        JsonObject event = viewer.nextJson();
        assertThat(event.getValue("value").orElseThrow().toString())
                .isEqualTo("{\"features\":{\"open\":{\"properties\":{\"u\":1}}}}");
        assertThat(stranger.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
        viewer.socket.abort();
        stranger.socket.abort();
    }

    @Test
    void aSessionEndsWithItsTokenUnlessRenewed() throws Exception {
        Frames ending = connect(ditto.issuer().token("alice", Duration.ofSeconds(2)));
        Frames renewed = connect(ditto.issuer().token("alice", Duration.ofSeconds(2)));
        renewed.send("JWT-TOKEN?jwtToken=" + alice.token());
        Frames wrong = connect(alice.token());
        wrong.send("JWT-TOKEN?jwtToken=" + ditto.issuer().token("bob"));

        assertThat(wrong.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1008);
        assertThat(ending.nextJson(10).getValue("value/error").orElseThrow().asString())
                .isEqualTo("gateway:websocket.session.expired");
        assertThat(ending.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1008);
        renewed.send("START-SEND-EVENTS");
        assertThat(renewed.next()).isEqualTo("START-SEND-EVENTS:ACK");
        renewed.socket.abort();
    }

    @Test
    void serverSentEventsCarryPartialThings() throws Exception {
        alice.put(
                "/api/2/things/org.test:sse",
                "{\"attributes\":{\"a\":0},\"features\":{\"f\":{\"properties\":{\"u\":0}}}}");
        var all = sse("/api/2/things?namespaces=org.test&fields=thingId,features/f&filter="
                + URLEncoder.encode("exists(features/f)", StandardCharsets.UTF_8));
        var one = sse("/api/2/things/org.test:sse/features/f/properties?extraFields=attributes");

        alice.put("/api/2/things/org.test:sse/attributes/a", "1");
        alice.put("/api/2/things/org.test:sse/features/f/properties/u", "3.7");

        assertThat(nextData(all))
                .isEqualTo("{\"thingId\":\"org.test:sse\",\"features\":{\"f\":{\"properties\":{\"u\":3.7}}}}");
        assertThat(nextData(one)).isEqualTo("{\"u\":3.7}");
        all.close();
        one.close();
    }

    private static BufferedReader sse(String path) throws Exception {
        var response = ditto.http()
                .send(
                        ditto.request(path)
                                .header("Authorization", "Bearer " + alice.token())
                                .header("Accept", "text/event-stream")
                                .header("Accept-Encoding", "gzip, deflate")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static String nextData(BufferedReader reader) throws Exception {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("data:") && line.length() > "data:".length()) {
                return line.substring("data:".length());
            }
        }
        throw new IllegalStateException("The stream ended.");
    }

    @Test
    void messagesOverHttpReachASubscriberAndItsAnswerComesBack() throws Exception {
        alice.put("/api/2/things/org.test:msg", "{\"features\":{\"f\":{}}}");
        Frames device = connect(alice.token());
        device.send("START-SEND-MESSAGES?namespaces=org.test");
        assertThat(device.next()).isEqualTo("START-SEND-MESSAGES:ACK");

        var answer = CompletableFuture.supplyAsync(() -> alice.post(
                "/api/2/things/org.test:msg/features/f/inbox/messages/start?timeout=5",
                "{\"step\":1}",
                "Content-Type",
                "application/json"));
        JsonObject message = device.nextJson();
        assertThat(message.getValue("topic").orElseThrow().asString())
                .isEqualTo("org.test/msg/things/live/messages/start");
        assertThat(message.getValue("path").orElseThrow().asString()).isEqualTo("/features/f/inbox/messages/start");
        assertThat(message.getValue("value").orElseThrow().toString()).isEqualTo("{\"step\":1}");
        String reply = message.setValue("status", 202)
                .setValue("value", JsonObject.of("{\"ok\":true}"))
                .toString();
        Frames filtered = connect(alice.token());
        filtered.send("START-SEND-MESSAGES?filter="
                + URLEncoder.encode("eq(topic:subject,\"other\")", StandardCharsets.UTF_8));
        filtered.next();
        Frames other = connect(alice.token());
        other.send(reply.replace("true", "false"));
        device.send(reply);

        assertThat(answer.get(5, TimeUnit.SECONDS).status()).isEqualTo(202);
        assertThat(answer.get().body()).isEqualTo("{\"ok\":true}");
        assertThat(alice.post("/api/2/things/org.test:msg/outbox/messages/x?timeout=0", "")
                        .status())
                .isEqualTo(202);
        assertThat(alice.post(
                                "/api/2/things/org.test:msg/inbox/messages/nobody?timeout=1",
                                "\"x\"",
                                "Content-Type",
                                "application/json")
                        .status())
                .isEqualTo(408);
        assertThat(ditto.as("eve")
                        .post("/api/2/things/org.test:msg/inbox/messages/x", "")
                        .error())
                .isEqualTo("messages:send.notallowed");
        assertThat(alice.post("/api/2/things/org.test:none/inbox/messages/x", "")
                        .status())
                .isEqualTo(404);
        assertThat(filtered.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
        alice.post("/api/2/things/org.test:msg/outbox/messages/other?timeout=0", "");
        assertThat(filtered.nextJson().getValue("topic").orElseThrow().asString())
                .endsWith("/messages/other");
        filtered.socket.abort();
        device.socket.abort();
        other.socket.abort();
    }

    @Test
    void messagesCanBeReadAsAStreamOfEvents() throws Exception {
        alice.put("/api/2/things/org.test:told", "{\"features\":{\"f\":{}}}");
        var inbox = sse("/api/2/things/org.test:told/inbox/messages");
        var feature = sse("/api/2/things/org.test:told/features/f/messages/tell");

        alice.post("/api/2/things/org.test:told/outbox/messages/no?timeout=0", "no", "Content-Type", "text/plain");
        alice.post("/api/2/things/org.test:told/inbox/messages/yes?timeout=0", "a\nb", "Content-Type", "text/plain");
        alice.post(
                "/api/2/things/org.test:told/features/f/outbox/messages/tell?timeout=0",
                "{\"u\":1}",
                "Content-Type",
                "application/json");

        assertThat(nextData(inbox)).isEqualTo("a");
        assertThat(inbox.readLine()).isEqualTo("data:b");
        assertThat(inbox.readLine()).isEqualTo("event:yes");
        assertThat(nextData(feature)).isEqualTo("{\"u\":1}");
        assertThat(feature.readLine()).isEqualTo("event:tell");
        inbox.close();
        feature.close();
    }

    @Test
    void whatIsTooLargeForAMessageIsRefusedAndBytesTravelAsBase64() throws Exception {
        alice.put("/api/2/things/org.test:bytes", "{}");
        Frames device = connect(alice.token());
        device.send("START-SEND-MESSAGES");
        device.next();
        assertThat(alice.post(
                                "/api/2/things/org.test:bytes/inbox/messages/big?timeout=0",
                                "x".repeat(300_000),
                                "Content-Type",
                                "text/plain")
                        .status())
                .isEqualTo(413);
        var answer = CompletableFuture.supplyAsync(() -> alice.post(
                "/api/2/things/org.test:bytes/inbox/claim?timeout=5",
                "ABC",
                "Content-Type",
                "application/octet-stream"));
        JsonObject message = device.nextJson();
        assertThat(message.getValue("path").orElseThrow().asString()).isEqualTo("/inbox/messages/claim");
        assertThat(message.getValue("value").orElseThrow().asString()).isEqualTo("QUJD");
        device.send(message.setValue("status", 418).setValue("value", "WFla").toString());
        assertThat(answer.get(5, TimeUnit.SECONDS).status()).isEqualTo(418);
        assertThat(answer.get().body()).isEqualTo("XYZ");
        device.socket.abort();
    }

    @Test
    void whatIsTooLargeOrNoMessageIsRefusedOverTheSocketToo() throws Exception {
        alice.put("/api/2/things/org.test:large", "{}");
        Frames frames = connect(alice.token());
        frames.send("""
                {"topic":"org.test/large/things/live/messages/big","headers":{"correlation-id":"b","content-type":"text/plain"},
                 "path":"/inbox/messages/big","value":"%s"}""".formatted("x".repeat(300_000)));
        assertThat(frames.nextJson().getValue("status").orElseThrow().asInt()).isEqualTo(413);
        frames.send("""
                {"topic":"org.test/large/things/live/messages/odd","headers":{"correlation-id":"o"},"path":"/elsewhere"}""");
        assertThat(frames.nextJson().getValue("status").orElseThrow().asInt()).isEqualTo(400);
        frames.socket.abort();
    }

    @Test
    void searchOverTheSocketHandsOutPagesOnDemand() throws Exception {
        for (int i = 0; i < 5; i++) {
            alice.put("/api/2/things/org.paged:t" + i, "{}");
        }
        Frames frames = connect(alice.token());
        frames.send("""
                {"topic":"_/_/things/twin/search/subscribe","headers":{"correlation-id":"s"},"path":"/",
                 "value":{"namespaces":["org.paged"],"options":"size(2),sort(+thingId)"},"fields":"thingId"}""");
        JsonObject created = frames.nextJson();
        assertThat(created.getValue("topic").orElseThrow().asString()).isEqualTo("_/_/things/twin/search/created");
        String id = created.getValue("value/subscriptionId").orElseThrow().asString();
        frames.send("""
                {"topic":"_/_/things/twin/search/request","headers":{"correlation-id":"s"},"path":"/",
                 "value":{"subscriptionId":"%s","demand":2}}""".formatted(id));
        assertThat(frames.nextJson()
                        .getValue("value/items")
                        .orElseThrow()
                        .asArray()
                        .getSize())
                .isEqualTo(2);
        assertThat(frames.nextJson()
                        .getValue("value/items")
                        .orElseThrow()
                        .asArray()
                        .getSize())
                .isEqualTo(2);
        frames.send("""
                {"topic":"_/_/things/twin/search/request","headers":{"correlation-id":"s"},"path":"/",
                 "value":{"subscriptionId":"%s","demand":1}}""".formatted(id));
        assertThat(frames.nextJson().getValue("value/items").orElseThrow().toString())
                .isEqualTo("[{\"thingId\":\"org.paged:t4\"}]");
        assertThat(frames.nextJson().getValue("topic").orElseThrow().asString())
                .isEqualTo("_/_/things/twin/search/complete");
        frames.socket.abort();
    }
}
