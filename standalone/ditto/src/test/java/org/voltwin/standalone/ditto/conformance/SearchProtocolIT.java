package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.standalone.ditto.RunningDitto;

/** The search protocol over WebSocket, and pages over HTTP, as Ditto's own system tests expect them. */
class SearchProtocolIT {
    private static final String NONE = "value/error/error";

    @TempDir
    static Path folder;

    static RunningDitto ditto;
    static RunningDitto.Client owner;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder, "ditto.gateway.streaming.search-idle-timeout = 2s\n");
        owner = ditto.as("owner");
        assertThat(owner.put("/api/2/things/org.first:001", "{\"attributes\":{\"counter\":10}}")
                        .status())
                .isEqualTo(201);
        assertThat(owner.put("/api/2/things/org.first:002", "{\"attributes\":{\"foo\":10}}")
                        .status())
                .isEqualTo(201);
        assertThat(ditto.as("other")
                        .put("/api/2/things/org.second:003", "{\"attributes\":{\"counter\":10}}")
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    /** A session that collects what comes. */
    private static final class Socket implements WebSocket.Listener, AutoCloseable {
        private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private final WebSocket socket;

        Socket() {
            socket = ditto.http()
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer " + owner.token())
                    .buildAsync(URI.create("ws://127.0.0.1:" + ditto.port() + "/ws/2"), this)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                received.add(JsonObject.of(partial.toString()));
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        void send(String command, String value) {
            socket.sendText(
                            "{\"topic\":\"_/_/things/twin/search/%s\",\"path\":\"/\",\"fields\":\"thingId\",\"value\":%s}"
                                    .formatted(command, value),
                            true)
                    .join();
        }

        JsonObject next(String kind) throws InterruptedException {
            JsonObject frame = received.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("a frame within 10 s").isNotNull();
            assertThat(frame.getValue("topic").orElseThrow().asString()).isEqualTo("_/_/things/twin/search/" + kind);
            return frame;
        }

        String subscribe(String value) throws InterruptedException {
            send("subscribe", value);
            return next("created")
                    .getValue("value/subscriptionId")
                    .orElseThrow()
                    .asString();
        }

        void request(String id, int demand) {
            send("request", "{\"subscriptionId\":\"%s\",\"demand\":%d}".formatted(id, demand));
        }

        void fails(String error) throws InterruptedException {
            assertThat(next("failed").getValue(NONE).orElseThrow().asString()).isEqualTo(error);
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static String items(String value) throws InterruptedException {
        try (var socket = new Socket()) {
            socket.request(socket.subscribe(value), 5);
            return socket.next("next").getValue("value/items").orElseThrow().toString();
        }
    }

    @Test
    void aSearchShowsWhatMayBeReadInItsNamespaces() throws Exception {
        assertThat(items("{\"filter\":\"like(thingId,\\\"*:00?\\\")\"}"))
                .contains("org.first:001", "org.first:002")
                .doesNotContain("org.second:003");
        assertThat(items("{\"filter\":\"exists(attributes/counter)\"}"))
                .contains("org.first:001")
                .doesNotContain("org.first:002");
        assertThat(items("{\"options\":\"size(3)\",\"namespaces\":[\"org.first\"]}"))
                .isEqualTo("[{\"thingId\":\"org.first:001\"},{\"thingId\":\"org.first:002\"}]");
    }

    @Test
    void whatIsWrongWithASearchIsSaidWhenAPageIsAskedFor() throws Exception {
        try (var socket = new Socket()) {
            socket.request(socket.subscribe("{\"options\":\"size(300)\"}"), 5);
            socket.fails("thing-search:search.option.invalid");
            socket.request(socket.subscribe("{\"options\":\"size=3\"}"), 5);
            socket.fails("thing-search:search.option.invalid");
            socket.request(socket.subscribe("{\"filter\":\"exist=attribute/lol\"}"), 5);
            socket.fails("rql.expression.invalid");
            socket.request(socket.subscribe("{}"), -3);
            socket.fails("thing-search:subscription.protocol.error");
        }
    }

    @Test
    void aSearchBelongsToItsSession() throws Exception {
        try (var socket = new Socket();
                var other = new Socket()) {
            String id = socket.subscribe("{\"options\":\"size(3)\",\"namespaces\":[\"org.first\"]}");
            other.request(id, 5);
            other.fails("thing-search:subscription.not.found");
            other.request("47.11", 1);
            other.fails("thing-search:subscription.not.found");
            other.send("cancel", "{\"subscriptionId\":\"%s\"}".formatted(id));
            socket.request(id, 5);
            assertThat(socket.next("next").getValue("value/items")).isPresent();
            socket.next("complete");
        }
    }

    @Test
    void aSearchThatNobodyAsksForEnds() throws Exception {
        try (var socket = new Socket()) {
            socket.subscribe("{\"options\":\"size(3)\"}");
            socket.fails("thing-search:subscription.timeout");
        }
    }

    @Test
    void onlyTheTwinIsSearched() throws Exception {
        try (var socket = new Socket()) {
            for (String topic : new String[] {"_/_/things/live/search/request", "_/_/none/live/search/request"}) {
                socket.socket
                        .sendText("{\"topic\":\"%s\",\"path\":\"/\",\"value\":{}}".formatted(topic), true)
                        .join();
                JsonObject frame = socket.received.poll(5, TimeUnit.SECONDS);
                assertThat(frame).isNotNull();
                assertThat(frame.getValue("topic").orElseThrow().asString()).endsWith("errors");
            }
        }
    }

    private static JsonObject page(String option) {
        var answer = owner.get("/api/2/search/things?namespaces=org.pages&fields=thingId&filter=exists(attributes/of)"
                + (option.isEmpty() ? "" : "&option=" + option));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.object();
    }

    private static String pageOf(long next, int... numbers) {
        var items = new StringBuilder();
        for (int number : numbers) {
            items.append(items.isEmpty() ? "" : ",").append("{\"thingId\":\"org.pages:%03d\"}".formatted(number));
        }
        return "{\"items\":[" + items + "],\"nextPageOffset\":" + next + "}";
    }

    @Test
    void pagesGoOnByOffsetOrByCursor() {
        for (int i = 0; i <= 50; i++) {
            owner.put("/api/2/things/org.pages:%03d".formatted(i), "{\"attributes\":{\"of\":\"all\"}}");
        }

        assertThat(page("limit(0,2)").toString()).isEqualTo(pageOf(2, 0, 1));
        assertThat(page("limit(2,2)").toString()).isEqualTo(pageOf(4, 2, 3));
        assertThat(page("limit(50,2)").toString()).isEqualTo(pageOf(-1, 50));
        assertThat(page("limit(49,2)").toString()).isEqualTo(pageOf(-1, 49, 50));
        JsonObject byDefault = page("");
        assertThat(byDefault.getValue("items").orElseThrow().asArray().getSize())
                .isEqualTo(25);
        assertThat(byDefault.contains("cursor")).isTrue();
        assertThat(byDefault.contains("nextPageOffset")).isFalse();

        JsonObject first = page("size(1),sort(-attributes/none/1,%2Battributes/of,%2Battributes/none/2)");
        JsonObject all = page("size(51)");
        JsonObject second = page("size(1),cursor(" + cursor(first) + ")");
        JsonObject rest = page("size(49),cursor(" + cursor(second) + ")");
        assertThat(first.getValue("items").orElseThrow().toString()).contains("org.pages:000");
        assertThat(all.getValue("items").orElseThrow().asArray().getSize()).isEqualTo(51);
        assertThat(all.contains("cursor")).isFalse();
        assertThat(second.getValue("items").orElseThrow().toString()).isEqualTo("[{\"thingId\":\"org.pages:001\"}]");
        assertThat(rest.getValue("items").orElseThrow().asArray().getSize()).isEqualTo(49);
        assertThat(rest.toString())
                .contains("org.pages:050")
                .contains("\"nextPageOffset\":-1")
                .doesNotContain("org.pages:001");
    }

    private static String cursor(JsonObject page) {
        return page.getValue("cursor").orElseThrow().asString();
    }

    @Test
    void manyThingsCanBeAskedForAtOnce() {
        var ids = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            String id = "org.conform.many:manyV2_8d0d8f9e-3e0a-4f7b-9b3d-1a2b3c4d5%03d".formatted(i);
            owner.put("/api/2/things/" + id, "{}");
            ids.append(i == 0 ? "" : ",").append(id);
        }
        var answer = owner.get("/api/2/things?fields=thingId,attributes,features&ids=" + ids);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().asArray().getSize()).isEqualTo(150);
        assertThat(answer.json().asArray().get(149).orElseThrow().toString()).contains("d5149");
    }
}
