package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of the past is kept.
 *
 * @param retention how long changes are kept at least: the longest of {@code
 *     ditto.things.thing.cleanup.history-retention-duration} and those of policies and connections, because all are in
 *     one journal; all of it where cleanup is not enabled
 * @param maxBytes of the journals and snapshots together; when there is more, less is kept
 * @param thingHeaders headers of commands that are kept with the changes of things
 * @param policyHeaders headers of commands that are kept with the changes of policies
 * @param connectionHeaders headers of requests that are kept with the changes of connections
 */
public record HistorySettings(
        Duration retention,
        long maxBytes,
        List<String> thingHeaders,
        List<String> policyHeaders,
        List<String> connectionHeaders) {
    private static final Duration FOREVER = Duration.ofDays(365_000);
    private static final String HEADERS = "event.historical-headers-to-persist";

    static HistorySettings of(Config ditto) {
        Config thing = ditto.getConfig("things.thing");
        Config policy = ditto.getConfig("policies.policy");
        Config connection = ditto.getConfig("connectivity.connection");
        return new HistorySettings(
                Stream.of(thing, policy, connection)
                        .map(kind -> retention(kind.getConfig("cleanup")))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                ditto.getBytes("standalone.history.max-size"),
                List.copyOf(thing.getStringList(HEADERS)),
                List.copyOf(policy.getStringList(HEADERS)),
                List.copyOf(connection.getStringList(HEADERS)));
    }

    private static Duration retention(Config cleanup) {
        return cleanup.getBoolean("enabled") ? cleanup.getDuration("history-retention-duration") : FOREVER;
    }
}
