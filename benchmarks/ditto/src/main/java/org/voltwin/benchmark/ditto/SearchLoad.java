package org.voltwin.benchmark.ditto;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Searches over many things, one after another. */
final class SearchLoad {
    private static final int REPETITIONS = 60;

    private final Target target;
    private final Things things;
    private final Report report;

    SearchLoad(Target target, Things things, Report report) {
        this.target = target;
        this.things = things;
        this.report = report;
    }

    void measure(String suffix) {
        String sorted = "&option=sort(-features/thermal/properties/temperatureCelsius),size(25)";
        search("search-first-time" + suffix, 1, 0, sorted);
        search("search-sorted-wide" + suffix, REPETITIONS, 0, sorted);
        search("search-sorted-narrow" + suffix, REPETITIONS, 1, sorted);
        search("search-unsorted" + suffix, REPETITIONS, 0, "");
        searchable();
    }

    /** @param kind 0: half of all things match; 1: one in a thousand */
    private void search(String name, int repetitions, int kind, String option) {
        var latencies = new Latencies();
        long failures = 0;
        long start = System.nanoTime();
        for (int i = 0; i < repetitions; i++) {
            String filter = kind == 0
                    ? "and(eq(attributes/level,\"cell\"),gt(features/state/properties/stateOfChargeFraction,0.5))"
                    : "and(eq(attributes/generation,\"GEN3B\"),eq(features/state/properties/stateOfChargeFraction,0."
                            + (100 + i) + "))";
            long before = System.nanoTime();
            var answer = Target.await(target.send(
                    HttpMethod.GET,
                    "/api/2/search/things?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8) + option,
                    ""));
            latencies.add(System.nanoTime() - before);
            if (answer.status() != 200 || !answer.body().toString().startsWith("{\"items\":[{")) {
                failures++;
                System.err.println(answer.status() + " " + answer.body());
            }
        }
        report.rate(name, repetitions * 1e9 / (System.nanoTime() - start), latencies, failures);
    }

    /** From a change's acknowledgement until a search finds it. */
    private void searchable() {
        var latencies = new Latencies();
        for (int i = 0; i < 10; i++) {
            String mark = "mark-" + i;
            Target.await(target.send(
                    HttpMethod.PUT,
                    "/api/2/things/" + things.id(i) + "/attributes/mark",
                    new JsonObject().put("m", mark).encode()));
            long before = System.nanoTime();
            String path = "/api/2/search/things/count?filter="
                    + URLEncoder.encode("eq(attributes/mark/m,\"" + mark + "\")", StandardCharsets.UTF_8);
            while (!Target.await(target.send(HttpMethod.GET, path, ""))
                    .body()
                    .toString()
                    .equals("1")) {
                Thread.onSpinWait();
            }
            latencies.add(System.nanoTime() - before);
        }
        report.value("searchable-after", "ms", latencies.millisAt(0.5));
    }
}
