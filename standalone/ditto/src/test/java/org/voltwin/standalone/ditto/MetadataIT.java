package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata as Ditto's documentation describes them: relative keys, wildcards, kept with the thing. */
final class MetadataIT {
    private static final String LAMP = """
            {"features":{"lamp":{"properties":{"color":{"r":100,"g":0,"b":255}}}}}""";

    @TempDir
    private static Path folder;

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

    private static String lamp(String name, String... headers) {
        String path = "/api/2/things/org.example:" + name;
        assertThat(alice.put(path, LAMP, headers).status()).isEqualTo(201);
        return path;
    }

    private static JsonValue metadata(String path, String pointer) {
        return alice.get(path + "?fields=_metadata")
                .object()
                .getValue("/_metadata" + pointer)
                .orElse(null);
    }

    @Test
    void aKeyIsRelativeToTheResourceThatIsWritten() throws Exception {
        String path = lamp("relative");

        alice.put(
                path + "/features/lamp/properties/color/r", "42", "put-metadata", "[{\"key\":\"/unit\",\"value\":7}]");

        assertThat(metadata(path, "/features/lamp/properties/color/r/unit")).isEqualTo(JsonValue.of(7));
        assertThat(alice.get(path).object().contains("_metadata")).isFalse();
        ditto.restart();
        assertThat(metadata(path, "/features/lamp/properties/color/r/unit")).isEqualTo(JsonValue.of(7));
    }

    @Test
    void aStarIsEveryLeafOrEveryProperty() {
        String leaves = lamp("leaves", "put-metadata", "[{\"key\":\"*/by\",\"value\":\"x\"}]");
        assertThat(metadata(leaves, "/features/lamp/properties/color/g/by")).isEqualTo(JsonValue.of("x"));
        assertThat(metadata(leaves, "/thingId/by")).isEqualTo(JsonValue.of("x"));
        String properties =
                lamp("properties", "put-metadata", "[{\"key\":\"features/*/properties/*/by\",\"value\":\"x\"}]");
        assertThat(metadata(properties, "/features/lamp/properties/color")).isEqualTo(JsonObject.of("{\"by\":\"x\"}"));

        var tooMuch =
                alice.put(leaves, LAMP, "put-metadata", "[{\"key\":\"features/*/properties/*/*/by\",\"value\":\"x\"}]");

        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.error()).isEqualTo("header.invalid");
    }

    @Test
    void theyAreReadAndDeletedByTheirKeys() {
        String path = lamp("read", "put-metadata", "[{\"key\":\"features/lamp/properties/color/r/by\",\"value\":1}]");

        var read = alice.get(path, "get-metadata", "features/lamp/properties/*/r/by");

        assertThat(JsonObject.of(read.header("ditto-metadata")))
                .isEqualTo(JsonObject.of("{\"features\":{\"lamp\":{\"properties\":{\"color\":{\"r\":{\"by\":1}}}}}}"));
        alice.patch(path + "/features/lamp/properties/color/r", "43", "delete-metadata", "by");
        assertThat(metadata(path, "/features/lamp/properties/color/r")).isEqualTo(JsonObject.empty());
    }

    @Test
    void theyGoWithTheirValueAndStayOtherwise() {
        String path = lamp("gone", "put-metadata", "[{\"key\":\"features/lamp/properties/color/r/by\",\"value\":1}]");
        alice.put(path + "/attributes", "{\"a\":1}");
        assertThat(metadata(path, "/features/lamp/properties/color/r/by")).isEqualTo(JsonValue.of(1));

        alice.delete(path + "/features/lamp/properties/color");

        assertThat(metadata(path, "")).isEqualTo(JsonObject.of("{\"features\":{\"lamp\":{\"properties\":{}}}}"));
    }

    @Test
    void contradictingRequestsAreRefused() {
        String path = lamp("conflict");
        var both = alice.get(path, "get-metadata", "a", "delete-metadata", "b");
        assertThat(both.error()).isEqualTo("things:metadata.headersconflict");
        var inline = JsonObject.of(LAMP)
                .setValue("_metadata", JsonObject.of("{\"features\":{}}"))
                .toString();
        var twice = alice.put(path, inline, "put-metadata", "[{\"key\":\"a\",\"value\":1}]");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.error()).isEqualTo("things:metadata.notmodifiable");
    }

    @Test
    void whoMayNotReadTheThingAsAWholeSeesNone() {
        String path = lamp("seen", "put-metadata", "[{\"key\":\"features/lamp/properties/color/r/by\",\"value\":1}]");
        alice.put(path.replace("things", "policies") + "/entries/partial", """
                {"subjects":{"test:bob":{"type":"test"}},
                 "resources":{"thing:/features/lamp":{"grant":["READ"],"revoke":[]}}}""");
        var bob = ditto.as("bob");

        assertThat(bob.get(path + "?fields=features,_metadata").object().contains("_metadata"))
                .isFalse();
        assertThat(bob.get(path, "get-metadata", "features/lamp/properties/color/r/by")
                        .header("ditto-metadata"))
                .isEqualTo("{}");
    }
}
