package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What Ditto's own system tests expect of things and their parts over HTTP. */
final class ThingsConformanceIT {
    /** Ditto's default. */
    private static final int MAX_THING_BYTES = 100 * 1024;

    @TestFactory
    Stream<DynamicTest> attributes() {
        return Scenario.in("things/attributes");
    }

    @TestFactory
    Stream<DynamicTest> featureDefinition() {
        return Scenario.in("things/feature-definition");
    }

    @TestFactory
    Stream<DynamicTest> featureProperties() {
        return Scenario.in("things/feature-properties", "let props = properties");
    }

    @TestFactory
    Stream<DynamicTest> featureDesiredProperties() {
        return Scenario.in("things/feature-properties", "let props = desiredProperties");
    }

    @TestFactory
    Stream<DynamicTest> features() {
        return Scenario.in("things/features");
    }

    @TestFactory
    Stream<DynamicTest> things() {
        return Scenario.in("things/things");
    }

    @TestFactory
    Stream<DynamicTest> merge() {
        return Scenario.in("things/merge");
    }

    @TestFactory
    Stream<DynamicTest> metadata() {
        return Scenario.in("things/metadata");
    }

    @TestFactory
    Stream<DynamicTest> definitionAndHistory() {
        return Scenario.in("things/definition");
    }

    @TestFactory
    Stream<DynamicTest> migration() {
        return Scenario.in("things/migrate");
    }

    @TestFactory
    Stream<DynamicTest> sizes() {
        String filler = "a".repeat(MAX_THING_BYTES);
        return Scenario.in(
                "things/sizes",
                "let filler = " + filler,
                "let almost = " + filler.substring(150),
                "let rest = " + "b".repeat(150),
                "let header = " + "x".repeat(6_000));
    }

    /** The list of all their ids makes a request line of 10 kB. */
    @Test
    void twoHundredThingsAtOnce() {
        var owner = SharedDitto.get().as("owner");
        String run = UUID.randomUUID().toString();
        List<String> ids = IntStream.range(0, 200)
                .mapToObj(i -> "org.conform:the_thing_" + i + "_" + run)
                .toList();
        assertThat(ids.parallelStream()
                        .map(id -> owner.put("/api/2/things/" + id, "{}").status()))
                .containsOnly(201);

        var all = owner.get("/api/2/things?ids=" + String.join(",", ids));

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.json().asArray())
                .extracting(thing ->
                        thing.asObject().getValue("thingId").orElseThrow().asString())
                .containsExactlyElementsOf(ids);
    }
}
