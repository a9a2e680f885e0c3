package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The past of things, policies and connections, across snapshots that replaced the journals it is in. */
final class HistoryIT {
    private static final int UPDATES = 30;
    private static final String THING = "/api/2/things/org.example:counter";

    @TempDir
    private static Path folder;

    private static RunningDitto ditto;
    private static RunningDitto.Client alice;
    private static Instant afterTen;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder, """
                ditto.standalone.changes-per-snapshot = 7
                ditto.things.thing.event.historical-headers-to-persist = ["ditto-originator", "correlation-id"]
                ditto.connectivity.connection.event.historical-headers-to-persist = ["ditto-originator", "user-agent"]
                """);
        alice = ditto.as("alice");
        alice.put(THING, "{\"attributes\":{\"counter\":0}}");
        for (int i = 1; i <= UPDATES; i++) {
            alice.put(THING + "/attributes/counter", String.valueOf(i), "correlation-id", "update-" + i);
            if (i == 10) {
                afterTen = Instant.now();
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private static JsonValue counterAt(String query) {
        return alice.get(THING + "?" + query)
                .object()
                .getValue("attributes/counter")
                .orElse(null);
    }

    @Test
    void severalThingsAreReadAsTheyWere() {
        String id = THING.substring(THING.lastIndexOf('/') + 1);
        assertThat(alice.get("/api/2/things?at-historical-revision=4&fields=attributes/counter&ids=org.test:none," + id)
                        .body())
                .isEqualTo("[{\"attributes\":{\"counter\":3}}]");
    }

    @Test
    void aThingIsReadAsItWas() throws Exception {
        Awaitility.await().until(() -> {
            try (var files = Files.list(ditto.data())) {
                return files.anyMatch(file -> file.toString().endsWith(".bin"));
            }
        });

        for (int revision = 1; revision <= UPDATES; revision++) {
            assertThat(counterAt("at-historical-revision=" + revision)).isEqualTo(JsonValue.of(revision - 1));
        }
        assertThat(counterAt("at-historical-timestamp=" + afterTen)).isEqualTo(JsonValue.of(10));
        assertThat(alice.get(THING + "/attributes/counter", "at-historical-revision", "4")
                        .body())
                .isEqualTo("3");
        assertThat(alice.get(THING, "at-historical-revision", "6").header("historical-headers"))
                .contains("\"ditto-originator\":\"test:alice\"", "\"correlation-id\":\"update-5\"");
        ditto.restart();
        assertThat(counterAt("at-historical-revision=2")).isEqualTo(JsonValue.of(1));
    }

    @Test
    void whatIsNotKnownOrNotAllowedIsRefused() {
        var unknown = alice.get(THING, "at-historical-revision", "99");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.error()).isEqualTo("things:thing.history.notfound");
        assertThat(alice.get(THING, "at-historical-timestamp", "2001-01-01T00:00:00Z")
                        .status())
                .isEqualTo(404);
        assertThat(alice.get(THING, "at-historical-revision", "x").status()).isEqualTo(400);
        assertThat(ditto.as("bob").get(THING, "at-historical-revision", "1").error())
                .isEqualTo("things:thing.notfound");
    }

    @Test
    void aPolicyIsReadAsItWas() {
        String policy = "/api/2/policies/org.example:past";
        String entry = """
                {"subjects":{"test:alice":{"type":"t"}},
                 "resources":{"policy:/":{"grant":["READ","WRITE"],"revoke":[]}}}""";
        alice.put(policy, "{\"entries\":{\"owner\":" + entry + "}}");
        alice.put(policy + "/entries/more", entry);
        alice.delete(policy + "/entries/more");

        assertThat(alice.get(policy, "at-historical-revision", "1").object().contains("entries/more"))
                .isFalse();
        assertThat(alice.get(policy, "at-historical-revision", "2").object().contains("entries/more"))
                .isTrue();
        assertThat(alice.get(policy, "at-historical-revision", "9").error())
                .isEqualTo("policies:policy.history.notfound");
    }

    private static RunningDitto.Answer connection(String method, String query, String body, String... headers) {
        return devops(method, "/past" + query, body, headers);
    }

    private static RunningDitto.Answer devops(String method, String path, String body, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] =
                "Basic " + Base64.getEncoder().encodeToString("devops:devops-word".getBytes(StandardCharsets.US_ASCII));
        return ditto.send(method, "/api/2/connections" + path, body, null, all);
    }

    private static String nameAt(String query) {
        JsonObject then = connection("GET", query, null).object();
        return then.getValue("name").map(JsonValue::asString).orElse(then.toString());
    }

    @Test
    void aConnectionIsReadAsItWasWithoutItsSecrets() throws Exception {
        String first = """
                {"name":"first","connectionType":"mqtt-5","connectionStatus":"closed","uri":"ssl://me:p%40ss@broker:8883",
                 "sources":[{"addresses":["a/b"],"authorizationContext":["x:y"]}]}""";
        connection("PUT", "", first, "User-Agent", "probe/1");
        Instant afterFirst = Instant.now();
        connection("PUT", "", first.replace("\"first\"", "\"second\"").replace("p%40ss", "other"));
        // Snapshots that replace the journal it began in.
        for (int i = 0; i < 40; i++) {
            alice.put("/api/2/things/org.example:beside", "{\"attributes\":{\"i\":" + i + "}}");
        }
        ditto.restart();
        connection("DELETE", "", null);
        assertThat(connection("GET", "", null, "at-historical-revision", "1").error())
                .isEqualTo("connectivity:connection.notfound");
        connection("PUT", "", first.replace("\"first\"", "\"fourth\""));

        assertThat(nameAt("?at-historical-revision=1")).isEqualTo("first");
        assertThat(nameAt("?at-historical-revision=2&fields=name,_revision")).isEqualTo("second");
        assertThat(nameAt("?at-historical-revision=4")).isEqualTo("fourth");
        assertThat(nameAt("?at-historical-timestamp=" + afterFirst)).isEqualTo("first");
        var then = connection("GET", "", null, "at-historical-revision", "1");
        assertThat(then.body()).contains("ssl://me:*****@broker:8883").doesNotContain("p%40ss", "_revision");
        assertThat(then.header("historical-headers"))
                .contains("\"ditto-originator\":\"devops\"", "\"user-agent\":\"probe/1\"");
        for (String query : new String[] {
            "?at-historical-revision=3", "?at-historical-revision=9", "?at-historical-timestamp=2001-01-01T00:00:00Z"
        }) {
            var unknown = connection("GET", query, null);
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.error()).isEqualTo("connectivity:connection.history.notfound");
        }
        assertThat(connection("GET", "?at-historical-revision=x", null).status())
                .isEqualTo(400);
        assertThat(devops("GET", "?at-historical-revision=1", null).status()).isEqualTo(501);
        assertThat(alice.get("/api/2/connections/past?at-historical-revision=1").status())
                .isEqualTo(401);
    }

    @Test
    void persistedEventsComeOverServerSentEvents() {
        String events = alice.get(
                        THING + "?from-historical-revision=3&to-historical-revision=6&fields=attributes,_revision",
                        "Accept",
                        "text/event-stream")
                .body();
        assertThat(events.lines().filter(line -> line.startsWith("data:{")))
                .containsExactly(
                        "data:{\"attributes\":{\"counter\":2},\"_revision\":3}",
                        "data:{\"attributes\":{\"counter\":3},\"_revision\":4}",
                        "data:{\"attributes\":{\"counter\":4},\"_revision\":5}",
                        "data:{\"attributes\":{\"counter\":5},\"_revision\":6}");
        assertThat(alice.get(THING + "?from-historical-revision=-2", "Accept", "text/event-stream")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("data:{")))
                .hasSize(2);
        assertThat(ditto.as("bob")
                        .get(THING + "?from-historical-revision=1", "Accept", "text/event-stream")
                        .status())
                .isEqualTo(404);
    }

    private static Frames connect(String token) {
        var frames = new Frames();
        frames.socket = ditto.http()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws://127.0.0.1:" + ditto.port() + "/ws/2"), frames)
                .join();
        return frames;
    }

    private static String streaming(String what, String value) {
        return "{\"topic\":\"org.example/counter/things/twin/streaming/" + what
                + "\",\"headers\":{},\"path\":\"/\",\"value\":" + value + "}";
    }

    @Test
    void persistedEventsAreRequestedOverWebSocket() throws Exception {
        var frames = connect(alice.token());
        frames.send(streaming(
                "subscribeForPersistedEvents",
                "{\"fromHistoricalRevision\":5,\"toHistoricalRevision\":9,\"filter\":\"ne(attributes/counter,6)\"}"));
        JsonObject created = frames.nextJson();
        assertThat(created.getValue("topic").orElseThrow().asString()).endsWith("/streaming/created");
        String id = created.getValue("value/subscriptionId").orElseThrow().asString();

        frames.send(streaming("request", "{\"subscriptionId\":\"" + id + "\",\"demand\":10}"));

        for (int counter : new int[] {4, 5, 7, 8}) {
            JsonObject next = frames.nextJson();
            assertThat(next.getValue("topic").orElseThrow().asString()).endsWith("/streaming/next");
            assertThat(next.getValue("value/item/value")).contains(JsonValue.of(counter));
        }
        assertThat(frames.nextJson().getValue("topic").orElseThrow().asString()).endsWith("/streaming/complete");
        frames.send(streaming("request", "{\"subscriptionId\":\"" + id + "\",\"demand\":1}"));
        assertThat(frames.nextJson().getValue("value/error/error"))
                .contains(JsonValue.of("streaming.subscription.not.found"));
        frames.socket.abort();
    }

    @Test
    void aStrangersSubscriptionFails() throws Exception {
        var frames = connect(ditto.as("bob").token());
        frames.send(streaming("subscribeForPersistedEvents", "{\"fromHistoricalRevision\":0}"));
        String id =
                frames.nextJson().getValue("value/subscriptionId").orElseThrow().asString();

        frames.send(streaming("request", "{\"subscriptionId\":\"" + id + "\",\"demand\":1}"));

        assertThat(frames.nextJson().getValue("value/error/error")).contains(JsonValue.of("things:thing.notfound"));
        frames.socket.abort();
    }
}
