package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Token integration, subjects that expire, announcements, and what operators see. */
class PolicyActionsIT {
    private static final String ALL = "{\"grant\":[\"READ\",\"WRITE\"],\"revoke\":[]}";

    @TempDir
    static Path folder;

    private static RunningDitto ditto;
    private static RunningDitto.Client alice;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder);
        alice = ditto.as("alice");
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private static String policy(String appSubjects, String execute) {
        return """
                {"entries":{
                  "owner":{"subjects":{"test:alice":{"type":"u"}},"resources":{"policy:/":%1$s,"thing:/":%1$s}},
                  "app":{"subjects":{%2$s},"resources":{
                    "thing:/":{"grant":["READ"],"revoke":[]},
                    "policy:/entries/app/actions":{"grant":[%3$s],"revoke":[]}}}}}""".formatted(ALL, appSubjects, execute);
    }

    private static JsonObject subjects(String policyId) {
        return alice.get("/api/2/policies/" + policyId + "/entries/app/subjects")
                .object();
    }

    @Test
    void whoHoldsATokenMayBringASubjectOfItIntoTheEntryAndOutAgain() {
        String path = "/api/2/policies/org.test:actions";
        alice.put(path, policy("\"test:bob\":{\"type\":\"u\"}", "\"EXECUTE\""));
        RunningDitto.Client bob = ditto.as("bob");

        assertThat(bob.post(path + "/entries/app/actions/activateTokenIntegration", "")
                        .status())
                .isEqualTo(204);

        JsonObject subject = subjects("org.test:actions")
                .getValue(JsonPointer.of("/integration:app:test-app"))
                .orElseThrow()
                .asObject();
        Instant expiry = Instant.parse(subject.getValue("expiry").orElseThrow().asString());
        assertThat(Duration.between(Instant.now(), expiry)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
        assertThat(expiry.getNano()).isZero();

        assertThat(bob.post(path + "/actions/deactivateTokenIntegration", "").status())
                .isEqualTo(204);
        assertThat(subjects("org.test:actions").getKeys()).hasSize(1);
        assertThat(bob.post(path + "/actions/activateTokenIntegration", "").status())
                .isEqualTo(204);
        assertThat(subjects("org.test:actions").getKeys()).hasSize(2);
    }

    @Test
    void aTokenIntegrationThatIsNotPermittedOrNotApplicableIsRefused() {
        String path = "/api/2/policies/org.test:refused";
        alice.put(path, policy("\"test:bob\":{\"type\":\"u\"}", ""));
        String action = "/entries/app/actions/activateTokenIntegration";

        assertThat(ditto.as("bob").post(path + action, "").status()).isEqualTo(403);
        assertThat(ditto.as("eve")
                        .post(path + "/actions/activateTokenIntegration", "")
                        .status())
                .isEqualTo(403);
        assertThat(alice.post("/api/2/policies/org.test:none" + action, "").status())
                .isEqualTo(404);
        assertThat(alice.post(path + "/actions/somethingElse", "").status()).isEqualTo(404);
        assertThat(alice.put(path + action, "{}").status()).isEqualTo(405);
    }

    @Test
    void anExpiringSubjectIsAnnouncedAndThenTakenOut() throws Exception {
        String path = "/api/2/policies/org.test:announcing";
        var frames = new Frames();
        frames.socket = ditto.http()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + ditto.issuer().token("carol"))
                .buildAsync(URI.create("ws://127.0.0.1:" + ditto.port() + "/ws/2"), frames)
                .join();
        frames.send("START-SEND-POLICY-ANNOUNCEMENTS");
        assertThat(frames.next()).isEqualTo("START-SEND-POLICY-ANNOUNCEMENTS:ACK");

        Instant expiry = Instant.now().plusSeconds(3);
        alice.put(
                path,
                policy(
                        "\"test:carol\":{\"type\":\"u\",\"expiry\":\"" + expiry
                                + "\",\"announcement\":{\"beforeExpiry\":\"2s\",\"whenDeleted\":true}}",
                        ""));

        JsonObject early = frames.nextJson();
        assertThat(early.getValue("topic").orElseThrow())
                .isEqualTo(JsonValue.of("org.test/announcing/policies/announcements/subjectDeletion"));
        assertThat(early.getValue("value/subjectIds").orElseThrow().toString()).isEqualTo("[\"test:carol\"]");
        Instant deleteAt =
                Instant.parse(early.getValue("value/deleteAt").orElseThrow().asString());
        assertThat(deleteAt).isAfter(expiry.minusMillis(1)).isBefore(expiry.plusSeconds(1));
        assertThat(early.getValue("value/deleteAt"))
                .isEqualTo(
                        frames.nextJson().getValue("value/deleteAt").map(later -> JsonValue.of(deleteAt.toString())));
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(subjects("org.test:announcing").getKeys()).isEmpty());
        frames.socket.abort();
    }

    @Test
    void anExpiryInThePastIsRefused() {
        String subject = "\"test:bob\":{\"type\":\"u\",\"expiry\":\"2020-01-01T00:00:00Z\"}";

        var answer = alice.put("/api/2/policies/org.test:past", policy(subject, ""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("policies:subjectexpiry.invalid");
    }

    @Test
    void operatorsSeeMetricsAndChangeLoggers() {
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString("devops:devops-word".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String wrong = "Basic "
                + Base64.getEncoder().encodeToString("devops:foobar".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        alice.get("/api/2/whoami");

        assertThat(ditto.send("GET", "/metrics", null, null).body())
                .contains("ditto_things ", "roundtrip_http_seconds_count{ditto_request_method=\"GET\"");
        assertThat(ditto.send("GET", "/overall", null, null).status()).isEqualTo(200);
        assertThat(ditto.send("GET", "/devops/logging", null, null, "Authorization", wrong)
                        .status())
                .isEqualTo(401);
        assertThat(alice.get("/devops/logging").status()).isEqualTo(401);
        String change = "{\"logger\":\"org.voltwin.none\",\"level\":\"debug\"}";
        assertThat(ditto.send("PUT", "/devops/logging", change, null, "Authorization", basic)
                        .status())
                .isEqualTo(200);
        assertThat(ditto.send("GET", "/devops/logging", null, null, "Authorization", basic)
                        .body())
                .contains("{\"level\":\"debug\",\"logger\":\"org.voltwin.none\"}");
        assertThat(ditto.send("PUT", "/devops/logging", "{\"level\":\"loud\"}", null, "Authorization", basic)
                        .status())
                .isEqualTo(400);
        assertThat(ditto.send("GET", "/devops/config", null, null, "Authorization", basic)
                        .status())
                .isEqualTo(501);
    }
}
