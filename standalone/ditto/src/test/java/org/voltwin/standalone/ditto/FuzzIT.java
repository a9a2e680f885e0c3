package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random paths, bodies, headers, RQL and envelopes: never a server error but 501, never no answer. */
final class FuzzIT {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_121);
    private static final int REQUESTS = 2_000;
    private static final int FRAMES = 1_000;

    private static final List<String> METHODS = List.of("GET", "PUT", "PATCH", "DELETE", "POST", "HEAD", "OPTIONS");
    private static final List<String> SEGMENTS = List.of(
            "things",
            "policies",
            "search",
            "count",
            "whoami",
            "checkPermissions",
            "org.fuzz:a",
            "org.fuzz:b",
            "attributes",
            "features",
            "properties",
            "desiredProperties",
            "definition",
            "policyId",
            "entries",
            "subjects",
            "resources",
            "imports",
            "L",
            "test:alice",
            "thing:",
            "actions",
            "activateTokenIntegration",
            "inbox",
            "messages",
            "claim",
            "migrateDefinition",
            "f1",
            "x",
            "",
            " ",
            "~1",
            "%",
            "..",
            "\u00e9",
            "\"",
            "{{x}}",
            "*");
    private static final List<String> RQL =
            List.of("eq", "ne", "gt", "ge", "lt", "le", "in", "like", "ilike", "exists", "empty", "and", "or", "not");
    private static final List<String> OPERANDS = List.of(
            "attributes/a",
            "features/*/properties/x",
            "thingId",
            "_modified",
            "_policy",
            "time:now",
            "topic:action",
            "1",
            "-1.5e300",
            "\"x\"",
            "'*?['",
            "null",
            "true",
            "\"",
            "",
            "attributes//x",
            "9999999999999999999");
    private static final List<String> HEADERS = List.of(
            "condition",
            "if-match",
            "if-none-match",
            "if-equal",
            "put-metadata",
            "get-metadata",
            "delete-metadata",
            "at-historical-revision",
            "at-historical-timestamp",
            "merge-thing-patch-conditions",
            "dry-run",
            "requested-acks",
            "timeout",
            "channel",
            "live-channel-condition",
            "response-required",
            "content-type",
            "correlation-id");

    @TempDir
    private static Path folder;

    private static RunningDitto ditto;
    private static RunningDitto.Client alice;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder, "ditto.gateway.message { default-timeout = 100ms, max-timeout = 1s }\n");
        alice = ditto.as("alice");
        alice.put("/api/2/things/org.fuzz:a", """
                {"attributes":{"a":1,"b":{"c":[1,{"d":null}]}},"features":{"f1":{"properties":{"x":1.5}}}}""");
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String path() {
        var path = new StringBuilder("/api/2");
        int length = 1 + random.nextInt(7);
        for (int i = 0; i < length; i++) {
            path.append('/')
                    .append(encode(i == 0 && random.nextInt(4) > 0 ? any(SEGMENTS.subList(0, 3)) : any(SEGMENTS)));
        }
        if (random.nextBoolean()) {
            String name = any(List.of("filter", "fields", "option", "namespaces", "condition", "ids", "timeout", "x"));
            path.append('?').append(name).append('=').append(encode(random.nextBoolean() ? rql(3) : any(OPTIONS)));
        }
        return path.toString();
    }

    private static final List<String> OPTIONS = List.of(
            "size(3)",
            "sort(+attributes/a)",
            "sort(-x,+thingId),size(1)",
            "cursor(abc)",
            "limit(0,1)",
            "limit(-1,1)",
            "size(99999999999)",
            "a(b,c(d",
            "attributes/a,features/*/properties",
            "_policy,_metadata",
            "60",
            "1h",
            "");

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String rql(int depth) {
        String operator = any(RQL);
        boolean logical = List.of("and", "or", "not").contains(operator);
        var arguments = new ArrayList<String>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            arguments.add(logical && depth > 0 ? rql(depth - 1) : any(OPERANDS));
        }
        String text = operator + "(" + String.join(",", arguments) + ")";
        return random.nextInt(10) == 0 ? text.substring(0, random.nextInt(text.length())) : text;
    }

    private String json(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 6)) {
            case 0 -> "null";
            case 1 -> any(List.of("0", "-1", "1e400", "1.5", "12345678901234567890", "01"));
            case 2 ->
                "\"" + any(List.of("x", "", "org.fuzz:a", "a:b:1", "https://127.0.0.1:1/x", "{{ request:subjectId }}"))
                        + "\"";
            case 3 -> "true";
            case 4 -> "[]";
            case 5 -> any(List.of("{", "[1,", "\"", "{\"a\":}", "nul", "{}", " "));
            case 6 -> "[" + json(depth - 1) + "," + json(depth - 1) + "]";
            default -> {
                var fields = new ArrayList<String>();
                int count = random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    String key = any(List.of(
                            "thingId",
                            "policyId",
                            "attributes",
                            "features",
                            "properties",
                            "definition",
                            "entries",
                            "subjects",
                            "resources",
                            "grant",
                            "revoke",
                            "imports",
                            "_policy",
                            "_copyPolicyFrom",
                            "_metadata",
                            "f1",
                            "x",
                            "a/b",
                            "",
                            "thing:/",
                            "{{ ~.*~ }}",
                            "{{ /[/ }}",
                            "topic",
                            "path",
                            "value",
                            "headers"));
                    fields.add("\"" + key + "\":" + json(depth - 1));
                }
                yield "{" + String.join(",", fields) + "}";
            }
        };
    }

    @Test
    void noRequestIsAnsweredWithAServerError() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            String method = any(METHODS);
            String path = path();
            String body = json(4);
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ditto.port() + path))
                    .timeout(Duration.ofSeconds(10))
                    .header("Authorization", "Bearer " + alice.token())
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            String headers = "";
            if (random.nextBoolean()) {
                String name = any(HEADERS);
                String value = any(List.of(
                                rql(2), json(2), "*", "\"rev:1\"", "1", "-1", "[\"x\"]", "true", "skip", "60s"))
                        .replaceAll("[^\\x20-\\x7e]", "");
                headers = name + ": " + value;
                request.header(name, value);
            } else if (method.equals("PATCH")) {
                request.header("content-type", "application/merge-patch+json");
            }

            HttpResponse<String> answer = ditto.http().send(request.build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode())
                    .as("%s %s [%s] %s%n%s", method, path, headers, body, answer.body())
                    .satisfiesAnyOf(
                            status -> assertThat(status).isLessThan(500),
                            status -> assertThat(status).isEqualTo(501));
        }
        assertThat(alice.get("/api/2/whoami").status()).isEqualTo(200);
    }

    @Test
    void noEnvelopeSilencesASession() throws Exception {
        var frames = new Frames();
        frames.socket = ditto.http()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + alice.token())
                .buildAsync(URI.create("ws://127.0.0.1:" + ditto.port() + "/ws/2"), frames)
                .join();
        for (int i = 0; i < FRAMES; i++) {
            frames.send(frame());
        }
        frames.send("""
                {"topic":"org.fuzz/a/things/twin/commands/retrieve","headers":{"correlation-id":"the-last"},
                 "path":"/thingId"}""");

        JsonObject answer = JsonObject.empty();
        while (!answer.toString().contains("the-last")) {
            // A thousand questions are under way, some of them long.
            String next = frames.received.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("a frame within 60 s").isNotNull();
            answer = next.startsWith("{") ? JsonObject.of(next) : JsonObject.empty();
            assertThat(next).doesNotContain("\"status\":500");
        }
        frames.socket.abort();
    }

    private String frame() {
        if (random.nextInt(10) == 0) {
            return any(List.of(
                            "START-SEND-EVENTS", "STOP-SEND-EVENTS", "START-SEND-MESSAGES", "START-SEND-LIVE-COMMANDS"))
                    + "?filter=" + encode(rql(2)) + "&namespaces=" + any(List.of("org.fuzz", "", ",")) + "&extraFields="
                    + any(OPTIONS);
        }
        if (random.nextInt(10) == 0) {
            return json(4);
        }
        String topic = any(List.of("org.fuzz/a", "org.fuzz/b", "_/_", "org.fuzz", "/", "org.fuzz/a/b"))
                + any(List.of("/things/twin", "/things/live", "/policies", "/things", "/connections"))
                + any(List.of("/commands", "/events", "/search", "/streaming", "/errors", "/messages", "/acks", ""))
                + "/"
                + any(List.of(
                        "create",
                        "modify",
                        "merge",
                        "retrieve",
                        "delete",
                        "subscribe",
                        "request",
                        "cancel",
                        "migrate",
                        "subscribeForPersistedEvents",
                        "modified",
                        "x",
                        "toggle",
                        ""));
        String path = any(List.of(
                "/",
                "/attributes",
                "/attributes/a",
                "/features/f1/properties/x",
                "/entries/L",
                "",
                "x",
                "/inbox/messages/toggle",
                "//",
                "/policyId",
                "/definition",
                "/_metadata"));
        return "{\"topic\":\"" + topic + "\",\"headers\":" + any(List.of("{}", "{\"timeout\":\"0\"}", json(2)))
                + ",\"path\":\"" + path + "\",\"value\":" + json(3)
                + (random.nextInt(5) == 0 ? ",\"fields\":\"" + any(OPTIONS) + "\"" : "") + "}";
    }
}
