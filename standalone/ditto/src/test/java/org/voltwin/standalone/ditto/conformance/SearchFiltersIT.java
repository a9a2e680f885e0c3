package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.voltwin.standalone.ditto.RunningDitto;

/** What each filter and order finds, from the table {@code search-filters.txt}; the filters are written as Ditto's own model does. */
class SearchFiltersIT {
    private static final String NAMESPACE = "org.conform.search.";
    private static final RunningDitto.Client OWNER = SharedDitto.get().as("searcher");

    private static List<String> lines() throws IOException {
        try (var in = SearchFiltersIT.class.getResourceAsStream("/conformance/search-filters.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("//"))
                    .toList();
        }
    }

    @BeforeAll
    static void createThings() throws IOException {
        for (String line : lines()) {
            if (line.startsWith("data ")) {
                String[] parts = line.split(" ", 4);
                String thing = parts[1].equals("parts") ? wished(parts[3]) : parts[3];
                var created = OWNER.put(
                        "/api/2/things/" + NAMESPACE + parts[1] + ":" + parts[2],
                        thing,
                        "requested-acks",
                        "search-persisted",
                        "timeout",
                        "30s");
                assertThat(created.status()).as(created.body()).isBetween(200, 299);
            }
        }
    }

    /** What features have is what is wished of them too. */
    private static String wished(String thing) {
        JsonObject json = JsonObject.of(thing);
        JsonObject features = json.getValue("features").orElseThrow().asObject();
        for (var feature : features) {
            JsonObject with = feature.getValue().asObject();
            features = features.setValue(
                    feature.getKey(),
                    with.setValue(
                            "desiredProperties", with.getValue("properties").orElseThrow()));
        }
        return json.setValue("features", features).toString();
    }

    @TestFactory
    Stream<DynamicTest> filtersAndOrders() throws IOException {
        return lines().stream()
                .filter(line -> line.contains(" ;; "))
                .flatMap(line -> line.startsWith("parts ;; ") && line.contains("/properties/")
                        ? Stream.of(line, line.replace("/properties/", "/desiredProperties/"))
                        : Stream.of(line))
                .map(line -> DynamicTest.dynamicTest(line, () -> ask(line)));
    }

    private static void ask(String line) {
        int arrow = line.lastIndexOf(" =>");
        String[] parts = line.substring(0, arrow).split(" ;; ");
        String set = parts[0];
        String option = parts.length == 3 && parts[1].startsWith("sort(") ? parts[1] : "sort(+/thingId)";
        String filter = parts[parts.length - 1];
        var answer = OWNER.get("/api/2/search/things?namespaces=" + NAMESPACE + set + "&fields=thingId&filter="
                + encode(filter) + "&option=" + encode(option));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonObject expected = JsonObject.newBuilder()
                .set(
                        "items",
                        Arrays.stream(line.substring(arrow + 3).strip().split(" "))
                                .filter(name -> !name.isEmpty())
                                .map(name -> JsonObject.newBuilder()
                                        .set("thingId", NAMESPACE + set + ":" + name)
                                        .build())
                                .collect(JsonCollectors.valuesToArray()))
                .set("nextPageOffset", -1)
                .build();
        assertThat(answer.object()).isEqualTo(expected);
        var counted =
                OWNER.get("/api/2/search/things/count?namespaces=" + NAMESPACE + set + "&filter=" + encode(filter));
        assertThat(counted.body())
                .isEqualTo(Integer.toString(
                        expected.getValue("items").orElseThrow().asArray().getSize()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
