package org.voltwin.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** Against standalone/ditto as a process of its own. */
class DittoConfigurationIT {
    @TempDir
    static Path folder;

    private static RunningDitto running;
    private static URI ditto;

    @BeforeAll
    static void start() throws Exception {
        running = new RunningDitto(folder);
        ditto = running.address();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (running != null) {
            running.close();
        }
    }

    private static String token(String role) {
        return running.token(role);
    }

    @Test
    void theServiceBringsItIntoLineAndOthersMayOnlyDoWhatThePolicySays() {
        assertThat(DittoConfiguration.apply(ditto, () -> token("service"), true).orThrow())
                .hasSize(5);
        assertThat(DittoConfiguration.apply(ditto, () -> token("service"), false)
                        .orThrow())
                .hasSize(5);
        assertThat(DittoConfiguration.apply(ditto, () -> token("service"), false)
                        .orThrow())
                .isEmpty();

        try (DittoApi admin = new DittoApi(ditto, () -> "Bearer " + token("lab-admin"));
                DittoApi viewer = new DittoApi(ditto, () -> "Bearer " + token("viewer"))) {
            String speed = "/things/org.voltwin:bench-virtual-01/attributes/speed";
            admin.put(speed, Json.tree(60)).orThrow();
            Outcome<Boolean> refused = viewer.put(speed, Json.tree(1));
            assertThat(refused)
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            no -> assertThat(no.failure().code()).isEqualTo("ditto.forbidden"));
            Optional<JsonNode> seen = viewer.get(speed).orThrow();
            assertThat(seen.orElseThrow().asDouble()).isEqualTo(60);

            assertThat(DittoConfiguration.apply(ditto, () -> token("service"), false)
                            .orThrow())
                    .extracting(Change::path)
                    .containsExactly(speed);
            assertThat(viewer.get(speed).orThrow().orElseThrow().asDouble()).isEqualTo(600);
        }
        assertThat(DittoConfiguration.apply(ditto, () -> token("service") + "x", false))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.failure().code()).isEqualTo("ditto.unauthorized"));
    }

    /** Nobody listens at the broker's address: the definitions are what matters here. */
    @Test
    void connectionsAreBroughtIntoLineByTheDevopsUserAlone() throws Exception {
        Map<String, String> values =
                Map.of("lims.broker.uri", "tcp://twin:a-password@127.0.0.1:" + RunningDitto.freePort());
        String path = "/connections/lims-broker";
        assertThat(DittoConfiguration.applyConnections(ditto, () -> "Basic b3RoZXI6eA==", values, false))
                .isInstanceOfSatisfying(Outcome.Refused.class, no -> {
                    assertThat(no.failure().code()).isEqualTo("ditto.unauthorized");
                    assertThat(no.failure().remedy()).contains("devops");
                });
        assertThat(connections(values, true)).extracting(Change::path).containsExactly(path);
        List<Change> made = connections(values, false);
        assertThat(made).extracting(Change::path).containsExactly(path);
        assertThat(made.toString()).doesNotContain("a-password");
        assertThat(connections(values, false)).isEmpty();

        try (DittoApi devops = new DittoApi(ditto, RunningDitto::devops)) {
            JsonNode before = devops.get(path).orThrow().orElseThrow();
            assertThat(before.toString()).doesNotContain("a-password");
            devops.put(path, ((ObjectNode) before.deepCopy()).put("name", "by hand"))
                    .orThrow();
            assertThat(connections(values, false))
                    .singleElement()
                    .satisfies(change ->
                            assertThat(change.inOneLine()).contains("by hand").doesNotContain("a-password"));
            assertThat(devops.get(path).orThrow().orElseThrow().path("name")).isEqualTo(before.path("name"));
        }
    }

    private static List<Change> connections(Map<String, String> values, boolean dryRun) {
        return DittoConfiguration.applyConnections(ditto, RunningDitto::devops, values, dryRun)
                .orThrow();
    }
}
