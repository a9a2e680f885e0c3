package org.voltwin.benchmark.ditto;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Prints each measurement when it is done, and all of them as JSON. */
final class Report {
    private final JsonObject all = new JsonObject();

    void heading() {
        System.out.printf("%-28s %-44s %s%n", "measurement", "here", "real Ditto 3.9.6");
    }

    void rate(String name, double perSecond, Latencies latencies, long failures) {
        var values = new JsonObject()
                .put("perSecond", round(perSecond))
                .put("p50Millis", round(latencies.millisAt(0.5)))
                .put("p95Millis", round(latencies.millisAt(0.95)))
                .put("p99Millis", round(latencies.millisAt(0.99)))
                .put("failures", failures);
        line(
                name,
                String.format(
                        Locale.ROOT,
                        "%.0f/s, p50 %.2f p95 %.2f p99 %.2f ms%s",
                        perSecond,
                        latencies.millisAt(0.5),
                        latencies.millisAt(0.95),
                        latencies.millisAt(0.99),
                        failures == 0 ? "" : ", " + failures + " FAILED"),
                values);
    }

    void value(String name, String unit, double value) {
        line(name, String.format(Locale.ROOT, "%.2f %s", value, unit), new JsonObject().put(unit, round(value)));
    }

    private void line(String name, String text, JsonObject values) {
        all.put(name, values.put("realDitto", Reference.of(name)));
        System.out.printf("%-28s %-44s %s%n", name, text, Reference.of(name));
    }

    private static double round(double value) {
        return Double.isNaN(value) ? -1 : Math.round(value * 100) / 100.0;
    }

    JsonObject json() {
        return all;
    }
}
