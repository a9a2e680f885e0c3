package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every role asks for every kind of resource in every way there is. Each value of the thing is a word of its own: a
 * word that reaches somebody who may not read it is a way around the policy.
 */
final class RoleWalkIT {
    private static final String THING = "/api/2/things/org.walk:thing";
    private static final String POLICY = "/api/2/policies/org.walk:thing";
    private static final String READ = "{\"grant\":[\"READ\"],\"revoke\":[]}";

    /** Where each word is. */
    private static final Map<String, String> WORDS = Map.of(
            "word-open", "attributes/open",
            "word-closed", "attributes/closed",
            "word-lamp-on", "features/lamp/properties/on",
            "word-lamp-serial", "features/lamp/properties/serial",
            "word-lamp-wish", "features/lamp/desiredProperties/on",
            "word-safe", "features/safe/properties/code",
            "word-note", "_metadata/attributes/closed/note");

    /** Who there is, what their entry grants, and which words they may therefore read. */
    enum Role {
        OWNER("", WORDS.keySet()),
        READER("\"thing:/\":" + READ, WORDS.keySet()),
        ATTRIBUTES("\"thing:/attributes\":" + READ, Set.of("word-open", "word-closed")),
        ONE_ATTRIBUTE("\"thing:/attributes/open\":" + READ, Set.of("word-open")),
        ONE_PROPERTY("\"thing:/features/lamp/properties/on\":" + READ, Set.of("word-lamp-on")),
        ALL_BUT_THE_SAFE(
                "\"thing:/\":" + READ + ",\"thing:/features/safe\":{\"grant\":[],\"revoke\":[\"READ\"]}",
                Set.of("word-open", "word-closed", "word-lamp-on", "word-lamp-serial", "word-lamp-wish", "word-note")),
        WRITER("\"thing:/\":{\"grant\":[\"WRITE\"],\"revoke\":[]}", Set.of()),
        MESSENGER("\"message:/\":{\"grant\":[\"READ\",\"WRITE\"],\"revoke\":[]}", Set.of()),
        POLICY_READER("\"policy:/\":" + READ, Set.of()),
        STRANGER("", Set.of());

        private final String resources;
        private final Set<String> readable;

        Role(String resources, Set<String> readable) {
            this.resources = resources;
            this.readable = readable;
        }

        String subject() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        Stream<String> hidden() {
            return WORDS.keySet().stream().filter(word -> !readable.contains(word));
        }
    }

    @TempDir
    private static Path folder;

    private static RunningDitto ditto;
    private static RunningDitto.Client owner;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder);
        owner = ditto.as(Role.OWNER.subject());
        owner.put(THING, thing(), "put-metadata", "[{\"key\":\"attributes/closed/note\",\"value\":\"word-note\"}]");
        for (Role role : Role.values()) {
            if (!role.resources.isEmpty()) {
                owner.put(
                        POLICY + "/entries/" + role,
                        "{\"subjects\":{\"test:%s\":{\"type\":\"t\"}},\"resources\":{%s}}"
                                .formatted(role.subject(), role.resources));
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private static String thing() {
        return """
                {"attributes":{"open":"word-open","closed":"word-closed"},
                 "features":{"lamp":{"properties":{"on":"word-lamp-on","serial":"word-lamp-serial"},
                                     "desiredProperties":{"on":"word-lamp-wish"}},
                             "safe":{"properties":{"code":"word-safe"}}}}""";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<String> paths() {
        var paths = new ArrayList<String>();
        WORDS.values().forEach(place -> paths.add("/" + place));
        paths.addAll(List.of(
                "",
                "/attributes",
                "/features",
                "/features/lamp",
                "/features/lamp/properties",
                "/features/lamp/desiredProperties",
                "/features/safe",
                "/features/safe/properties",
                "/definition",
                "/policyId"));
        return paths;
    }

    private static void assertNothingHidden(Role role, String what, String received) {
        role.hidden()
                .forEach(word -> assertThat(received.indexOf(word))
                        .as("%s: %s shows %s", role, what, word)
                        .isNegative());
    }

    @ParameterizedTest
    @EnumSource
    void readsShowOnlyWhatThePolicyGrants(Role role) {
        var client = ditto.as(role.subject());
        var seen = new StringBuilder();
        for (String path : paths()) {
            for (String query : List.of("", "?fields=attributes,features,_metadata,_policy")) {
                for (String[] headers : new String[][] {
                    {},
                    {"at-historical-revision", "1"},
                    {"get-metadata", "attributes/closed/note,*/note"},
                    {"Accept", "application/td+json"}
                }) {
                    var answer = client.get(THING + path + query, headers);
                    String received =
                            answer.body() + answer.response().headers().map();
                    assertNothingHidden(role, "GET " + path + query, received);
                    seen.append(received);
                }
            }
        }
        String many = client.get("/api/2/things?ids=org.walk:thing").body()
                + client.get("/api/2/things").body()
                + client.get("/api/2/search/things?fields=attributes,features,_metadata")
                        .body()
                + client.get(THING + "?from-historical-revision=1", "Accept", "text/event-stream")
                        .body();
        assertNothingHidden(role, "lists", many);
        seen.append(many);
        role.readable.forEach(word ->
                assertThat(seen.indexOf(word)).as("%s may read %s", role, word).isNotNegative());
    }

    @ParameterizedTest
    @EnumSource
    void noQuestionFindsOutWhatMayNotBeRead(Role role) {
        var client = ditto.as(role.subject());
        WORDS.forEach((word, place) -> {
            boolean readable = role.readable.contains(word);
            for (String filter : List.of(
                    "eq(%s,\"%s\")",
                    "like(%s,\"%s\")", "in(%s,\"%s\")", "not(ne(%s,\"%s\"))", "and(exists(%1$s),eq(%1$s,\"%2$s\"))")) {
                String rql = filter.formatted(place, word);
                // A negation is true of what is not seen; it tells nothing when it is also true of another word.
                String control = filter.formatted(place, "another");
                String count = client.get("/api/2/search/things/count?filter=" + encode(rql))
                        .body();
                String controlCount = client.get("/api/2/search/things/count?filter=" + encode(control))
                        .body();
                assertThat(count.equals(controlCount))
                        .as("%s counts %s", role, rql)
                        .isEqualTo(!readable);
            }
            if (!readable) {
                int asked = client.get(THING, "condition", "eq(" + place + ",\"" + word + "\")")
                        .status();
                int control = client.get(THING, "condition", "eq(" + place + ",\"another\")")
                        .status();
                assertThat(asked).as("%s asks %s", role, place).isEqualTo(control);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void noCursorCarriesWhatMayNotBeRead(Role role) {
        owner.put("/api/2/things/org.walk:zz", "{\"policyId\":\"org.walk:thing\"}");
        var client = ditto.as(role.subject());
        WORDS.forEach((word, place) -> {
            var page = client.get("/api/2/search/things?option=size(1),sort(-" + place + ")")
                    .object();
            String cursor =
                    page.getValue("cursor").map(value -> value.asString()).orElse("");
            String inside = new String(java.util.Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            assertNothingHidden(role, "cursor of " + place, inside);
        });
    }

    @ParameterizedTest
    @EnumSource
    void onlyWritersWrite(Role role) {
        var client = ditto.as(role.subject());
        boolean may = role == Role.OWNER || role == Role.WRITER;
        for (String path :
                List.of("/attributes/open", "/features/lamp/properties/on", "/features/safe/properties/code")) {
            String before = owner.get(THING + path).body();
            int put = client.put(THING + path, before).status();
            int patch = client.patch(THING + path, before).status();
            if (may) {
                assertThat(List.of(put, patch)).as("%s %s", role, path).containsOnly(204);
                continue;
            }
            int delete = client.delete(THING + path).status();
            int whole = client.put(THING, "{}").status();
            int all = client.patch(THING, "{\"attributes\":{\"open\":\"changed\"}}")
                    .status();
            assertThat(List.of(put, patch, delete, whole, all))
                    .as("%s %s", role, path)
                    .allMatch(status -> status == 403 || status == 404);
            assertThat(owner.get(THING + path).body()).isEqualTo(before);
        }
        if (role != Role.OWNER) {
            String entry = "{\"subjects\":{\"test:%s\":{\"type\":\"t\"}},\"resources\":{\"thing:/\":%s}}"
                    .formatted(role.subject(), READ);
            assertThat(client.put(POLICY + "/entries/MINE", entry).status()).isIn(403, 404);
            assertThat(client.put(POLICY + "/imports/org.walk:other", "{}").status())
                    .isIn(403, 404);
            assertThat(client.delete(POLICY).status()).isIn(403, 404);
            assertThat(client.put(THING + "/policyId", "\"org.walk:own\"").status())
                    .isIn(400, 403, 404);
            if (role != Role.WRITER) {
                assertThat(client.delete(THING).status()).isIn(403, 404);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void policiesAreSeenByWhoMayReadThem(Role role) {
        var client = ditto.as(role.subject());
        boolean may = role == Role.OWNER || role == Role.POLICY_READER;
        for (String path : List.of("", "/entries", "/entries/DEFAULT", "/entries/DEFAULT/subjects", "/imports")) {
            assertThat(client.get(POLICY + path).status())
                    .as("%s %s", role, path)
                    .isEqualTo(may ? 200 : 404);
        }
        String copy = "{\"_copyPolicyFrom\":\"org.walk:thing\"}";
        assertThat(client.put("/api/2/things/org.walk:copy-" + role.subject(), copy)
                        .status())
                .isIn(role == Role.OWNER ? Set.of(201) : Set.of(403, 404));
    }

    @Test
    void everyEventShowsOnlyWhatThePolicyGrants() throws Exception {
        Map<Role, CompletableFuture<String>> streams = new java.util.EnumMap<>(Role.class);
        Map<Role, Frames> sockets = new java.util.EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String token = ditto.as(role.subject()).token();
            streams.put(role, stream(token));
            sockets.put(role, socket(token));
        }
        owner.put(THING + "/attributes", "{\"open\":\"word-open\",\"closed\":\"word-closed\"}");
        owner.put(THING + "/features/safe/properties/code", "\"word-safe\"");
        owner.patch(THING, thing().replaceFirst("\\{", "{\"definition\":\"a:b:1\","));
        owner.put(POLICY + "/entries/END", """
                {"subjects":{"test:owner":{"type":"t"}},"resources":{"thing:/":%s}}""".formatted(READ));
        owner.put(THING + "/attributes/end", "1");
        assertThat(sockets.get(Role.OWNER)).isNotNull();
        for (Role role : Role.values()) {
            var frames = sockets.get(role);
            frames.send("""
                    {"topic":"org.walk/thing/things/twin/commands/retrieve","headers":{"correlation-id":"end"},"path":"/policyId"}""");
            var received = new StringBuilder();
            for (String next = frames.next(); !next.contains("\"correlation-id\":\"end\""); next = frames.next()) {
                received.append(next);
            }
            assertNothingHidden(role, "WebSocket", received.toString());
            role.readable.stream()
                    .filter(word -> !word.equals("word-note"))
                    .forEach(word -> assertThat(received.indexOf(word))
                            .as("%s is told %s", role, word)
                            .isNotNegative());
            frames.socket.abort();
        }
        ditto.as("nobody");
        assertThat(owner.delete(THING + "/definition").status()).isEqualTo(204);
        streams.forEach((role, stream) -> assertNothingHidden(role, "event stream", stream.getNow("")));
    }

    private static CompletableFuture<String> stream(String token) {
        return ditto.http()
                .sendAsync(
                        ditto.request(THING + "?extraFields=attributes,features")
                                .header("Authorization", "Bearer " + token)
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .thenApply(answer -> first(answer.body()));
    }

    private static String first(InputStream body) {
        try (body) {
            return new String(body.readNBytes(600), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            return "";
        }
    }

    private static Frames socket(String token) throws InterruptedException {
        var frames = new Frames();
        frames.socket = ditto.http()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws://127.0.0.1:" + ditto.port() + "/ws/2"), frames)
                .join();
        frames.send("START-SEND-EVENTS?extraFields=attributes,features");
        assertThat(frames.next()).isEqualTo("START-SEND-EVENTS:ACK");
        return frames;
    }

    @Test
    void withoutATokenThereIsNothing() {
        for (String path : List.of(THING, POLICY, "/api/2/search/things", "/api/2/whoami", "/api/2/things")) {
            assertThat(ditto.send("GET", path, null, null).status()).as(path).isEqualTo(401);
        }
    }
}
