package org.voltwin.standalone.ditto.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Signing in, addresses and headers as Ditto's own system tests expect them. */
class GatewayConformanceIT {
    @TestFactory
    Stream<DynamicTest> gateway() {
        return Scenario.in("gateway");
    }
}
