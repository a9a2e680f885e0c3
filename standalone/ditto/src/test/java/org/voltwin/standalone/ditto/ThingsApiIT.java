package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Things over HTTP: every depth, merge patches, entity tags, conditions. */
class ThingsApiIT {
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

    @Test
    void aNewThingGetsAPolicyForItsCreator() {
        var created = alice.put("/api/2/things/org.test:new", "{\"attributes\":{\"a\":1}}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"rev:1\"");
        assertThat(created.header("Location")).endsWith("/api/2/things/org.test:new");
        assertThat(created.object())
                .isEqualTo(JsonObject.of(
                        "{\"thingId\":\"org.test:new\",\"policyId\":\"org.test:new\",\"attributes\":{\"a\":1}}"));
        var policy = alice.get("/api/2/policies/org.test:new");
        assertThat(policy.status()).isEqualTo(200);
        assertThat(policy.object()
                        .getValue("entries/DEFAULT/subjects/test:alice/type")
                        .orElseThrow()
                        .asString())
                .isEqualTo("generated");
    }

    @Test
    void postMakesAnIdInTheDefaultNamespace() {
        var created = alice.post("/api/2/things", "{}");

        assertThat(created.status()).isEqualTo(201);
        String id = created.object().getValue("thingId").orElseThrow().asString();
        assertThat(id).startsWith("org.eclipse.ditto:");
        assertThat(created.header("Location")).endsWith("/api/2/things/" + id);
        assertThat(alice.get("/api/2/things/" + id).status()).isEqualTo(200);
    }

    @Test
    void partsAtEveryDepth() {
        alice.put("/api/2/things/org.test:deep", "{}");
        String thing = "/api/2/things/org.test:deep";

        assertThat(alice.put(thing + "/attributes", "{\"maker\":{\"name\":\"LG\"}}")
                        .status())
                .isEqualTo(201);
        assertThat(alice.put(thing + "/attributes/maker/name", "\"Samsung\"").status())
                .isEqualTo(204);
        assertThat(alice.put(thing + "/attributes/maker/site", "\"B\"").status())
                .isEqualTo(201);
        assertThat(alice.put(thing + "/definition", "\"org.voltwin:cell:1.0.0\"")
                        .status())
                .isEqualTo(201);
        assertThat(alice.put(thing + "/features/electrical/properties/u", "1").status())
                .isEqualTo(404);
        assertThat(alice.put(thing + "/features/electrical", "{\"properties\":{\"u\":3.7}}")
                        .status())
                .isEqualTo(201);
        assertThat(alice.put(thing + "/features/electrical/properties/i/now", "-1.5")
                        .status())
                .isEqualTo(201);
        assertThat(alice.put(thing + "/features/electrical/desiredProperties/i", "2")
                        .status())
                .isEqualTo(201);
        assertThat(alice.put(thing + "/features/electrical/definition", "[\"org.voltwin:e:1.0.0\"]")
                        .status())
                .isEqualTo(201);

        assertThat(alice.get(thing).object()).isEqualTo(JsonObject.of("""
                {"thingId":"org.test:deep","policyId":"org.test:deep","definition":"org.voltwin:cell:1.0.0",
                 "attributes":{"maker":{"name":"Samsung","site":"B"}},
                 "features":{"electrical":{"definition":["org.voltwin:e:1.0.0"],
                   "properties":{"u":3.7,"i":{"now":-1.5}},"desiredProperties":{"i":2}}}}
                """));
        assertThat(alice.get(thing + "/features/electrical/properties/i/now").body())
                .isEqualTo("-1.5");
        assertThat(alice.get(thing + "/policyId").body()).isEqualTo("\"org.test:deep\"");
        assertThat(alice.get(thing + "?fields=thingId,_revision,features/electrical/properties/u")
                        .object())
                .isEqualTo(
                        JsonObject.of(
                                "{\"thingId\":\"org.test:deep\",\"_revision\":9,\"features\":{\"electrical\":{\"properties\":{\"u\":3.7}}}}"));

        assertThat(alice.delete(thing + "/features/electrical/properties/i").status())
                .isEqualTo(204);
        assertThat(alice.get(thing + "/features/electrical/properties/i").error())
                .isEqualTo("things:feature.property.notfound");
        assertThat(alice.delete(thing + "/attributes/none").error()).isEqualTo("things:attribute.notfound");
        assertThat(alice.delete(thing).status()).isEqualTo(204);
        assertThat(alice.get(thing).error()).isEqualTo("things:thing.notfound");
    }

    @Test
    void aMergePatchSetsAndRemoves() {
        String thing = "/api/2/things/org.test:merge";
        alice.put(thing, "{\"attributes\":{\"a\":1,\"b\":{\"c\":2,\"d\":3}}}");

        assertThat(alice.patch(
                                thing,
                                "{\"attributes\":{\"a\":null,\"b\":{\"c\":5}},\"features\":{\"f\":{\"properties\":{\"x\":1}}}}")
                        .status())
                .isEqualTo(204);
        assertThat(alice.patch(thing + "/features/g/properties/y", "{\"z\":true}")
                        .status())
                .isEqualTo(204);

        assertThat(alice.get(thing + "?fields=attributes,features").object()).isEqualTo(JsonObject.of("""
                {"attributes":{"b":{"c":5,"d":3}},
                 "features":{"f":{"properties":{"x":1}},"g":{"properties":{"y":{"z":true}}}}}"""));
        assertThat(alice.put(thing + "/attributes/q", "{", "Content-Type", "application/json")
                        .status())
                .isEqualTo(400);
        assertThat(ditto.send("PATCH", thing, "{}", alice.token(), "Content-Type", "application/json")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void entityTagsGuardWrites() {
        String thing = "/api/2/things/org.test:tags";
        alice.put(thing, "{\"attributes\":{\"a\":1}}");

        assertThat(alice.put(thing + "/attributes/a", "2", "If-Match", "\"rev:7\"")
                        .status())
                .isEqualTo(412);
        var attribute = alice.get(thing + "/attributes/a");
        assertThat(attribute.header("ETag")).startsWith("\"hash:");
        assertThat(alice.put(thing + "/attributes/a", "2", "If-Match", attribute.header("ETag"))
                        .status())
                .isEqualTo(204);
        assertThat(alice.put(thing + "/attributes/a", "3", "If-Match", attribute.header("ETag"))
                        .error())
                .isEqualTo("things:precondition.failed");
        assertThat(alice.put(thing, "{}", "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(alice.get(thing, "If-None-Match", "\"rev:2\"").status()).isEqualTo(304);
        assertThat(alice.get(thing, "If-None-Match", "\"rev:1\"").status()).isEqualTo(200);
    }

    @Test
    void aConditionGuardsReadsAndWrites() {
        String thing = "/api/2/things/org.test:cond";
        alice.put(thing, "{\"attributes\":{\"stage\":\"requested\"}}");

        assertThat(alice.patch(
                                thing + "/attributes/stage?condition=eq(attributes/stage,%22requested%22)",
                                "\"modelled\"")
                        .status())
                .isEqualTo(204);
        var lost =
                alice.patch(thing + "/attributes/stage?condition=eq(attributes/stage,%22requested%22)", "\"modelled\"");
        assertThat(lost.status()).isEqualTo(412);
        assertThat(lost.error()).isEqualTo("things:condition.failed");
        assertThat(alice.get(thing + "?condition=eq(attributes/stage,%22x%22)").status())
                .isEqualTo(412);
        assertThat(alice.get(thing, "condition", "not(rql").error()).isEqualTo("things:condition.invalid");
    }

    @Test
    void badInputIsRefusedInDittosWords() {
        String thing = "/api/2/things/org.test:bad";
        alice.put(thing, "{}");

        assertThat(alice.put("/api/2/things/no-namespace%20%C3%A4/", "{}").status())
                .isEqualTo(400);
        assertThat(alice.put(thing, "not json").error()).isEqualTo("json.invalid");
        assertThat(alice.put(thing, "[]").status()).isEqualTo(400);
        assertThat(alice.put(thing, "{\"thingId\":\"org.test:other\"}").error()).isEqualTo("things:id.notsettable");
        assertThat(alice.put(thing + "/bogus", "1").status()).isEqualTo(404);
        assertThat(alice.put(thing + "/attributes//x", "1").status()).isEqualTo(400);
        assertThat(alice.put(thing, "{\"policyId\":\"org.test:nowhere\"}").status())
                .isEqualTo(400);
        assertThat(alice.put(thing + "/attributes/big", "\"" + "x".repeat(110_000) + "\"")
                        .status())
                .isEqualTo(413);
        assertThat(alice.put(thing + "/attributes/big", "\"" + "x".repeat(5_000_000) + "\"")
                        .status())
                .isEqualTo(413);
        assertThat(alice.get("/api/2/cloudevents").status()).isEqualTo(501);
        assertThat(alice.get("/api/2/nothing").status()).isEqualTo(404);
        assertThat(alice.get("/nothing").status()).isEqualTo(404);
        assertThat(alice.post(thing, "{}").status()).isEqualTo(405);
        assertThat(alice.get(thing + "?fields=(").status()).isEqualTo(400);
        assertThat(alice.get("/api/2/things?ids=").status()).isEqualTo(400);
    }

    @Test
    void anEqualValueCanBeSkipped() {
        String thing = "/api/2/things/org.test:equal";
        alice.put(thing, "{\"attributes\":{\"a\":1}}");

        assertThat(alice.put(thing + "/attributes/a", "1", "if-equal", "skip").status())
                .isEqualTo(304);
        assertThat(alice.put(thing + "/attributes/a", "2", "if-equal", "skip").status())
                .isEqualTo(204);
        assertThat(alice.put(thing + "/attributes/a", "2").status()).isEqualTo(204);
        assertThat(alice.get(thing + "?fields=_revision").body()).isEqualTo("{\"_revision\":3}");
    }

    @Test
    void aDeletedThingThatComesBackGoesOnCounting() {
        String thing = "/api/2/things/org.test:again";
        alice.put(thing, "{}");
        alice.put(thing + "/attributes/a", "1");
        alice.delete(thing);
        alice.delete("/api/2/policies/org.test:again");

        assertThat(alice.put(thing, "{}").header("ETag")).isEqualTo("\"rev:4\"");
    }

    @Test
    void severalThingsByIds() {
        alice.put("/api/2/things/org.test:s1", "{}");
        alice.put("/api/2/things/org.test:s2", "{}");

        var found = alice.get("/api/2/things?ids=org.test:s2,org.test:s1,org.test:missing&fields=thingId");

        assertThat(found.body()).isEqualTo("[{\"thingId\":\"org.test:s2\"},{\"thingId\":\"org.test:s1\"}]");
    }

    @Test
    void stateSurvivesARestart() throws Exception {
        alice.put("/api/2/things/org.test:kept", "{\"attributes\":{\"a\":{\"b\":[1,null,\"x\"]}}}");
        alice.patch("/api/2/things/org.test:kept/features/f/properties", "{\"u\":3.7}");
        var before = alice.get(
                "/api/2/things/org.test:kept?fields=thingId,attributes,features,_revision,_created,_modified");

        ditto.restart();

        assertThat(alice.get(
                                "/api/2/things/org.test:kept?fields=thingId,attributes,features,_revision,_created,_modified")
                        .body())
                .isEqualTo(before.body());
    }
}
