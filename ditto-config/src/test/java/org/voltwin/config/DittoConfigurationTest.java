package org.voltwin.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

class DittoConfigurationTest {
    private static final String POLICY = "/policies/org.voltwin:lab";
    private static final String BENCH = "/things/org.voltwin:bench-virtual-01";

    private static final Map<String, String> HONO = Map.of("hono.tenant", "lab");

    private SmallDitto ditto;

    @BeforeEach
    void start() throws IOException {
        ditto = new SmallDitto();
    }

    @AfterEach
    void stop() {
        ditto.close();
    }

    @Test
    void createsEverythingPolicyFirstAndThenFindsNothingToDo() {
        List<Change> changes = apply(false);
        assertThat(changes).hasSize(5).allMatch(change -> change.before() == null);
        assertThat(ditto.writes.getFirst()).isEqualTo(POLICY);
        assertThat(ditto.document(BENCH).at("/attributes/speed").asDouble()).isEqualTo(600);

        ditto.writes.clear();
        assertThat(apply(false)).isEmpty();
        assertThat(ditto.writes).isEmpty();
    }

    @Test
    void aDryRunWritesNothing() {
        assertThat(apply(true)).hasSize(5);
        assertThat(ditto.writes).isEmpty();
        assertThat(apply(true).getFirst().inOneLine()).isEqualTo("+ " + POLICY);
    }

    @Test
    void changesOnlyWhatDiffersAndKeepsWhatOthersAdded() {
        apply(false);
        ObjectNode bench = ditto.document(BENCH);
        bench.withObject("/attributes").put("speed", 300).put("room", "B 12");
        bench.withObject("/features").set("connection", Json.mapper().createObjectNode());
        bench.withObject("/features/channel/properties").put("state", "running");
        ObjectNode entries = ditto.document(POLICY).withObject("/entries");
        entries.withObject("/viewer/resources").remove("thing:/");
        entries.set("auditor", entries.path("viewer").deepCopy());
        ditto.writes.clear();

        List<Change> changes = apply(false);

        assertThat(changes)
                .extracting(Change::path)
                .containsExactly(POLICY + "/entries/viewer", BENCH + "/attributes/speed");
        assertThat(changes.getLast().inOneLine()).isEqualTo("~ " + BENCH + "/attributes/speed: 300 -> 600.0");
        assertThat(ditto.writes)
                .containsExactlyElementsOf(changes.stream().map(Change::path).toList());
        assertThat(ditto.document(POLICY).at("/entries/auditor").isObject()).isTrue();
        assertThat(ditto.document(BENCH).at("/attributes/room").asText()).isEqualTo("B 12");
        assertThat(ditto.document(BENCH)
                        .at("/features/channel/properties/state")
                        .asText())
                .isEqualTo("running");
        assertThat(ditto.document(BENCH).at("/features/connection").isObject()).isTrue();
    }

    @Test
    void numbersAndRightsAreComparedByMeaning() {
        apply(false);
        ditto.document(BENCH).withObject("/attributes").put("speed", 600);
        ditto.document(POLICY)
                .withObject("/entries/service/resources")
                .withObject("/thing:~1")
                .withArray("grant")
                .removeAll()
                .add("WRITE")
                .add("READ");
        assertThat(apply(true)).isEmpty();
    }

    @Test
    void putsBackAFeatureThatIsGone() {
        apply(false);
        ditto.document(BENCH).withObject("/features").remove("channel");
        assertThat(apply(false)).extracting(Change::path).containsExactly(BENCH + "/features/channel");
    }

    @Test
    void connectionsAreAppliedOnTheirOwnAndOnlyWithTheirValues() {
        assertThat(applyConnections(HONO)).extracting(Change::path).containsExactly("/connections/hono");
        assertThat(ditto.document("/connections/hono")
                        .at("/specificConfig/honoTenantId")
                        .asText())
                .isEqualTo("lab");
        ditto.document("/connections/hono").put("clientCount", 1);
        assertThat(applyConnections(HONO)).isEmpty();
        ditto.document("/connections/hono").put("connectionStatus", "closed");
        assertThat(applyConnections(HONO)).hasSize(1);
    }

    @Test
    void aPasswordIsWrittenButNeverShown() {
        Map<String, String> values = Map.of("lims.broker.uri", "ssl://twin:top-secret@broker:8883");
        assertThat(applyConnections(values)).extracting(Change::path).containsExactly("/connections/lims-broker");
        ObjectNode stored = ditto.document("/connections/lims-broker");
        assertThat(stored.path("uri").asText()).contains("top-secret");
        assertThat(stored.has("ca")).isFalse();
        // As Ditto reads it out.
        stored.put("uri", "ssl://twin:*****@broker:8883");
        assertThat(applyConnections(values)).isEmpty();
        stored.put("name", "other");
        assertThat(applyConnections(values))
                .singleElement()
                .satisfies(change ->
                        assertThat(change.inOneLine()).contains("twin:*****@").doesNotContain("top-secret"));
    }

    @Test
    void saysWhyItFailed() throws IOException {
        assertThat(failure(ditto.address(), "nonsense").code()).isEqualTo("ditto.unauthorized");
        Failure forbidden = failure(ditto.address(), SmallDitto.VIEWER);
        assertThat(forbidden.code()).isEqualTo("ditto.forbidden");
        assertThat(forbidden.cause()).contains(POLICY, "You have no permission");
        ditto.unavailableFor(1);
        Failure busy = failure(ditto.address(), SmallDitto.SERVICE);
        assertThat(busy.code()).isEqualTo("ditto.unavailable");
        assertThat(busy.retryHelps()).isTrue();

        int freePort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = socket.getLocalPort();
        }
        Failure nobody = failure(URI.create("http://127.0.0.1:" + freePort), SmallDitto.SERVICE);
        assertThat(nobody.code()).isEqualTo("ditto.unreachable");
        assertThat(nobody.retryHelps()).isTrue();
    }

    private List<Change> apply(boolean dryRun) {
        return DittoConfiguration.apply(ditto.address(), () -> SmallDitto.SERVICE, dryRun)
                .orThrow();
    }

    private List<Change> applyConnections(Map<String, String> values) {
        return DittoConfiguration.applyConnections(ditto.address(), () -> "Basic " + SmallDitto.SERVICE, values, false)
                .orThrow();
    }

    private static Failure failure(URI address, String token) {
        Outcome<List<Change>> outcome = DittoConfiguration.apply(address, () -> token, false);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<List<Change>>) outcome).failure();
    }
}
