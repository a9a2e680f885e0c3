package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search over HTTP: filters, order, pages. */
class SearchApiIT {
    @TempDir
    static Path folder;

    static RunningDitto ditto;
    static RunningDitto.Client alice;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder);
        alice = ditto.as("alice");
        for (int i = 0; i < 30; i++) {
            alice.put(
                    "/api/2/things/org.test:run-%02d".formatted(i),
                    "{\"attributes\":{\"stage\":\"%s\",\"number\":%d}}"
                            .formatted(i % 3 == 0 ? "requested" : "done", i % 10));
        }
        alice.put(
                "/api/2/things/org.other:cell",
                "{\"definition\":\"org.voltwin:cell:1.0.0\",\"features\":{\"a\":{},\"b\":{\"properties\":{\"x\":\"Abc\"}}}}");
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private static RunningDitto.Answer search(String... parameters) {
        var query = new ArrayList<String>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.add(parameters[i] + "=" + URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return alice.get("/api/2/search/things?" + String.join("&", query));
    }

    private static List<String> ids(RunningDitto.Answer answer) {
        JsonArray items = answer.object().getValue("items").orElseThrow().asArray();
        return items.stream()
                .map(JsonValue::asObject)
                .map(item -> item.getValue("thingId").orElseThrow().asString())
                .toList();
    }

    @Test
    void filtersUseRql() {
        assertThat(ids(search("filter", "eq(attributes/stage,\"requested\")", "option", "size(200)")))
                .hasSize(10);
        assertThat(ids(search("filter", "and(eq(attributes/stage,\"requested\"),ge(attributes/number,8))")))
                .containsExactly("org.test:run-09", "org.test:run-18");
        assertThat(ids(search("filter", "exists(features/a)"))).containsExactly("org.other:cell");
        assertThat(ids(search("filter", "like(definition,\"org.voltwin:cell:*\")")))
                .containsExactly("org.other:cell");
        assertThat(ids(search("filter", "ilike(features/b/properties/x,\"abc\")")))
                .containsExactly("org.other:cell");
        assertThat(ids(search("filter", "ilike(features/*/properties/x,\"abc\")")))
                .containsExactly("org.other:cell");
        assertThat(ids(search("filter", "not(exists(features/*/properties/x))", "option", "size(200)")))
                .hasSize(30);
        assertThat(ids(search("filter", "in(thingId,\"org.test:run-00\",\"org.test:run-01\")")))
                .hasSize(2);
        assertThat(ids(search("filter", "gt(_modified,time:now-1h)", "namespaces", "org.other")))
                .hasSize(1);
        assertThat(search("filter", "eq(attributes/stage").error()).isEqualTo("rql.expression.invalid");
        assertThat(search("option", "size(0)").status()).isEqualTo(400);
        assertThat(search("option", "first(3)").status()).isEqualTo(400);
        assertThat(search("option", "cursor(nonsense)").status()).isEqualTo(400);
    }

    @Test
    void pagesByCursorMissNothingAndRepeatNothing() {
        var seen = new ArrayList<String>();
        String option = "sort(-attributes/number,+thingId),size(7)";
        var page = search("namespaces", "org.test", "option", option, "fields", "thingId");
        while (true) {
            seen.addAll(ids(page));
            var cursor = page.object().getValue("cursor");
            if (cursor.isEmpty()) {
                break;
            }
            page = search(
                    "namespaces",
                    "org.test",
                    "option",
                    option + ",cursor(" + cursor.get().asString() + ")",
                    "fields",
                    "thingId");
        }

        assertThat(seen).hasSize(30).doesNotHaveDuplicates();
        assertThat(seen.subList(0, 4))
                .containsExactly("org.test:run-09", "org.test:run-19", "org.test:run-29", "org.test:run-08");
    }

    @Test
    void aChangeIsFoundAtOnce() {
        for (int i = 0; i < 50; i++) {
            alice.put("/api/2/things/org.test:run-00/attributes/tick", Integer.toString(i));
            assertThat(ids(search("filter", "eq(attributes/tick," + i + ")"))).containsExactly("org.test:run-00");
        }
    }

    /** One policy, and the things of each namespace between those of another. */
    @Test
    void entriesForANamespaceCountForItsThingsAlone() {
        var carol = ditto.as("carol");
        carol.put("/api/2/policies/org.shared:both", """
                {"entries":{
                  "owner":{"subjects":{"test:carol":{"type":"t"}},
                    "resources":{"policy:/":{"grant":["READ","WRITE"],"revoke":[]},
                                 "thing:/":{"grant":["READ","WRITE"],"revoke":[]}}},
                  "guest":{"subjects":{"test:bob":{"type":"t"}},"namespaces":["org.one"],
                    "resources":{"thing:/":{"grant":["READ"],"revoke":[]}}}}}""");
        for (int i = 0; i < 6; i++) {
            for (String namespace : List.of("org.one", "org.two", "org.one.more", "org.on")) {
                String thing = "{\"policyId\":\"org.shared:both\",\"attributes\":{\"mixed\":" + (9 - i) + "}}";
                assertThat(carol.put("/api/2/things/" + namespace + ":t" + i, thing)
                                .status())
                        .isEqualTo(201);
            }
        }
        String query = "/api/2/search/things?fields=thingId&filter=gt(attributes/mixed,5)&option="
                + URLEncoder.encode("sort(+attributes/mixed,+thingId)", StandardCharsets.UTF_8);
        assertThat(ids(ditto.as("bob").get(query)))
                .containsExactly("org.one:t3", "org.one:t2", "org.one:t1", "org.one:t0");
        assertThat(ids(carol.get(query)))
                .hasSize(16)
                .startsWith("org.on:t3", "org.one.more:t3", "org.one:t3", "org.two:t3");
    }

    @Test
    void countAndPost() {
        assertThat(alice.get("/api/2/search/things/count?namespaces=org.test").body())
                .isEqualTo("30");
        var posted = alice.post(
                "/api/2/search/things",
                "filter=" + URLEncoder.encode("exists(features/b)", StandardCharsets.UTF_8) + "&fields=thingId",
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(posted.object())
                .isEqualTo(JsonObject.of("{\"items\":[{\"thingId\":\"org.other:cell\"}],\"nextPageOffset\":-1}"));
    }
}
