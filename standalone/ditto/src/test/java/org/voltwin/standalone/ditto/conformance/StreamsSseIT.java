package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.policies.model.Policy;
import org.junit.jupiter.api.Test;
import org.voltwin.standalone.ditto.RunningDitto;

/** Server-sent events: which changes come to whom, with which fields, and in which order. */
class StreamsSseIT {
    private final SharedDitto ditto = SharedDitto.get();
    private final String namespace =
            "org.sse." + "n" + UUID.randomUUID().toString().substring(0, 8);
    private final String id = namespace + ":" + UUID.randomUUID();
    private final String path = "/api/2/things/" + id;
    private final RunningDitto.Client owner = ditto.as("first");

    /** One event: its data, then its type, in this order on the wire. */
    private record Event(String data, String type) {
        JsonObject json() {
            return JsonObject.of(data);
        }
    }

    private final class Stream implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

        Stream(String user, String resource) throws Exception {
            response = ditto.running()
                    .http()
                    .send(
                            ditto.running()
                                    .request("/api/2" + resource)
                                    .header("Authorization", "Bearer " + ditto.token(user))
                                    .header("Accept", "text/event-stream")
                                    .header("Cache-Control", "no-cache")
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (var lines = new java.io.BufferedReader(
                    new java.io.InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                String data = null;
                String type = null;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.isEmpty() && data != null && !data.isEmpty()) {
                        events.add(new Event(data, type));
                        data = null;
                        type = null;
                    } else if (line.startsWith("data:")) {
                        data = line.substring("data:".length());
                    } else if (!line.isEmpty()) {
                        assertThat(data).as("data comes first").isNotNull();
                        type = line;
                    }
                }
            } catch (java.io.IOException e) {
                // The stream was closed.
                events.add(new Event("", "closed"));
            }
        }

        Event next() throws InterruptedException {
            Event event = events.poll(10, TimeUnit.SECONDS);
            assertThat(event).as("an event").isNotNull();
            return event;
        }

        /** What comes before a change of something else, which is made to know the end. */
        List<Event> all(int count) throws InterruptedException {
            var all = new java.util.ArrayList<Event>();
            for (int i = 0; i < count; i++) {
                all.add(next());
            }
            return all;
        }

        @Override
        public void close() throws Exception {
            response.body().close();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void put(String below, String value, int status) {
        assertThat(owner.put(path + below, value).status()).as(below).isEqualTo(status);
    }

    @Test
    void thingsOfANamespace() throws Exception {
        try (var stream = new Stream("first", "/things?namespaces=" + namespace)) {
            assertThat(owner.put("/api/2/things/org.other:" + UUID.randomUUID(), "{}")
                            .status())
                    .isEqualTo(201);
            put("", "{}", 201);
            assertThat(stream.next().json().getValue("thingId").orElseThrow().asString())
                    .isEqualTo(id);
            put("/features/foo", "{\"properties\":{\"one\":1,\"two\":true}}", 201);
            assertThat(stream.next().json().getValue(JsonPointer.of("features/foo/properties/two")))
                    .hasValueSatisfying(two -> assertThat(two.asBoolean()).isTrue());
            IntStream.rangeClosed(1, 25).forEach(i -> put("/features/foo/properties/one", "" + i, 204));
            for (int i = 1; i <= 25; i++) {
                assertThat(stream.next().json().getValue(JsonPointer.of("features/foo/properties/one")))
                        .contains(org.eclipse.ditto.json.JsonValue.of(i));
            }
        }
    }

    @Test
    void onlyChangesOfTheFieldsAskedFor() throws Exception {
        put("", "{}", 201);
        try (var stream = new Stream("first", "/things?fields=features/foo/properties/matching&ids=" + id)) {
            put("/features/foo", "{\"properties\":{\"one\":1,\"matching\":\"hello\"}}", 201);
            put("/features/foo", "{\"properties\":{\"one\":1,\"two\":true}}", 204);
            put("/features/foo", "{\"properties\":{\"matching\":1}}", 204);
            put("/features/foo", "{\"properties\":{\"not-matching\":1}}", 204);
            put("/features/foo", "{\"properties\":{\"matching\":2}}", 204);
            assertThat(stream.all(3))
                    .extracting(Event::data)
                    .containsExactly(
                            "{\"features\":{\"foo\":{\"properties\":{\"matching\":\"hello\"}}}}",
                            "{\"features\":{\"foo\":{\"properties\":{\"matching\":1}}}}",
                            "{\"features\":{\"foo\":{\"properties\":{\"matching\":2}}}}");
        }
    }

    @Test
    void aFilterThatCannotBeReadIsRefused() {
        assertThat(owner.get("/api/2/things?filter=ge(features/foo/properties/num,20", "Accept", "text/event-stream")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void filtersSeeTheChangeAndExtraFields() throws Exception {
        put("", "{\"features\":{\"foo\":{}}}", 201);
        String field = "features/foo/properties/matching/num";
        String filter = "filter=" + encoded("ge(" + field + ",20)") + "&ids=" + id;
        try (var plain = new Stream("first", "/things?" + filter);
                var extra = new Stream("first", "/things?extraFields=" + field + "&" + filter)) {
            put("/features/foo/properties/matching/num", "10", 201);
            put("/features/foo/properties/other", "20", 201);
            put("/features/foo/properties/matching/num", "30", 204);
            put("/features/foo/properties/other", "40", 204);
            put("/features/foo/properties/matching/num", "50", 204);
            assertThat(plain.all(2)).extracting(this::num).containsExactly(30, 50);
            assertThat(extra.all(3)).extracting(this::num).containsExactly(30, 30, 50);
        }
    }

    private int num(Event event) {
        return event.json()
                .getValue(JsonPointer.of("features/foo/properties/matching/num"))
                .orElseThrow()
                .asInt();
    }

    @Test
    void extraFieldsDoNotHideWhatChanged() throws Exception {
        put("", "{\"attributes\":{\"counter\":0}}", 201);
        try (var stream = new Stream("first", "/things?extraFields=attributes/counter&namespaces=" + namespace)) {
            put("/attributes/other", "\"foobar42\"", 201);
            put("/attributes/counter", "1", 204);
            put("/attributes/counter", "2", 204);
            assertThat(stream.all(3))
                    .extracting(event -> event.json()
                            .getValue(JsonPointer.of("attributes/counter"))
                            .orElseThrow()
                            .asInt())
                    .containsExactly(0, 1, 2);
        }
    }

    @Test
    void filtersKnowTheAction() throws Exception {
        String field = "features/foo/properties/matching/num";
        String filter = "or(and(ne(topic:action,'created'),ge(" + field
                + ",20)),and(eq(topic:action,'created'),exists(attributes/marked)))";
        try (var stream = new Stream("first", "/things?filter=" + encoded(filter) + "&extraFields=" + field)) {
            put("", "{\"features\":{\"foo\":{}}}", 201);
            String marked = namespace + ":marked";
            assertThat(owner.put(
                                    "/api/2/things/" + marked,
                                    "{\"attributes\":{\"marked\":true},\"features\":{\"foo\":{}}}")
                            .status())
                    .isEqualTo(201);
            put("/features/foo/properties/matching/num", "10", 201);
            put("/features/foo/properties/non-matching/num", "20", 201);
            put("/features/foo/properties/matching/num", "30", 204);
            put("/features/foo/properties/non-matching/num", "40", 204);
            assertThat(stream.all(3))
                    .extracting(event ->
                            event.json().getValue("thingId").orElseThrow().asString())
                    .containsExactly(marked, id, id);
        }
    }

    @Test
    void oneFeature() throws Exception {
        put("", "{}", 201);
        try (var stream = new Stream("first", "/things/" + id + "/features/foo")) {
            put("/features/bar", "{\"properties\":{\"two\":true}}", 201);
            put("/features/foo", "{\"properties\":{\"two\":true}}", 201);
            assertThat(stream.next().data()).isEqualTo("{\"properties\":{\"two\":true}}");
        }
    }

    @Test
    void messagesOfAThingAndOfAFeature() throws Exception {
        put("", "{\"features\":{\"foo\":{}}}", 201);
        try (var inbox = new Stream("first", "/things/" + id + "/inbox/messages");
                var feature = new Stream("first", "/things/" + id + "/features/foo/inbox/messages/bumlux")) {
            for (String subject : List.of("bumlux-one", "bumlux-two")) {
                assertThat(owner.post(
                                        path + "/inbox/messages/" + subject + "?timeout=0",
                                        "test of " + subject,
                                        "Content-Type",
                                        "text/plain")
                                .status())
                        .isEqualTo(202);
            }
            assertThat(inbox.all(2))
                    .containsExactly(
                            new Event("test of bumlux-one", "event:bumlux-one"),
                            new Event("test of bumlux-two", "event:bumlux-two"));
            assertThat(owner.post(
                                    path + "/features/foo/inbox/messages/bumlux?timeout=0",
                                    "test",
                                    "Content-Type",
                                    "text/plain")
                            .status())
                    .isEqualTo(202);
            assertThat(feature.next()).isEqualTo(new Event("test", "event:bumlux"));
        }
    }

    @Test
    void whoMayReadSomeGetsThat() throws Exception {
        Policy policy = StreamsPolicies.of("owner", "first")
                .forLabel("partial")
                .setSubject(StreamsPolicies.subject("second"))
                .setGrantedPermissions("thing", "/attributes/complex", "READ")
                .setGrantedPermissions("thing", "/attributes/complex/some", "READ")
                .setGrantedPermissions("thing", "/features/other/properties/properties/public", "READ")
                .setRevokedPermissions("thing", "/attributes/complex/secret", "READ")
                .build();
        assertThat(owner.put("/api/2/policies/" + id, policy.toJsonString()).status())
                .isEqualTo(201);
        String thing = """
                {"policyId":"%s","attributes":{"type":"gateway","hidden":false,"complex":{"some":100,"secret":"s"}},
                 "features":{"some":{"properties":{"properties":{"configuration":{"foo":123}}}},
                             "other":{"properties":{"properties":{"public":"p","bar":true}}}}}""".formatted(id);
        put("", thing, 201);
        try (var stream = new Stream("second", "/things/" + id)) {
            put("/attributes/type", "\"gateway 2\"", 204);
            put("/attributes/complex/some", "42", 204);
            put("/attributes/complex/secret", "\"super\"", 204);
            put("/attributes/hidden", "true", 204);
            put("/features/some/properties/properties/configuration/foo", "456", 204);
            put("/features/other/properties/properties/public", "\"updated\"", 204);
            put("/features/other/properties/properties/bar", "false", 204);
            put("", thing, 204);
            List<Event> events = stream.all(3);
            assertThat(events.get(0).json().getValue("attributes").orElseThrow())
                    .isEqualTo(JsonObject.of("{\"complex\":{\"some\":42}}"));
            assertThat(events.get(1).json().getValue("features").orElseThrow())
                    .isEqualTo(JsonObject.of("{\"other\":{\"properties\":{\"properties\":{\"public\":\"updated\"}}}}"));
            JsonObject whole = events.get(2).json();
            assertThat(whole.getValue("attributes").orElseThrow())
                    .isEqualTo(JsonObject.of("{\"complex\":{\"some\":100}}"));
            assertThat(whole.getValue("features").orElseThrow())
                    .isEqualTo(JsonObject.of("{\"other\":{\"properties\":{\"properties\":{\"public\":\"p\"}}}}"));
        }
    }
}
