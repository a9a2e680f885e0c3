package org.voltwin.config.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** Answers by hand, from the rules in Ditto's documentation: rights are inherited downwards, the specific one wins. */
class EffectiveAccessTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String OWNER = """
            "owner":{"subjects":{"a:owner":{"type":"t"}},"resources":{
              "thing:/":{"grant":["READ","WRITE"],"revoke":[]},"policy:/":{"grant":["READ","WRITE"],"revoke":[]}}}""";

    private static final String OBSERVER = """
            "observer":{"subjects":{"a:observer":{"type":"t"}},"resources":{
              "thing:/features":{"grant":["READ"],"revoke":[]},
              "thing:/features/secret":{"grant":[],"revoke":["READ"]},
              "thing:/features/secret/properties/open":{"grant":["READ"],"revoke":[]}}}""";

    @Test
    void theMoreSpecificEntryWins() {
        EffectiveAccess access = access(OWNER + "," + OBSERVER);
        assertThat(read(access, "a:owner", "thing:/features/secret")).isEqualTo(Extent.ALL);
        assertThat(read(access, "a:observer", "thing:/")).isEqualTo(Extent.PARTIAL);
        assertThat(read(access, "a:observer", "thing:/features")).isEqualTo(Extent.PARTIAL);
        assertThat(read(access, "a:observer", "thing:/features/state")).isEqualTo(Extent.ALL);
        assertThat(read(access, "a:observer", "thing:/features/secret/properties/closed"))
                .isEqualTo(Extent.NONE);
        assertThat(read(access, "a:observer", "thing:/features/secret/properties/open"))
                .isEqualTo(Extent.ALL);
        assertThat(read(access, "a:observer", "policy:/")).isEqualTo(Extent.NONE);
        assertThat(read(access, "a:stranger", "thing:/")).isEqualTo(Extent.NONE);
    }

    @Test
    void entriesThatSaySoAreNamed() {
        assertThat(access(OWNER + "," + OBSERVER)
                        .mentions(List.of("a:observer"), "thing:/features/secret/properties/closed", "READ"))
                .containsExactly(
                        new Mention("observer", "a:observer", "thing:/features/secret", false),
                        new Mention("observer", "a:observer", "thing:/features", true));
    }

    @Test
    void expiredSubjectsDoNotCount() {
        String guest = """
                "guest":{"subjects":{"a:guest":{"type":"t","expiry":"%s"}},"resources":{
                  "thing:/":{"grant":["READ"],"revoke":[]}}}""";
        assertThat(read(access(guest.formatted("2025-12-31T23:59:59Z")), "a:guest", "thing:/"))
                .isEqualTo(Extent.NONE);
        assertThat(read(access(guest.formatted("2026-01-01T00:00:01Z")), "a:guest", "thing:/"))
                .isEqualTo(Extent.ALL);
    }

    @Test
    void importedEntriesCount() {
        String importing = """
                {"policyId":"a:p","imports":{"a:base":{}},"entries":{%s}}""".formatted(OWNER);
        String base = """
                {"policyId":"a:base","entries":{%s}}""".formatted(OBSERVER);
        EffectiveAccess access = EffectiveAccess.of(
                        json(importing), id -> id.equals("a:base") ? Optional.of(json(base)) : Optional.empty(), NOW)
                .orThrow();
        assertThat(read(access, "a:observer", "thing:/features/state")).isEqualTo(Extent.ALL);
    }

    @Test
    void onlyImportableEntriesAreImported() {
        String base =
                """
                {"policyId":"a:base","entries":{%s,%s,%s}}""".formatted(reader("asked", "explicit"), reader("unasked", "explicit"), reader("kept", "never"));
        String importing = """
                {"policyId":"a:p","imports":{"a:base":{"entries":["asked","kept"]}},"entries":{%s}}""".formatted(OWNER);
        EffectiveAccess access = EffectiveAccess.of(json(importing), id -> Optional.of(json(base)), NOW)
                .orThrow();
        assertThat(access.subjects()).containsExactly("a:asked", "a:owner");
    }

    private static String reader(String label, String importable) {
        return """
                "%s":{"importable":"%s","subjects":{"a:%s":{"type":"t"}},"resources":{
                  "thing:/":{"grant":["READ"],"revoke":[]}}}""".formatted(label, importable, label);
    }

    @Test
    void whatDittoWouldNotTakeIsRefusedWithItsWords() {
        ObjectNode bad = json("{\"policyId\":\"a:p\",\"entries\":{\"x\":{\"subjects\":{}}}}");
        assertThat(EffectiveAccess.of(bad, id -> Optional.empty(), NOW))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.failure().inOneLine())
                                .contains("resources")
                                .contains("[policy.invalid]"));
    }

    @Test
    void aChangeSaysWhoGainsAndLosesWhat() {
        String later = OBSERVER.replace("\"grant\":[],\"revoke\":[\"READ\"]", "\"grant\":[\"READ\"],\"revoke\":[]");
        assertThat(access(OWNER + "," + OBSERVER).shiftsTo(access(OWNER + "," + later)))
                .containsExactly(
                        new Shift("a:observer", "thing:/features", "READ", Extent.PARTIAL, Extent.ALL),
                        new Shift("a:observer", "thing:/features/secret", "READ", Extent.PARTIAL, Extent.ALL));
    }

    private static EffectiveAccess access(String entries) {
        return EffectiveAccess.of(
                        json("{\"policyId\":\"a:p\",\"entries\":{" + entries + "}}"), id -> Optional.empty(), NOW)
                .orThrow();
    }

    private static ObjectNode json(String text) {
        return Json.read(text.getBytes(UTF_8), ObjectNode.class).orThrow();
    }

    private static Extent read(EffectiveAccess access, String subject, String resource) {
        return access.extent(List.of(subject), resource, "READ");
    }
}
