package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.standalone.ditto.RunningDitto.Answer;

/** {@code /api/2/connections} without a broker: definitions, who may see them, and that they outlive the process. */
class ConnectionsIT {
    private static final String DEVOPS =
            "Basic " + Base64.getEncoder().encodeToString("devops:devops-word".getBytes(StandardCharsets.US_ASCII));
    private static final String CLOSED = """
            {"name":"closed","connectionType":"mqtt-5","connectionStatus":"closed","uri":"ssl://me:p%40ss@broker:8883",
             "sources":[{"addresses":["a/b"],"authorizationContext":["x:y"]}],
             "credentials":{"type":"plain","username":"me","password":"the key"}}""";

    @TempDir
    static Path folder;

    private static RunningDitto ditto;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder, """
                ditto.connectivity.client { testing-timeout = 2s, min-backoff = 50ms }
                """);
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private static Answer devops(String method, String path, String body) {
        return ditto.send(method, "/api/2/connections" + path, body, null, "Authorization", DEVOPS);
    }

    private static String text(JsonObject object, String pointer) {
        return object.getValue(pointer).map(JsonValue::asString).orElse("");
    }

    @Test
    void nobodyButTheDevopsUserSeesOrChangesAnything() {
        devops("PUT", "/secret", CLOSED);
        RunningDitto.Client alice = ditto.as("alice", "lab-admin");
        for (String path : new String[] {"", "/secret", "/secret/status", "/secret/logs", "/secret/metrics"}) {
            assertThat(alice.get("/api/2/connections" + path).status()).isEqualTo(401);
            assertThat(ditto.send("GET", "/api/2/connections" + path, null, null)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(alice.put("/api/2/connections/secret", CLOSED).status()).isEqualTo(401);
        assertThat(alice.delete("/api/2/connections/secret").status()).isEqualTo(401);
        assertThat(alice.post("/api/2/connections/secret/command", "connectivity.commands:openConnection")
                        .status())
                .isEqualTo(401);
        String wrong = "Basic " + Base64.getEncoder().encodeToString("devops:".getBytes(StandardCharsets.US_ASCII));
        assertThat(ditto.send("GET", "/api/2/connections", null, null, "Authorization", wrong)
                        .status())
                .isEqualTo(401);
        assertThat(devops("GET", "/secret", null).status()).isEqualTo(200);
    }

    @Test
    void definitionsOutliveTheProcessAndKeepTheirSecretsToThemselves() throws Exception {
        Answer created = devops("POST", "", CLOSED);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String id = text(created.object(), "id");
        assertThat(created.header("Location")).endsWith("/api/2/connections/" + id);
        assertThat(created.body()).contains("ssl://me:*****@broker:8883").doesNotContain("p%40ss", "the key");

        // What was read can be written back without losing the password.
        String changed =
                devops("GET", "/" + id, null).object().setValue("name", "other").toString();
        assertThat(devops("PUT", "/" + id, changed).status()).isEqualTo(204);
        ditto.restart();

        JsonObject after =
                devops("GET", "/" + id + "?fields=name,uri,_revision", null).object();
        assertThat(text(after, "name")).isEqualTo("other");
        assertThat(after.getValue("_revision").orElseThrow().asInt()).isEqualTo(2);
        assertThat(new String(
                        java.nio.file.Files.readAllBytes(ditto.data().resolve("journal-0000000000.log")),
                        StandardCharsets.UTF_8))
                .contains("p%40ss", "the key");
        assertThat(devops("GET", "?ids-only=true", null).body()).contains("\"" + id + "\"");
        assertThat(text(devops("GET", "/" + id + "/status", null).object(), "liveStatus"))
                .isEqualTo("closed");
        assertThat(devops("DELETE", "/" + id, null).status()).isEqualTo(204);
        ditto.restart();
        Answer gone = devops("GET", "/" + id, null);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.error()).isEqualTo("connectivity:connection.notfound");
    }

    @Test
    void wrongDefinitionsAreRefusedWithDittosErrors() {
        assertError(devops("POST", "", "no json"), 400, "json.invalid");
        assertError(devops("POST", "", "{}"), 400, "json.field.missing");
        assertError(
                devops("POST", "", CLOSED.replace("{\"name\"", "{\"id\":\"x\",\"name\"")),
                400,
                "connectivity:id.notsettable");
        assertError(
                devops("PUT", "/a", CLOSED.replace("ssl://", "http://")),
                400,
                "connectivity:connection.configuration.invalid");
        assertError(
                devops("PUT", "/a", CLOSED.replace("a/b", "a/#/b")),
                400,
                "connectivity:connection.configuration.invalid");
        assertError(
                devops(
                        "PUT",
                        "/a",
                        CLOSED.replace(
                                "\"closed\",\"uri\"",
                                "\"closed\",\"specificConfig\":{\"keepAlive\":\"soon\"},\"uri\"")),
                400,
                "connectivity:connection.configuration.invalid");
        assertError(
                devops(
                        "PUT",
                        "/a",
                        CLOSED.replace(
                                "[\"x:y\"]",
                                "[\"x:y\"],\"enforcement\":{\"input\":\"{{ topic:full }}\",\"filters\":[\"x\"]}")),
                400,
                "placeholder:unresolved");
        assertError(
                devops("PUT", "/a", CLOSED.replace("[\"x:y\"]", "[\"x:y\"],\"payloadMapping\":[\"unheard-of\"]")),
                400,
                "connectivity:connection.configuration.invalid");
        assertError(
                devops("PUT", "/a", CLOSED.replace("[\"x:y\"]", "[\"x:y\"],\"declaredAcks\":[\"other:label\"]")),
                400,
                "acknowledgement:label.invalid");
        assertError(
                devops(
                        "PUT",
                        "/a",
                        CLOSED.replace("mqtt-5", "amqp-10")
                                .replace("ssl:", "amqp:")
                                .replace("\"closed\",\"uri", "\"open\",\"uri")),
                501,
                "standalone:notsupported");
        assertError(devops("GET", "/a", null), 404, "connectivity:connection.notfound");
        assertError(devops("POST", "/a/command", "connectivity.commands:explode"), 400, "connectivity:command.invalid");
        assertThat(devops("PATCH", "/a", "{}").status()).isEqualTo(405);
        assertThat(devops("GET", "/a/b/c", null).status()).isEqualTo(404);
    }

    /** What is newer than Ditto 3.9 is named, not dropped: without it a target would be sent more than it was to be. */
    @Test
    void parametersOfTopicsThatAreNotKnownOrThereTwiceAreRefused() {
        String topic = CLOSED.replace(
                "\"sources\":[",
                "\"targets\":[{\"address\":\"a\",\"authorizationContext\":[\"x:y\"],\"topics\":[\"_/_/things/twin/events?PARAMETERS\"]}],\"sources\":[");
        for (String newer : new String[] {
            "fn-filter=header:x|fn:filter('exists','true')", "filter=exists(attributes)&change-filter=attributes"
        }) {
            assertError(devops("PUT", "/topics", topic.replace("PARAMETERS", newer)), 501, "standalone:notsupported");
        }
        for (String twice : new String[] {
            "filter=gt(attributes/a,1)&filter=gt(attributes/a,2)",
            "namespaces=a&namespaces=b",
            "extraFields=attributes&extraFields=features"
        }) {
            Answer refused = devops("PUT", "/topics", topic.replace("PARAMETERS", twice));
            assertError(refused, 400, "connectivity:topic.invalid");
            assertThat(refused.body()).contains("must not be given more than once");
        }
        assertError(
                devops("PUT", "/topics", topic.replace("PARAMETERS", "filter=gt(attributes/x,)")),
                400,
                "rql.expression.invalid");
        assertThat(devops(
                                "PUT",
                                "/topics",
                                topic.replace(
                                        "PARAMETERS",
                                        "namespaces=a,b&filter=eq(attributes/a,'b=c')&extraFields=attributes/a"))
                        .status())
                .isEqualTo(201);
        assertThat(devops("DELETE", "/topics", null).status()).isEqualTo(204);
    }

    private static void assertError(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
    }

    @Test
    void aBrokerThatIsNotThereIsReportedAndTriedAgain() throws Exception {
        String nowhere = CLOSED.replace("ssl://me:p%40ss@broker:8883", "tcp://127.0.0.1:" + MqttBroker.freePort());
        assertError(devops("POST", "?dry-run=true", nowhere), 504, "connectivity:connection.failed");
        assertThat(devops("PUT", "/nowhere", nowhere).status()).isEqualTo(201);
        assertThat(text(devops("GET", "/nowhere/status", null).object(), "connectionStatus"))
                .isEqualTo("closed");

        assertError(
                devops("POST", "/nowhere/command", "connectivity.commands:openConnection"),
                504,
                "connectivity:connection.failed");

        JsonObject status = devops("GET", "/nowhere/status", null).object();
        assertThat(text(status, "connectionStatus")).isEqualTo("open");
        assertThat(text(status, "liveStatus")).isEqualTo("failed");
        assertThat(text(status, "recoveryStatus")).isEqualTo("ongoing");
        assertThat(devops("GET", "/nowhere/logs", null).body()).contains("Could not connect");
        assertThat(devops("POST", "/nowhere/command", "connectivity.commands:closeConnection")
                        .status())
                .isEqualTo(200);
        assertThat(devops("GET", "/nowhere/logs", null)
                        .object()
                        .getValue("connectionLogs")
                        .orElseThrow()
                        .asArray())
                .isEmpty();
        assertThat(devops("POST", "/nowhere/command", "connectivity.commands:enableConnectionLogs")
                        .status())
                .isEqualTo(200);
        assertThat(devops("GET", "/nowhere/logs", null).object().contains("enabledUntil"))
                .isTrue();
        devops("DELETE", "/nowhere", null);
    }
}
