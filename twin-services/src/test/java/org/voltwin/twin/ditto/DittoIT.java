package org.voltwin.twin.ditto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import org.voltwin.twin.process.DittoProcess;
import org.voltwin.twin.process.Tokens;

/** Against the Ditto that one machine runs. */
final class DittoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static Tokens tokens;
    private static DittoProcess ditto;
    private static DittoHttp twins;

    @BeforeAll
    static void start() throws Exception {
        tokens = new Tokens();
        ditto = new DittoProcess(folder, tokens);
        ditto.start();
        ditto.createPolicy();
        twins = new DittoHttp(ditto.url(), tokens);
    }

    @AfterAll
    static void stop() throws Exception {
        if (ditto != null) {
            ditto.close();
        }
        if (tokens != null) {
            tokens.close();
        }
    }

    private static ObjectNode thing(String stage) {
        ObjectNode thing = Json.mapper().createObjectNode();
        thing.put("policyId", "org.voltwin:lab");
        thing.put("definition", "org.voltwin:test-run:1.0.0");
        thing.putObject("attributes").put("stage", stage);
        return thing;
    }

    @Test
    void createsOnceAndChangesOnlyFromTheRightStage() {
        TwinId id = TwinId.of("org.voltwin:run-1");
        assertThat(twins.thing(id)).isEmpty();
        assertThat(twins.createIfAbsent(id, thing("requested"))).isTrue();
        assertThat(twins.createIfAbsent(id, thing("other"))).isFalse();

        ObjectNode patch = Json.mapper().createObjectNode();
        patch.putObject("attributes").put("stage", "modelled");
        Optional<String> fromRequested = Optional.of("eq(attributes/stage,\"requested\")");
        assertThat(twins.merge(id, patch, fromRequested)).isTrue();
        assertThat(twins.merge(id, patch, fromRequested)).isFalse();
        assertThat(twins.merge(TwinId.of("org.voltwin:run-none"), patch, Optional.empty()))
                .isFalse();

        JsonNode now = twins.thing(id).orElseThrow();
        assertThat(now.at("/attributes/stage").asText()).isEqualTo("modelled");
        assertThat(now.path("_revision").asLong()).isEqualTo(2);
        assertThat(twins.things(Set.of(id, TwinId.of("org.voltwin:run-none")))).hasSize(1);
    }

    @Test
    void contentThatDittoDoesNotTakeIsRefusedForGood() {
        TwinId id = TwinId.of("org.voltwin:run-refused");
        twins.createIfAbsent(id, thing("requested"));
        ObjectNode patch = Json.mapper().createObjectNode();
        patch.putObject("attributes").put("seconds/cell", 1);

        assertThatThrownBy(() -> twins.merge(id, patch, Optional.empty()))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.failure().code()).isEqualTo("twin.refused");
                    assertThat(e.failure().retryHelps()).isFalse();
                    assertThat(e.failure().cause()).contains("seconds/cell");
                });
    }

    @Test
    void searchesPageByPage() {
        for (int i = 0; i < 230; i++) {
            twins.createIfAbsent(TwinId.of("org.voltwin:page-" + i), thing("requested"));
        }
        List<String> found = new ArrayList<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            found.clear();
            twins.search(
                    "like(thingId,\"org.voltwin:page-*\")",
                    thing -> found.add(thing.path("thingId").asText()));
            assertThat(found).hasSize(230).doesNotHaveDuplicates();
        });
    }

    @Test
    void mirrorFollowsChangesAlsoAfterDittoWasKilled() throws Exception {
        TwinId id = TwinId.of("org.voltwin:run-mirror");
        twins.createIfAbsent(id, thing("requested"));
        try (TwinMirror mirror = new TwinMirror(twins, new DittoChangeFeed(ditto.webSocketUrl(), tokens))) {
            mirror.start();
            await().atMost(PATIENCE).until(() -> mirror.isSynced() && mirror.hasEvents());
            assertThat(stage(mirror, id)).isEqualTo("requested");

            move(id, "modelled");
            long begun = System.nanoTime();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> stage(mirror, id).equals("modelled"));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));

            ditto.kill();
            await().atMost(PATIENCE).until(() -> !mirror.hasEvents());
            ditto.start();
            move(id, "delivered");
            await().atMost(PATIENCE)
                    .until(() -> mirror.hasEvents() && stage(mirror, id).equals("delivered"));
            move(id, "validated");
            await().atMost(PATIENCE).until(() -> stage(mirror, id).equals("validated"));
        }
    }

    private static void move(TwinId id, String stage) {
        ObjectNode patch = Json.mapper().createObjectNode();
        patch.putObject("attributes").put("stage", stage);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> twins.merge(id, patch, Optional.empty()));
    }

    private static String stage(TwinMirror mirror, TwinId id) {
        return mirror.thing(id)
                .map(thing -> thing.at("/attributes/stage").asText())
                .orElse("");
    }
}
