package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes in: an error of Ditto's form, never 5xx, never silence, and the process goes on. */
class HostileInputIT {
    private static final String THING = "/api/2/things/org.test:h";

    @TempDir
    static Path folder;

    static RunningDitto ditto;
    static RunningDitto.Client alice;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder);
        alice = ditto.as("alice");
        alice.put(THING, "{\"features\":{\"f\":{\"properties\":{\"x\":1}}}}");
    }

    @AfterAll
    static void stop() throws Exception {
        assertThat(ditto.send("GET", "/health", null, null).status()).isEqualTo(200);
        ditto.close();
    }

    @Test
    void badBodies() {
        String nested = "[".repeat(100_000) + "]".repeat(100_000);
        var bodies = List.of("", "{", "nul", "\"", "[1,", "{\"a\":}", "\u0000", nested, "{\"a\":" + nested + "}");
        for (String body : bodies) {
            expectRefusal("PUT", THING + "/attributes", body);
            expectRefusal("PUT", THING, body);
            expectRefusal("PUT", THING + "/features/f/properties/x", body);
        }
        for (String body : List.of("5", "true", "\"x\"", "[]", "null")) {
            expectRefusal("PUT", THING, body);
            expectRefusal("PUT", THING + "/policyId", body.equals("\"x\"") ? "\"no namespace\"" : body);
            expectRefusal("PATCH", THING, body);
            expectRefusal("POST", "/api/2/things", body);
        }
        for (String body : List.of("5", "true", "\"x\"", "[]")) {
            expectRefusal("PUT", THING + "/attributes", body);
            expectRefusal("PUT", THING + "/features", body);
            expectRefusal("PUT", THING + "/features/f", body);
            expectRefusal("PUT", THING + "/features/f/properties", body);
            expectRefusal("PUT", "/api/2/policies/org.test:new", body);
            expectRefusal("PUT", "/api/2/policies/org.test:h/entries/x", body);
            expectRefusal("PUT", "/api/2/policies/org.test:h/entries/DEFAULT/subjects", body);
        }
        expectRefusal("PUT", THING + "/definition", "\"not a definition\"");
        expectRefusal("PUT", THING + "/features/f/definition", "[\"nope\"]");
        expectRefusal("PUT", "/api/2/policies/org.test:new", "{\"entries\":{}}");
        expectRefusal("PUT", "/api/2/things/org.test:new", "{\"_policy\":{\"entries\":{\"x\":5}}}");
        expectRefusal("PUT", "/api/2/things/org.test:new", "{\"_copyPolicyFrom\":\"{{ref:things/x/policyId}}\"}");
        expectRefusal("PUT", "/api/2/things/org.test:new", "{\"features\":{\"a\":{\"properties\":5}}}");
        expectRefusal("PATCH", THING, "{\"features\":{\"a\":{\"properties\":5}}}");
        expectRefusal("PATCH", THING, "{\"policyId\":null}");
        expectRefusal("PATCH", THING, "{\"thingId\":\"org.test:other\"}");
        expectRefusal("PATCH", THING, "{\"bogus\":1,\"attributes\":5}");
    }

    @Test
    void badPathsAndParameters() {
        var paths = new ArrayList<>(List.of(
                "/api/2/things/x",
                "/api/2/things/:",
                "/api/2/things/a:b:c%00",
                "/api/2/things/org.test:h/%2F",
                "/api/2/things/org.test:h/attributes/a%2Fb",
                "/api/2/things/org.test:h/features",
                "/api/2/things/org.test:h/features/f/bogus",
                "/api/2/things/org.test:h/features/f/properties//",
                "/api/2/things/org.test:h/attributes/%F0%28%8C%28",
                "/api/2/things//",
                "/api/2/things/" + "x".repeat(300) + ":y",
                "/api/2/policies/x",
                "/api/2/policies/org.test:h/bogus",
                "/api/2/policies/org.test:h/entries//",
                "/api/2/policies/org.test:h/entries/DEFAULT/bogus/x",
                "/api/2/policies/org.test:h/entries/DEFAULT/resources/nonsense",
                "/api/2/search/bogus",
                "/api/2",
                "/api/2/",
                "/api/1/things"));
        for (String query : List.of(
                "fields=,",
                "fields=a(b",
                "condition=eq(",
                "condition=bogus(a,1)",
                "timeout=x",
                "ids=bad",
                "channel=x",
                "requested-acks=my:ack",
                "put-metadata=x",
                "at-historical-revision=x&get-metadata=y")) {
            paths.add(THING + "/attributes/none?" + query);
        }
        for (String query : List.of(
                "filter=eq(bogus,1)",
                "filter=and()",
                "filter=eq(attributes/a)",
                "filter=%22",
                "option=sort()",
                "option=sort(%2B)",
                "option=size(-1)",
                "option=size(1000)",
                "option=limit(1)",
                "option=limit(-1,2)",
                "option=cursor(%25)",
                "filter=like(attributes/a,5)",
                "filter=in(attributes/a)",
                "fields=a(")) {
            paths.add("/api/2/search/things?" + query);
        }
        for (String path : paths) {
            for (String method : List.of("GET", "DELETE", "PUT")) {
                if (path.contains("/search") && !method.equals("GET")) {
                    continue;
                }
                if (path.endsWith("/features") && !method.equals("PUT")) {
                    continue;
                }
                expectRefusal(method, path, method.equals("PUT") ? "not json" : null);
            }
        }
    }

    @Test
    void badHeaders() {
        for (String[] header : List.of(
                new String[] {"If-Match", "nonsense"},
                new String[] {"If-None-Match", "rev:1"},
                new String[] {"if-equal", "maybe"},
                new String[] {"timeout", "soon"},
                new String[] {"response-required", "perhaps"},
                new String[] {"requested-acks", "{"},
                new String[] {"ditto-sudo", "true", "If-Match", "\"rev:99\""},
                new String[] {"ditto-auth-context", "{}", "If-Match", "\"rev:99\""})) {
            var answer = alice.put(THING + "/attributes/a", "1", header);
            assertThat(answer.status()).as(String.join(" ", header)).isBetween(400, 499);
        }
    }

    private static void expectRefusal(String method, String path, String body) {
        var answer = method.equals("PATCH")
                ? alice.patch(path, body)
                : ditto.send(method, path, body, alice.token(), "Content-Type", "application/json");
        String what = method + " " + path.substring(0, Math.min(90, path.length())) + " "
                + (body == null ? "" : body.substring(0, Math.min(60, body.length()))) + " -> " + answer.status() + " "
                + answer.body();
        assertThat(answer.status())
                .as(what)
                .satisfiesAnyOf(
                        status -> assertThat(status).isBetween(400, 499),
                        status -> assertThat(status).isEqualTo(501));
        assertThat(answer.object().getValue("error")).as(what).isPresent();
        assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/json");
    }
}
