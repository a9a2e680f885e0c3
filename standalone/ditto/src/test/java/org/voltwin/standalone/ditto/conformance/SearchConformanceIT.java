package org.voltwin.standalone.ditto.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Search over HTTP as Ditto's own system tests expect it; see {@code search.txt}. */
class SearchConformanceIT {
    @TestFactory
    Stream<DynamicTest> searches() {
        return Scenario.in("search");
    }
}
