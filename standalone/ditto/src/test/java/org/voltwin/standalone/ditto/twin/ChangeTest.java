package org.voltwin.standalone.ditto.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonMergePatch;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChangeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.000001Z");
    private static final String THING = """
            {"thingId":"a:b","attributes":{"x":{"y":1,"z":[1,2]},"n":null,"s":"text"},
             "features":{"f":{"properties":{"p":{"q":1,"r":2}}},"none":null},
             "_revision":4,"_created":"2026-01-01T00:00:00Z","_modified":"2026-01-02T00:00:00Z",
             "_metadata":{"attributes":{"s":{"m":1}}}}""";

    private static Change change(Change.Action action, String path, String value) {
        return new Change(EntityKind.THING, "a:b", 5, NOW, action, JsonPointer.of(path), JsonFactory.readFrom(value));
    }

    /** Against a merge patch of the whole thing: RFC 7396 as Ditto's library has it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/attributes/s | 5",
                "/attributes/s | null",
                "/attributes/s | {\"deep\":{\"a\":null,\"b\":1}}",
                "/attributes/n | 7",
                "/attributes/n/inside | 7",
                "/attributes/s/inside | 7",
                "/attributes/x | {\"y\":null,\"new\":{\"a\":1}}",
                "/attributes/x | {}",
                "/attributes/x/z | [3]",
                "/attributes/x/z/0 | 3",
                "/attributes/x/y | 2",
                "/attributes/x/missing | null",
                "/attributes/x/missing | {\"a\":null}",
                "/attributes/new/way/down | true",
                "/features/f/properties/p/q | 9.5",
                "/features/f/properties/p | {\"q\":null}",
                "/features/f/properties/p | {\"{{ /q.*/ }}\":null,\"t\":1}",
                "/features/none/properties/p | 1",
                "/features/other/properties/p | 1",
                "/features | {\"f\":null}",
                "/policyId | \"a:c\""
            })
    void mergesAtAPathAsAPatchOfTheWholeThingWould(String path, String value) {
        JsonObject before = JsonObject.of(THING);
        JsonObject patch = JsonObject.empty().setValue(JsonPointer.of(path), JsonFactory.readFrom(value));
        JsonObject expected = JsonMergePatch.of(patch)
                .applyOn(before)
                .asObject()
                .setValue("_revision", 5)
                .setValue("_modified", NOW.toString());
        assertThat(change(Change.Action.MERGED, path, value).applyTo(before)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/attributes/s | 5",
                "/attributes/x | {\"y\":null}",
                "/attributes/new/way/down | true",
                "/attributes/x/y | null",
                "/features/f/properties/p/q | {\"a\":{}}",
                "/definition | \"a:b:1\""
            })
    void putsAtAPath(String path, String value) {
        JsonObject before = JsonObject.of(THING);
        JsonObject expected = before.setValue(JsonPointer.of(path), JsonFactory.readFrom(value))
                .setValue("_revision", 5)
                .setValue("_modified", NOW.toString());
        assertThat(change(Change.Action.MODIFIED, path, value).applyTo(before)).isEqualTo(expected);
    }

    /** The models have more than one JSON null: that of a feature's definition is an array. */
    @Test
    void everyKindOfNullTakesAway() {
        JsonObject before = JsonObject.of("{\"features\":{\"f\":{\"definition\":[\"a:b:1\"],\"properties\":{}}}}");
        for (JsonValue none : List.of(JsonFactory.nullLiteral(), JsonFactory.nullArray(), JsonFactory.nullObject())) {
            var change = new Change(
                    EntityKind.THING,
                    "a:b",
                    5,
                    NOW,
                    Change.Action.MERGED,
                    JsonPointer.of("/features/f/definition"),
                    none);
            assertThat(Objects.requireNonNull(change.applyTo(before)).getValue("features/f"))
                    .contains(JsonObject.of("{\"properties\":{}}"));
        }
    }

    @Test
    void aNewThingBeginsNow() {
        JsonObject created = Objects.requireNonNull(
                change(Change.Action.CREATED, "/", "{\"thingId\":\"a:b\"}").applyTo(null));
        assertThat(created)
                .isEqualTo(JsonObject.of("{\"thingId\":\"a:b\",\"_revision\":5,\"_created\":\"" + NOW
                        + "\",\"_modified\":\"" + NOW + "\"}"));
    }

    @Test
    void deletesAPartOrAll() {
        JsonObject before = JsonObject.of(THING);
        JsonObject without = Objects.requireNonNull(
                change(Change.Action.DELETED, "/attributes/x", "null").applyTo(before));
        assertThat(without.getValue("attributes/x")).isEmpty();
        assertThat(without.getValue("attributes/s")).contains(JsonValue.of("text"));
        assertThat(change(Change.Action.DELETED, "/", "null").applyTo(before)).isNull();
    }

    @Test
    void resourceKeysOfAPolicyKeepTheirSlashes() {
        JsonObject before =
                JsonObject.of("{\"policyId\":\"a:p\",\"entries\":{\"l\":{\"subjects\":{},\"resources\":{}}}}");
        var change = new Change(
                EntityKind.POLICY,
                "a:p",
                2,
                NOW,
                Change.Action.CREATED,
                JsonPointer.of("/entries/l/resources/thing:/attributes/a"),
                JsonFactory.readFrom("{\"grant\":[\"READ\"],\"revoke\":[]}"));
        JsonObject resources = Objects.requireNonNull(change.applyTo(before))
                .getValue("entries/l/resources")
                .orElseThrow()
                .asObject();
        assertThat(resources.getKeys()).hasToString("[thing:/attributes/a]");
    }

    @Test
    void comesBackFromTheJournalAsItWas() {
        Change plain = change(Change.Action.MERGED, "/attributes/a~1b", "{\"t\":\"quote \\\" and \\u0001 ü\"}");
        Change whole = new Change(
                EntityKind.THING,
                "a:\"odd\\",
                6,
                NOW,
                Change.Action.MODIFIED,
                JsonPointer.empty(),
                JsonObject.of(THING),
                JsonObject.of("{\"m\":1}"),
                JsonObject.of("{\"correlation-id\":\"c\"}"));
        String record = new String(Change.encode(List.of(plain, whole)), StandardCharsets.UTF_8);
        assertThat(JsonFactory.newArray(record).stream().map(json -> Change.fromJson(json.asObject())))
                .containsExactly(plain, whole);
    }
}
