package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ditto.namespace-policies}: the operator's entries count in policies whose authors did not ask for them. */
class NamespaceRootsIT {
    private static final String ROOT = "/api/2/policies/org.test:root";
    private static final String THING = "/api/2/things/org.test.lab:thing";

    @TempDir
    static Path folder;

    private static RunningDitto ditto;
    private static RunningDitto.Client alice;
    private static RunningDitto.Client operator;
    private static RunningDitto.Client auditor;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder, """
                ditto.namespace-policies {
                  "org.test.*" = ["org.test:root", "org.test:not-there"]
                }
                """);
        alice = ditto.as("alice");
        operator = ditto.as("operator");
        auditor = ditto.as("auditor");
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private static String entry(String subject, String importable, String resources) {
        return "{\"subjects\":{\"test:" + subject + "\":{\"type\":\"t\"}},\"importable\":\"" + importable
                + "\",\"resources\":{" + resources + "}}";
    }

    private static String may(String resource, String permissions) {
        return "\"" + resource + "\":{\"grant\":[" + permissions + "],\"revoke\":[]}";
    }

    @Test
    void anEntryOfTheRootCountsWhereverThePolicyIsInTheNamespace() {
        assertThat(alice.put(THING, "{\"attributes\":{\"place\":\"A\"}}").status())
                .isEqualTo(201);
        assertThat(auditor.get(THING).status()).isEqualTo(404);

        // The root comes later than the policies it counts in.
        operator.put(
                ROOT,
                "{\"entries\":{\"owner\":"
                        + entry("operator", "never", may("policy:/", "\"READ\",\"WRITE\""))
                        + ",\"audit\":"
                        + entry("auditor", "implicit", may("thing:/", "\"READ\"") + "," + may("policy:/", "\"READ\""))
                        + ",\"asked\":" + entry("visitor", "explicit", may("thing:/", "\"READ\"")) + "}}");

        assertThat(auditor.get(THING + "/attributes/place").body()).isEqualTo("\"A\"");
        assertThat(auditor.put(THING + "/attributes/place", "\"B\"").status()).isEqualTo(403);
        assertThat(auditor.get("/api/2/search/things?filter=eq(attributes/place,\"A\")".replace("\"", "%22"))
                        .body())
                .contains("org.test.lab:thing");
        assertThat(ditto.as("visitor").get(THING).status()).isEqualTo(404);
        assertThat(operator.get(THING).status()).isEqualTo(404);
        // The namespace above is not below itself.
        alice.put("/api/2/things/org.test:above", "{}");
        assertThat(auditor.get("/api/2/things/org.test:above").status()).isEqualTo(404);

        // The stored policy is as it was; resolved, who may read the root's entry sees it.
        String policy = "/api/2/policies/org.test.lab:thing";
        assertThat(alice.get(policy).body()).doesNotContain("auditor");
        assertThat(alice.get(policy + "?policy-view=resolved").body()).doesNotContain("auditor");
        operator.put(ROOT + "/entries/readers", entry("alice", "never", may("policy:/", "\"READ\"")));
        assertThat(alice.get(policy + "?policy-view=resolved")
                        .object()
                        .contains("entries/nsimported-org.test:root-audit"))
                .isTrue();

        operator.delete(ROOT + "/entries/audit");
        assertThat(auditor.get(THING).status()).isEqualTo(404);
    }

    @Test
    void nobodyWritesALabelThatLooksLikeOneOfARoot() {
        String policy = "/api/2/policies/org.test.lab:shadow";
        String owner = entry("alice", "implicit", may("policy:/", "\"READ\",\"WRITE\""));
        assertThat(alice.put(policy, "{\"entries\":{\"owner\":" + owner + "}}").status())
                .isEqualTo(201);

        var refused = alice.put(policy + "/entries/nsimported-org.test:root-audit", owner);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("policies:label.invalid");
        assertThat(alice.put(
                                "/api/2/policies/org.test.lab:other",
                                "{\"entries\":{\"owner\":" + owner + ",\"nsimported-x\":" + owner + "}}")
                        .error())
                .isEqualTo("policies:label.invalid");
    }
}
