package org.voltwin.standalone.ditto.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What Ditto's own system tests expect of things and their parts over HTTP. */
final class ThingsConformanceIT {
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
}
