package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies over HTTP, and what they allow whom. */
class PoliciesApiIT {
    private static final String POLICY = """
            {"entries":{
              "owner":{"subjects":{"test:alice":{"type":"user"}},
                "resources":{"policy:/":{"grant":["READ","WRITE"],"revoke":[]},
                  "thing:/":{"grant":["READ","WRITE"],"revoke":[]},
                  "message:/":{"grant":["READ","WRITE"],"revoke":[]}}},
              "viewer":{"subjects":{"test:role-viewer":{"type":"role"}},
                "resources":{"thing:/features":{"grant":["READ"],"revoke":[]},
                  "thing:/features/secret":{"grant":[],"revoke":["READ"]}}},
              "device":{"subjects":{"test:role-device":{"type":"role"}},
                "resources":{"thing:/features/electrical/properties":{"grant":["WRITE"],"revoke":[]}}}
            }}""";

    @TempDir
    static Path folder;

    static RunningDitto ditto;
    static RunningDitto.Client alice;
    static RunningDitto.Client viewer;
    static RunningDitto.Client device;
    static RunningDitto.Client stranger;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder);
        alice = ditto.as("alice");
        viewer = ditto.as("bob", "viewer", "other");
        device = ditto.as("bench", "device");
        stranger = ditto.as("eve");
        assertThat(alice.put("/api/2/policies/org.test:shared", POLICY).status())
                .isEqualTo(201);
        assertThat(alice.put("/api/2/things/org.test:shared", """
                        {"policyId":"org.test:shared","attributes":{"hidden":1},
                         "features":{"electrical":{"properties":{"u":3.7}},"secret":{"properties":{"k":1}}}}""").status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    @Test
    void aCallerSeesTheirPartOfAThing() {
        assertThat(viewer.get("/api/2/things/org.test:shared").object())
                .isEqualTo(
                        JsonObject.of(
                                "{\"thingId\":\"org.test:shared\",\"features\":{\"electrical\":{\"properties\":{\"u\":3.7}}}}"));
        assertThat(viewer.get("/api/2/things/org.test:shared/attributes").error())
                .isEqualTo("things:attributes.notfound");
        assertThat(viewer.get("/api/2/things/org.test:shared/features/secret/properties/k")
                        .error())
                .isEqualTo("things:feature.property.notfound");
        assertThat(stranger.get("/api/2/things/org.test:shared").error()).isEqualTo("things:thing.notfound");
        assertThat(viewer.get("/api/2/policies/org.test:shared").error()).isEqualTo("policies:policy.notfound");
    }

    @Test
    void aCallerWritesOnlyWhatTheyMay() {
        assertThat(device.put("/api/2/things/org.test:shared/features/electrical/properties/i", "2")
                        .status())
                .isEqualTo(201);
        assertThat(device.patch(
                                "/api/2/things/org.test:shared",
                                "{\"features\":{\"electrical\":{\"properties\":{\"u\":3.8}}}}")
                        .status())
                .isEqualTo(204);
        var refused = device.patch(
                "/api/2/things/org.test:shared",
                "{\"features\":{\"electrical\":{\"properties\":{\"u\":3.8}},\"secret\":{\"properties\":{\"k\":2}}}}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("things:thing.notmodifiable");
        assertThat(viewer.put("/api/2/things/org.test:shared/features/electrical/properties/u", "9")
                        .error())
                .isEqualTo("things:feature.property.notmodifiable");
        assertThat(viewer.delete("/api/2/things/org.test:shared").status()).isEqualTo(403);
        device.put("/api/2/things/org.test:shared/features/electrical/properties", "{\"u\":3.7}");
    }

    @Test
    void aConditionDoesNotTellWhatMayNotBeSeen() {
        var answer = viewer.get("/api/2/things/org.test:shared/features?condition=eq(attributes/hidden,1)");
        assertThat(answer.status()).isEqualTo(412);
    }

    @Test
    void searchFindsAndShowsOnlyWhatMayBeSeen() {
        String visible = "/api/2/search/things?filter=gt(features/electrical/properties/u,3)&namespaces=org.test";
        String hidden = "/api/2/search/things?filter=eq(attributes/hidden,1)";

        assertThat(viewer.get(visible)
                        .object()
                        .getValue("items")
                        .orElseThrow()
                        .asArray()
                        .getSize())
                .isEqualTo(1);
        assertThat(viewer.get(visible + "&fields=attributes,features/electrical")
                        .body())
                .doesNotContain("hidden")
                .contains("electrical");
        assertThat(viewer.get(hidden)
                        .object()
                        .getValue("items")
                        .orElseThrow()
                        .asArray()
                        .getSize())
                .isZero();
        assertThat(viewer.get("/api/2/search/things/count").body()).isEqualTo("1");
        assertThat(stranger.get("/api/2/search/things/count").body()).isEqualTo("0");
    }

    @Test
    void partsOfAPolicy() {
        String policy = "/api/2/policies/org.test:parts";
        assertThat(alice.put(policy, POLICY).status()).isEqualTo(201);
        assertThat(alice.put(policy + "/entries/extra", """
                        {"subjects":{"test:carol":{"type":"user"}},"resources":{"thing:/attributes/a":{"grant":["READ"],"revoke":[]}}}""").status()).isEqualTo(201);
        assertThat(alice.put(policy + "/entries/extra/subjects/test:dave", "{\"type\":\"user\"}")
                        .status())
                .isEqualTo(201);
        assertThat(alice.put(
                                policy + "/entries/extra/resources/thing:/attributes/b/c",
                                "{\"grant\":[\"READ\"],\"revoke\":[]}")
                        .status())
                .isEqualTo(201);
        assertThat(alice.get(policy + "/entries/extra/resources")
                        .object()
                        .getKeys()
                        .toString())
                .contains("thing:/attributes/a", "thing:/attributes/b/c");
        assertThat(alice.delete(policy + "/entries/extra/resources/thing:/attributes/a")
                        .status())
                .isEqualTo(204);
        assertThat(alice.delete(policy + "/entries/extra/subjects/test:carol").status())
                .isEqualTo(204);
        assertThat(alice.get(policy + "/entries/extra").object()).isEqualTo(JsonObject.of("""
                {"subjects":{"test:dave":{"type":"user"}},"importable":"implicit",
                 "resources":{"thing:/attributes/b/c":{"grant":["READ"],"revoke":[]}}}"""));
        assertThat(alice.get(policy + "/entries/none").error()).isEqualTo("policies:entry.notfound");
        assertThat(alice.delete(policy + "/entries/owner").error()).isEqualTo("policies:policy.modificationinvalid");
        assertThat(stranger.put(policy, POLICY).error()).isEqualTo("policies:policy.notmodifiable");
        assertThat(stranger.put("/api/2/policies/org.test:locked-out", POLICY).status())
                .isEqualTo(403);
        assertThat(alice.delete(policy).status()).isEqualTo(204);
        assertThat(alice.get(policy).status()).isEqualTo(404);
    }

    @Test
    void anInlineOrCopiedPolicyComesWithTheThing() {
        assertThat(alice.put("/api/2/things/org.test:inline", "{\"_policy\":" + POLICY + "}")
                        .status())
                .isEqualTo(201);
        assertThat(alice.put("/api/2/things/org.test:copy", "{\"_copyPolicyFrom\":\"org.test:shared\"}")
                        .status())
                .isEqualTo(201);
        assertThat(alice.get("/api/2/policies/org.test:copy/entries/viewer").status())
                .isEqualTo(200);
        assertThat(alice.get("/api/2/things/org.test:inline?fields=_policy").body())
                .contains("role-viewer");
    }

    @Test
    void importedEntriesCountAndFollowTheirPolicy() {
        alice.put("/api/2/policies/org.test:template", POLICY);
        String importing = """
                {"imports":{"org.test:template":{"entries":["viewer"]}},
                 "entries":{"own":{"subjects":{"test:alice":{"type":"u"}},"resources":{
                   "policy:/":{"grant":["READ","WRITE"],"revoke":[]},"thing:/":{"grant":["READ","WRITE"],"revoke":[]}}}}}""";
        assertThat(alice.put("/api/2/policies/org.test:importing", importing).status())
                .isEqualTo(201);
        alice.put("/api/2/things/org.test:importing", "{\"policyId\":\"org.test:importing\",\"features\":{\"f\":{}}}");
        assertThat(viewer.get("/api/2/things/org.test:importing").status()).isEqualTo(200);

        alice.delete("/api/2/policies/org.test:template/entries/viewer");

        assertThat(viewer.get("/api/2/things/org.test:importing").status()).isEqualTo(404);
    }

    @Test
    void anExpiredSubjectCountsNoLonger() {
        alice.put("/api/2/policies/org.test:expiring", POLICY);
        alice.put("/api/2/things/org.test:expiring", "{\"policyId\":\"org.test:expiring\"}");
        String subject = "/api/2/policies/org.test:expiring/entries/owner/subjects/test:eve";
        alice.put(
                subject,
                "{\"type\":\"u\",\"expiry\":\"" + java.time.Instant.now().plusSeconds(2) + "\"}");
        assertThat(stranger.get("/api/2/things/org.test:expiring").status()).isEqualTo(200);

        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(
                                stranger.get("/api/2/things/org.test:expiring").status())
                        .isEqualTo(404));
    }

    @Test
    void entityTagsGuardPolicies() {
        String policy = "/api/2/policies/org.test:tagged";
        assertThat(alice.put(policy, POLICY).header("ETag")).isEqualTo("\"rev:1\"");
        assertThat(alice.put(policy, POLICY, "If-Match", "\"rev:9\"").error())
                .isEqualTo("policies:precondition.failed");
        assertThat(alice.get(policy, "If-None-Match", "\"rev:1\"").status()).isEqualTo(304);
        assertThat(alice.put(policy, POLICY, "If-Match", "\"rev:1\"").status()).isEqualTo(204);
    }

    @Test
    void aCallerCanAskWhatTheyMay() {
        var answer = device.post("/api/2/checkPermissions", """
                {"measure":{"resource":"thing:/features/electrical/properties/u","entityId":"org.test:shared","hasPermissions":["WRITE"]},
                 "see":{"resource":"thing:/features/electrical","entityId":"org.test:shared","hasPermissions":["READ"]},
                 "govern":{"resource":"policy:/","entityId":"org.test:shared","hasPermissions":["WRITE"]},
                 "nowhere":{"resource":"thing:/","entityId":"org.test:none","hasPermissions":["READ"]}}""");

        assertThat(answer.object())
                .isEqualTo(JsonObject.of("{\"measure\":true,\"see\":false,\"govern\":false,\"nowhere\":false}"));
        assertThat(device.post("/api/2/checkPermissions", "{\"x\":5}").status()).isEqualTo(400);
    }

    @Test
    void anotherPolicyIsHonouredAtOnce() {
        String policy = "/api/2/policies/org.test:changing";
        alice.put(policy, POLICY);
        alice.put("/api/2/things/org.test:changing", "{\"policyId\":\"org.test:changing\",\"features\":{\"f\":{}}}");
        assertThat(viewer.get("/api/2/things/org.test:changing").status()).isEqualTo(200);

        alice.delete(policy + "/entries/viewer");

        assertThat(viewer.get("/api/2/things/org.test:changing").status()).isEqualTo(404);
    }
}
