package org.voltwin.twin;

import java.util.List;
import java.util.function.Supplier;
import org.voltwin.twin.hono.HonoConfiguration;

/**
 * What the room needs to know.
 *
 * @param dittoUrl {@code http://localhost:8080}
 * @param dittoWebSocketUrl {@code ws://localhost:8080}
 * @param accessToken gives a bearer token of the role service that is still valid; may block
 * @param hono Hono's Kafka
 * @param mongoUri {@code mongodb://localhost:27017}
 * @param mongoDatabase {@code voltwin}
 * @param resultTopics topic filters on the LIMS broker that the collector takes results from
 */
public record TwinConfig(
        String dittoUrl,
        String dittoWebSocketUrl,
        Supplier<String> accessToken,
        HonoConfiguration hono,
        String mongoUri,
        String mongoDatabase,
        List<String> resultTopics) {
    /** Where virtual benches and others send results. */
    public static final List<String> RESULT_TOPICS = List.of("LIMS/metrics/+/simulation_metrics", "/test-results");

    public TwinConfig {
        resultTopics = List.copyOf(resultTopics);
    }

    @Override
    public String toString() {
        return "TwinConfig[" + dittoUrl + ", " + hono + ", database " + mongoDatabase + "]";
    }
}
