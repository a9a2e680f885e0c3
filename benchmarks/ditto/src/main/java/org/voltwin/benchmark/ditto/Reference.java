package org.voltwin.benchmark.ditto;

import java.util.Map;

/**
 * What Eclipse Ditto 3.9.6 did on the same two cores with the client beside it, warm. Source: the project's issue 3,
 * "Numbers"; rates per second, latencies in milliseconds.
 */
final class Reference {
    private static final Map<String, String> REAL_DITTO = Map.ofEntries(
            Map.entry("put-property-1", "126/s, p50 6.2 ms"),
            Map.entry("put-property-8", "370/s, p50 20 ms"),
            Map.entry("put-property-32", "523/s, p50 55 ms"),
            Map.entry("get-thing-1", "247/s"),
            Map.entry("get-thing-8", "573/s"),
            Map.entry("get-thing-32", "1209/s"),
            Map.entry("ws-merge-acknowledged", "633/s"),
            Map.entry("ws-merge-without-response", "845/s"),
            Map.entry("fan-out-200", "p50 6.5 ms, p99 36 ms"),
            Map.entry("searchable-after", "1040 ms"),
            Map.entry("start-empty", "21 s"),
            Map.entry("memory", "1.4 GB fresh, 3 GB at the end"));

    private Reference() {}

    /** Empty where nothing was measured. */
    static String of(String measurement) {
        return REAL_DITTO.getOrDefault(measurement, "");
    }
}
