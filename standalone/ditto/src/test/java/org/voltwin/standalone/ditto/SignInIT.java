package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in. */
class SignInIT {
    @TempDir
    static Path folder;

    static RunningDitto ditto;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    @Test
    void subjectsComeFromTheTemplates() {
        assertThat(ditto.as("alice", "lab-admin", "viewer").get("/api/2/whoami").object())
                .isEqualTo(
                        JsonObject.of(
                                "{\"defaultSubject\":\"test:alice\",\"subjects\":[\"test:alice\",\"test:role-lab-admin\",\"test:role-viewer\"]}"));
    }

    @Test
    void withoutAValidTokenNobodyGetsIn() throws Exception {
        assertThat(ditto.send("GET", "/api/2/things", null, null).status()).isEqualTo(401);
        assertThat(ditto.send("GET", "/api/2/things", null, null).error()).isEqualTo("gateway:authentication.failed");
        assertThat(ditto.send("GET", "/api/2/things", null, "nonsense").status())
                .isEqualTo(400);
        assertThat(ditto.send("GET", "/api/2/things", null, "nonsense").error()).isEqualTo("jwt:invalid");
        assertThat(ditto.send("GET", "/api/2/things", null, ditto.issuer().token("a", Duration.ofMinutes(-5)))
                        .status())
                .isEqualTo(401);
        assertThat(ditto.send("GET", "/api/2/things", null, ditto.issuer().forgedToken("a"))
                        .status())
                .isEqualTo(401);
        try (var other = new TestIssuer()) {
            assertThat(ditto.send("GET", "/api/2/things", null, other.token("alice"))
                            .error())
                    .isEqualTo("gateway:jwt.issuer.notsupported");
        }
        assertThat(ditto.send("GET", "/ws/2", null, null, "Accept", "*/*").status())
                .isEqualTo(401);
        assertThat(ditto.send("GET", "/api/2/whoami", null, null, "x-ditto-pre-authenticated", "nginx:root")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void newKeysOfTheIssuerAreFetchedWhenNeeded() throws Exception {
        assertThat(ditto.as("a").get("/api/2/whoami").status()).isEqualTo(200);

        ditto.issuer().rotate();

        assertThat(ditto.as("b").get("/api/2/whoami").status()).isEqualTo(200);
    }

    @Test
    void healthNeedsNoToken() {
        assertThat(ditto.send("GET", "/health", null, null).body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(ditto.send("GET", "/overall", null, null).status()).isEqualTo(200);
        assertThat(ditto.send("GET", "/status", null, null).status()).isEqualTo(200);
    }
}
