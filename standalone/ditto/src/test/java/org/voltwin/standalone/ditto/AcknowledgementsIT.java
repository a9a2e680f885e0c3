package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requested acknowledgements, as Ditto's documentation has them. */
class AcknowledgementsIT {
    private static final String LABEL = "alice:stored";

    @TempDir
    static Path folder;

    static RunningDitto ditto;
    static RunningDitto.Client alice;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder);
        alice = ditto.as("alice");
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private static Frames declaring(String label, String subscription) throws Exception {
        Frames frames = Frames.open(ditto, alice.token(), "declared-acks", "[\"" + label + "\"]");
        frames.send(subscription);
        assertThat(frames.next()).endsWith(":ACK");
        return frames;
    }

    private static int status(JsonObject all, String label) {
        return all.getValue(JsonPointer.of(label + "/status")).orElseThrow().asInt();
    }

    private static String acknowledgement(JsonObject signal, String channel, String label, int status) {
        return JsonObject.newBuilder()
                .set(
                        "topic",
                        signal.getValue("topic")
                                .orElseThrow()
                                .asString()
                                .replaceFirst("/things/.*", "/things/" + channel + "/acks/" + label))
                .set(
                        "headers",
                        JsonObject.newBuilder()
                                .set(
                                        "correlation-id",
                                        signal.getValue("headers/correlation-id")
                                                .orElseThrow())
                                .set("content-type", "application/json")
                                .build())
                .set("path", "/")
                .set("value", "noted")
                .set("status", status)
                .build()
                .toString();
    }

    @Test
    void builtInAcknowledgementsAreGivenOnceTheChangeIsStored() {
        assertThat(alice.put("/api/2/things/org.test:built-in?requested-acks=twin-persisted", "{}")
                        .status())
                .isEqualTo(201);
        assertThat(alice.put("/api/2/things/org.test:built-in/attributes/a?requested-acks=search-persisted", "1")
                        .status())
                .isEqualTo(204);
        assertThat(alice.put("/api/2/things/org.test:built-in/attributes/a?requested-acks=", "2")
                        .status())
                .isEqualTo(204);
        JsonObject both = alice.put(
                        "/api/2/things/org.test:built-in/attributes/b?requested-acks=twin-persisted,search-persisted",
                        "3")
                .object();
        assertThat(status(both, "twin-persisted")).isEqualTo(201);
        assertThat(status(both, "search-persisted")).isEqualTo(204);
        assertThat(both.getValue("twin-persisted/payload").orElseThrow().asInt())
                .isEqualTo(3);
        assertThat(both.getValue("twin-persisted/headers/location")
                        .orElseThrow()
                        .asString())
                .endsWith("/api/2/things/org.test:built-in/attributes/b");
    }

    @Test
    void whatNobodyAcknowledgesIsTimedOut() {
        assertThat(alice.put("/api/2/things/org.test:late?requested-acks=unknown&timeout=1", "{}")
                        .status())
                .isEqualTo(408);
        var partly = alice.put(
                "/api/2/things/org.test:late?requested-acks=twin-persisted,not-fulfilled&timeout=1s&correlation-id=c-7",
                "{\"attributes\":{}}");
        assertThat(partly.status()).isEqualTo(424);
        assertThat(status(partly.object(), "twin-persisted")).isEqualTo(204);
        assertThat(status(partly.object(), "not-fulfilled")).isEqualTo(408);
        assertThat(partly.object()
                        .getValue("not-fulfilled/payload/error")
                        .orElseThrow()
                        .asString())
                .isEqualTo("acknowledgement:request.timeout");
        assertThat(partly.object()
                        .getValue("not-fulfilled/headers/correlation-id")
                        .orElseThrow()
                        .asString())
                .isEqualTo("c-7");
    }

    @Test
    void refusalsComeAtOnceAndNoTimeIsNoRequest() {
        assertThat(alice.put("/api/2/things/org.test:none/attributes/a?requested-acks=unknown&timeout=60", "1")
                        .status())
                .isEqualTo(404);
        assertThat(alice.put("/api/2/things/org.test:none?requested-acks=twin-persisted&timeout=0", "{}")
                        .status())
                .isEqualTo(400);
        assertThat(alice.put("/api/2/things/org.test:none?requested-acks=unknown&response-required=false", "{}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aSubscriberAcknowledgesAnEvent() throws Exception {
        alice.put("/api/2/things/org.test:custom", "{}");
        Frames store = declaring(LABEL, "START-SEND-EVENTS?filter=eq(thingId,\"org.test:custom\")");
        var answer = CompletableFuture.supplyAsync(() -> alice.put(
                "/api/2/things/org.test:custom/attributes/a?timeout=5&requested-acks=twin-persisted," + LABEL, "1"));

        JsonObject event = store.nextJson();
        assertThat(event.getValue("headers/requested-acks").orElseThrow().toString())
                .isEqualTo("[\"" + LABEL + "\"]");
        store.send(acknowledgement(event, "twin", LABEL, 200));

        assertThat(answer.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(status(answer.get().object(), LABEL)).isEqualTo(200);
        assertThat(answer.get()
                        .object()
                        .getValue(LABEL + "/payload")
                        .orElseThrow()
                        .asString())
                .isEqualTo("noted");

        var failing = CompletableFuture.supplyAsync(
                () -> alice.put("/api/2/things/org.test:custom/attributes/a?timeout=5&requested-acks=" + LABEL, "2"));
        store.send(acknowledgement(store.nextJson(), "twin", LABEL, 418));
        assertThat(failing.get(5, TimeUnit.SECONDS).status()).isEqualTo(418);

        // Not what it subscribed for: acknowledged in its name.
        JsonObject weak = alice.put(
                        "/api/2/things/org.test:other?timeout=5&requested-acks=twin-persisted," + LABEL, "{}")
                .object();
        assertThat(status(weak, LABEL)).isEqualTo(200);
        assertThat(weak.getValue(LABEL + "/headers/ditto-weak-ack")
                        .orElseThrow()
                        .asBoolean())
                .isTrue();
        store.socket.abort();
    }

    @Test
    void onlyDeclaredLabelsMayBeUsedAndEachByOne() throws Exception {
        Frames first = declaring("alice:one", "START-SEND-EVENTS");
        Frames second = Frames.open(ditto, alice.token(), "declared-acks", "[\"alice:one\"]");
        assertThat(second.nextJson().getValue("value/error").orElseThrow().asString())
                .isEqualTo("acknowledgement:label.not.unique");
        assertThat(second.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1008);
        first.send("""
                {"topic":"org.test/x/things/twin/acks/alice:two","headers":{"correlation-id":"c"},"path":"/","status":200}""");
        assertThat(first.nextJson().getValue("value/error").orElseThrow().asString())
                .isEqualTo("acknowledgement:label.not.declared");
        assertThat(ditto.send("GET", "/ws/2?declared-acks=%5B%22no%20label%22%5D", null, alice.token())
                        .error())
                .isEqualTo("acknowledgement:label.invalid");
        first.socket.abort();
    }

    @Test
    void messagesAreAcknowledgedBesideTheirAnswer() throws Exception {
        alice.put("/api/2/things/org.test:acked-message", "{}");
        Frames device = declaring("alice:seen", "START-SEND-MESSAGES");
        var answer = CompletableFuture.supplyAsync(() -> alice.post(
                "/api/2/things/org.test:acked-message/inbox/messages/go?timeout=5&requested-acks=live-response,alice:seen",
                "\"now\"",
                "Content-Type",
                "application/json"));

        JsonObject message = device.nextJson();
        device.send(acknowledgement(message, "live", "alice:seen", 200));
        device.send(message.setValue("status", 201).setValue("value", "gone").toString());

        assertThat(answer.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(status(answer.get().object(), "alice:seen")).isEqualTo(200);
        assertThat(status(answer.get().object(), "live-response")).isEqualTo(201);
        device.socket.abort();
    }
}
