package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Details of Ditto's HTTP API that clients rely on. */
final class DetailsIT {
    private static final String ALL = "{\"grant\":[\"READ\",\"WRITE\"],\"revoke\":[]}";
    private static final String READ = "{\"grant\":[\"READ\"],\"revoke\":[]}";

    @TempDir
    private static Path folder;

    private static RunningDitto ditto;
    private static RunningDitto.Client alice;
    private static RunningDitto.Client bob;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder, "ditto.limits.things-search { default-page-size = 5, max-page-size = 5 }\n");
        alice = ditto.as("alice");
        bob = ditto.as("bob");
        alice.put("/api/2/things/org.detail:car", """
                {"attributes":{"a":1},"features":{"one":{"properties":{"x":1,"y":2}},"two":{"properties":{"x":3}}}}""");
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private static String policy(String id, String subject, String resources) {
        String path = "/api/2/policies/" + id;
        String entry = "{\"subjects\":{\"" + subject + "\":{\"type\":\"t\"}},\"resources\":" + resources + "}";
        assertThat(alice.put(path, "{\"entries\":{\"ENTRY\":" + entry + "}}").status())
                .isEqualTo(201);
        return path;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /attributes | 3.14 | json.invalid
                    / | {"attributes":3.14} | json.invalid
                    / | {"thingId":null} | things:id.notdeletable
                    / | null | things:merge.invalid
                    /policyId | null | things:policyId.notdeletable
                    /definition | "x" | things:definition.identifier.invalid
                    """)
    void aPatchThatCannotBeAppliedSaysWhy(String path, String patch, String code) {
        var answer = alice.patch("/api/2/things/org.detail:car" + (path.equals("/") ? "" : path), patch);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(code);
    }

    @Test
    void anEmptyPatchCreatesNothing() {
        assertThat(alice.patch("/api/2/things/org.detail:none", "{}").error()).isEqualTo("things:merge.invalid");
    }

    @Test
    void keysThatMatchAnExpressionAreDeleted() {
        String path = "/api/2/things/org.detail:keys";
        alice.put(path, "{\"attributes\":{\"k1\":1,\"k2\":2,\"l\":3}}");

        assertThat(alice.patch(path, "{\"attributes\":{\"{{ ~k.*~ }}\":null}}").status())
                .isEqualTo(204);

        assertThat(alice.get(path + "/attributes").body()).isEqualTo("{\"l\":3}");
    }

    @Test
    void partsOfAPatchHaveConditions() {
        String path = "/api/2/things/org.detail:parts";
        alice.put(path, "{\"attributes\":{\"x\":1}}");

        alice.patch(
                path,
                "{\"attributes\":{\"a\":1,\"b\":2}}",
                "merge-thing-patch-conditions",
                "{\"attributes/a\":\"gt(attributes/x,5)\",\"attributes/b\":\"eq(attributes/x,1)\"}");

        assertThat(alice.get(path + "/attributes").object()).isEqualTo(JsonObject.of("{\"x\":1,\"b\":2}"));
    }

    @Test
    void aDryRunChangesNothing() {
        assertThat(alice.put("/api/2/things/org.detail:car/attributes/a", "2", "dry-run", "true")
                        .status())
                .isEqualTo(204);
        assertThat(alice.get("/api/2/things/org.detail:car/attributes/a").body())
                .isEqualTo("1");
    }

    @Test
    void aMinimizedPatchIsSkippedWhenItChangesNothing() {
        String path = "/api/2/things/org.detail:minimal";
        alice.put(path, "{\"attributes\":{\"x\":1,\"y\":2}}");

        assertThat(alice.patch(path, "{\"attributes\":{\"x\":1}}", "if-equal", "skip-minimizing-merge")
                        .status())
                .isEqualTo(304);
        alice.patch(path, "{\"attributes\":{\"x\":1,\"y\":3}}", "if-equal", "skip-minimizing-merge");
        String events = alice.get(path + "?from-historical-revision=2", "Accept", "text/event-stream")
                .body();
        assertThat(events).contains("{\"y\":3}").doesNotContain("\"x\"");
    }

    @Test
    void fieldsMayHaveWildcardsAndNames() {
        assertThat(alice.get("/api/2/things/org.detail:car/features?fields=*/properties/x")
                        .object())
                .isEqualTo(JsonObject.of("{\"one\":{\"properties\":{\"x\":1}},\"two\":{\"properties\":{\"x\":3}}}"));
        assertThat(alice.get("/api/2/things/org.detail:car?fields=__lifecycle").body())
                .isEqualTo("{\"__lifecycle\":\"ACTIVE\"}");
        assertThat(alice.get("/api/2/things/org.detail:car?fields=").body()).isEqualTo("{}");
    }

    @Test
    void whatIsNoPathIsNotFound() {
        for (String path :
                new String[] {"/things//", "/things//org.detail:car", "/things/org.detail:car/features//x"}) {
            assertThat(alice.get("/api/2" + path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void tooLargeHeadersAreRefused() {
        var refused = alice.get("/api/2/things/org.detail:car", "correlation-id", "x".repeat(6000));
        assertThat(refused.status()).isEqualTo(431);
    }

    @Test
    void aPlaceholderIsTheSenderAndNobodyElse() {
        String path = policy("org.detail:sender", "{{ request:subjectId }}", "{\"policy:/\":" + ALL + "}");

        assertThat(alice.get(path).object().contains("entries/ENTRY/subjects/test:alice"))
                .isTrue();
        assertThat(alice.put(path + "/entries/ENTRY/subjects/%7B%7B%20unknown%20%7D%7D", "{\"type\":\"t\"}")
                        .error())
                .isEqualTo("placeholder:unresolved");
    }

    @Test
    void onlyWhatTheSenderMayReadIsImportedAndShown() {
        policy("org.detail:source", "test:alice", "{\"policy:/\":" + ALL + "}");
        String mine = policy("org.detail:importing", "test:alice", "{\"policy:/\":" + ALL + "}");
        alice.put(mine + "/entries/BOB", """
                {"subjects":{"test:bob":{"type":"t"}},"resources":{"policy:/":%s}}""".formatted(ALL));
        String wanted = "{\"entries\":[\"ENTRY\"]}";

        assertThat(bob.put(mine + "/imports/org.detail:source", wanted).error()).isEqualTo("policies:policy.notfound");
        assertThat(alice.put(mine + "/imports/org.detail:nowhere", wanted).status())
                .isEqualTo(404);
        assertThat(alice.put(mine + "/imports/org.detail:source", wanted).status())
                .isEqualTo(201);
        String imported = "entries/imported-org.detail:source-ENTRY";
        assertThat(alice.get(mine + "?policy-view=resolved").object().contains(imported))
                .isTrue();
        assertThat(alice.get(mine).object().contains(imported)).isFalse();
        assertThat(bob.get(mine + "?policy-view=resolved").object().contains(imported))
                .isFalse();
    }

    @Test
    void aPolicyIsCopiedOnlyByWhoMayReadTheThingAndIt() {
        String body = "{\"_copyPolicyFrom\":\"{{ ref:things/org.detail:car/policyId }}\"}";

        assertThat(bob.put("/api/2/things/org.detail:copy", body).error()).isEqualTo("things:thing.notfound");
        assertThat(alice.put("/api/2/things/org.detail:copy", body).status()).isEqualTo(201);
        assertThat(bob.put("/api/2/things/org.detail:copy2", "{\"_copyPolicyFrom\":\"org.detail:car\"}")
                        .error())
                .isEqualTo("policies:policy.notfound");
    }

    @Test
    void aConditionOverAllFeaturesIsOnlyForWhoMayReadThemAll() {
        String thing = "/api/2/things/org.detail:wild";
        alice.put(thing, "{\"features\":{\"open\":{\"properties\":{\"v\":1}},\"secret\":{\"properties\":{\"v\":42}}}}");
        alice.put("/api/2/policies/org.detail:wild/entries/B", """
                {"subjects":{"test:bob":{"type":"t"}},"resources":{"thing:/":%s,
                 "thing:/features/secret":{"grant":[],"revoke":["READ"]}}}""".formatted(READ));

        var asked = bob.get(thing, "condition", "eq(features/*/properties/v,42)");

        assertThat(asked.status()).isEqualTo(412);
        assertThat(alice.get(thing, "condition", "eq(features/*/properties/v,42)")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aCursorKnowsItsOrder() {
        for (int i = 0; i < 3; i++) {
            alice.put("/api/2/things/org.order:t" + i, "{\"attributes\":{\"n\":" + i + "}}");
        }
        String search = "/api/2/search/things?namespaces=org.order&fields=thingId&option=size(1)";
        var first = alice.get(search + ",sort(-attributes/n)").object();
        String cursor = first.getValue("cursor").orElseThrow().asString();

        var second = alice.get(search + ",cursor(" + cursor + ")").object();

        assertThat(second.getValue("items").orElseThrow().asArray().get(0).orElseThrow())
                .isEqualTo(JsonValue.of(JsonObject.of("{\"thingId\":\"org.order:t1\"}")));
    }

    @Test
    void aSearchIsAStreamThatGoesOnWhereItStopped() {
        for (int i = 0; i < 12; i++) {
            alice.put("/api/2/things/org.stream:t%03d".formatted(i), "{\"attributes\":{\"n\":" + (12 - i) + "}}");
        }
        String search = "/api/2/search/things?namespaces=org.stream&fields=attributes/n&filter=gt(attributes/n,1)";

        var all =
                alice.get(search, "Accept", "text/event-stream").body().lines().toList();
        var sorted = alice.get(
                        search + "&option=sort(%2Battributes/n)",
                        "Accept",
                        "text/event-stream",
                        "Last-Event-ID",
                        "org.stream:t009")
                .body();

        assertThat(all.stream().filter(line -> line.startsWith("id:")))
                .hasSize(11)
                .doesNotHaveDuplicates();
        assertThat(all).startsWith("id:org.stream:t000", "data:{\"attributes\":{\"n\":12}}");
        assertThat(sorted.lines().filter(line -> line.startsWith("id:")))
                .containsExactly(java.util.stream.IntStream.iterate(8, i -> i >= 0, i -> i - 1)
                        .mapToObj("id:org.stream:t%03d"::formatted)
                        .toArray(String[]::new));
        assertThat(alice.get(search + "(", "Accept", "text/event-stream").status())
                .isEqualTo(400);
    }

    @Test
    void aHeaderSaysOneThing() {
        var twice = alice.get("/api/2/whoami", "x-correlation-id", "a", "x-correlation-id", "b");
        assertThat(twice.error()).isEqualTo("gateway:duplicate.header.field");
        assertThat(alice.get("/api/2/whoami", "x-correlation-id", "a").header("correlation-id"))
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    empty(attributes/nothing) | 1345
                    empty(attributes/text) | 1234
                    not(empty(attributes/text)) | 5
                    and(empty(attributes/list),exists(attributes/list)) | 4
                    empty(features/*/properties/x) | 3
                    ne(attributes/nothing,null) | 2
                    eq(attributes/nothing,null) | 1
                    eq(attributes/text,"empty(") | 5
                    """)
    void whatIsEmptyAndWhatIsNotNull(String filter, String found) {
        alice.put("/api/2/things/org.empty:1", "{\"attributes\":{\"nothing\":null}}");
        alice.put("/api/2/things/org.empty:2", "{\"attributes\":{\"nothing\":1,\"text\":\"\"}}");
        alice.put("/api/2/things/org.empty:3", "{\"features\":{\"f\":{\"properties\":{\"x\":{}}}}}");
        alice.put("/api/2/things/org.empty:4", "{\"attributes\":{\"list\":[]}}");
        alice.put("/api/2/things/org.empty:5", "{\"attributes\":{\"text\":\"empty(\"}}");

        var items = alice.get("/api/2/search/things?namespaces=org.empty&fields=thingId&option=sort(%2BthingId)&filter="
                        + java.net.URLEncoder.encode(filter, java.nio.charset.StandardCharsets.UTF_8))
                .object()
                .getValue("items")
                .orElseThrow()
                .asArray();

        assertThat(items.stream()
                        .map(item -> item.asObject()
                                .getValue("thingId")
                                .orElseThrow()
                                .asString())
                        .map(id -> id.substring(id.length() - 1))
                        .collect(java.util.stream.Collectors.joining()))
                .isEqualTo(found);
    }

    @Test
    void anInlinePolicyMayConsistOfWhatItImports() {
        policy("org.detail:shared", "test:alice", "{\"policy:/\":" + ALL + ",\"thing:/\":" + ALL + "}");
        String inline = "{\"_policy\":{\"imports\":{\"org.detail:shared\":{}},\"entries\":{}}}";

        assertThat(bob.put("/api/2/things/org.detail:imports", inline).error()).isEqualTo("policies:policy.notfound");
        assertThat(alice.put("/api/2/things/org.detail:imports", inline).status())
                .isEqualTo(201);
        assertThat(alice.get("/api/2/things/org.detail:imports").status()).isEqualTo(200);
        String never =
                "{\"subjects\":{\"test:alice\":{\"type\":\"t\"}},\"importable\":\"never\",\"resources\":{\"policy:/\":"
                        + ALL + ",\"thing:/\":" + ALL + "}}";
        assertThat(alice.put("/api/2/policies/org.detail:shared/entries/ENTRY", never)
                        .status())
                .isEqualTo(204);
        assertThat(alice.get("/api/2/things/org.detail:imports").status()).isEqualTo(404);
        var refused = alice.put("/api/2/things/org.detail:imports2", inline);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("things:thing.notcreatable");
    }
}
