package org.voltwin.standalone.ditto.conformance;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What Ditto's own system tests expect of entity tags, {@code If-Match}, {@code If-None-Match} and conditions. */
final class ConditionsConformanceIT {
    private static final String THING = "let root = {t}\nlet rootBody = {}";
    private static final String POLICY = """
            let root = {p}
            let all = {"grant":["READ","WRITE"],"revoke":[]}
            let owner = {"subjects":{"ditto:owner":{"type":"t"}},"resources":{"policy:/":{all}}}
            let rootBody = {"entries":{"owner":{owner}}}
            let need = {p}/entries/unrelated
            let needed = {"subjects":{"ditto:unrelated":{"type":"t"}},"resources":{}}
            """;
    private static final String NEEDS_NOTHING = "let need = {t}/definition\nlet needed = \"a:b:1\"";

    private static final Map<String, String> PARTS_OF_THINGS = Map.of(
            "attribute",
            NEEDS_NOTHING + "\nlet part = /attributes/a\nlet v1 = 1\nlet v2 = 2\nlet v3 = 3",
            "attributes",
            NEEDS_NOTHING + "\nlet part = /attributes\nlet v1 = {\"a\":1}\nlet v2 = {\"a\":2}\nlet v3 = {\"a\":3}",
            "features",
            NEEDS_NOTHING + """

                    let part = /features
                    let v1 = {"f":{"definition":["ns:f:1"],"properties":{"k":1}}}
                    let v2 = {"f":{"definition":["ns:f:1"],"properties":{"k":2}}}
                    let v3 = {"f":{"definition":["ns:f:1"],"properties":{"k":3}}}""",
            "feature",
            NEEDS_NOTHING + """

                    let part = /features/f
                    let v1 = {"definition":["ns:f:1"],"properties":{"k":1}}
                    let v2 = {"definition":["ns:f:1"],"properties":{"k":2}}
                    let v3 = {"definition":["ns:f:1"],"properties":{"k":3}}""",
            "definition of a feature",
            """
                    let need = {t}/features/f
                    let needed = {"properties":{"k":1337}}
                    let part = /features/f/definition
                    let v1 = ["ns:f:1"]
                    let v2 = ["ns:f:2"]
                    let v3 = ["ns:f:3"]""",
            "properties",
            """
                    let need = {t}/features/f
                    let needed = {"definition":["ns:f:1"]}
                    let part = /features/f/properties
                    let v1 = {"k":1}
                    let v2 = {"k":2}
                    let v3 = {"k":3}""",
            "property",
            """
                    let need = {t}/features/f
                    let needed = {"definition":["ns:f:1"]}
                    let part = /features/f/properties/k
                    let v1 = "a"
                    let v2 = "b"
                    let v3 = "c\"""");

    private static final Map<String, String> PARTS_OF_POLICIES = Map.of(
            "entry",
            """
                    let part = /entries/more
                    let v1 = {"subjects":{"ditto:other":{"type":"t"}},"resources":{"thing:/":{all}}}
                    let v2 = {"subjects":{"ditto:other":{"type":"u"}},"resources":{"thing:/":{all}}}""",
            "subject",
            "let part = /entries/owner/subjects/ditto:other\nlet v1 = {\"type\":\"t\"}\nlet v2 = {\"type\":\"u\"}",
            "resource",
            """
                    let part = /entries/owner/resources/thing:%2Fa
                    let v1 = {"grant":["READ"],"revoke":[]}
                    let v2 = {all}""");

    private static final Map<String, String> ALWAYS_THERE = Map.of(
            "policy id of a thing",
            THING + """

                    let need = /policies/{y}
                    let all = {"grant":["READ","WRITE"],"revoke":[]}
                    let needed = {"entries":{"owner":{"subjects":{"ditto:owner":{"type":"t"}},\
                    "resources":{"policy:/":{all},"thing:/":{all}}}}}
                    let part = /policyId
                    let v2 = "{y}\"""",
            "entries",
            POLICY + "let part = /entries\nlet v2 = {\"owner\":{owner}}",
            "subjects",
            POLICY + """
                    let part = /entries/owner/subjects
                    let v2 = {"ditto:owner":{"type":"t"},"ditto:other":{"type":"t"}}""",
            "resources",
            POLICY + "let part = /entries/owner/resources\nlet v2 = {\"policy:/\":{all},\"thing:/\":{all}}");

    @TestFactory
    Stream<DynamicTest> wholeThings() {
        return Scenario.in(
                "things/conditional-root",
                "let root = {t}",
                "let v1 = {\"attributes\":{\"a\":1}}",
                "let v2 = {\"attributes\":{\"a\":2}}");
    }

    @TestFactory
    Stream<DynamicTest> wholePolicies() {
        return Scenario.in(
                "things/conditional-root", (POLICY + "let v1 = {rootBody}\nlet v2 = {rootBody}").split("\n"));
    }

    @TestFactory
    Stream<DynamicContainer> partsOfThings() {
        return each(PARTS_OF_THINGS, THING + "\n", "things/conditional-part");
    }

    @TestFactory
    Stream<DynamicContainer> mergedPartsOfThings() {
        return each(PARTS_OF_THINGS, THING + "\n", "things/conditional-patch");
    }

    @TestFactory
    Stream<DynamicContainer> partsOfPolicies() {
        return each(PARTS_OF_POLICIES, POLICY, "things/conditional-part");
    }

    @TestFactory
    Stream<DynamicContainer> partsThatAreAlwaysThere() {
        return each(ALWAYS_THERE, "", "things/conditional-always");
    }

    @TestFactory
    Stream<DynamicTest> conditions() {
        return Scenario.in("things/condition");
    }

    private static Stream<DynamicContainer> each(Map<String, String> parts, String before, String resource) {
        return parts.entrySet().stream()
                .map(part -> DynamicContainer.dynamicContainer(
                        part.getKey(), Scenario.in(resource, (before + part.getValue()).split("\n"))));
    }
}
