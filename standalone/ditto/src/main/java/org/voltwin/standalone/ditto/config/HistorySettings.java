package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;

/**
 * How much of the past is kept.
 *
 * @param retention how long changes are kept at least: the longer of {@code
 *     ditto.things.thing.cleanup.history-retention-duration} and that of policies, because both are in one journal;
 *     all of it where cleanup is not enabled
 * @param maxBytes of the journals and snapshots together; when there is more, less is kept
 * @param thingHeaders headers of commands that are kept with the changes of things
 * @param policyHeaders headers of commands that are kept with the changes of policies
 */
public record HistorySettings(
        Duration retention, long maxBytes, List<String> thingHeaders, List<String> policyHeaders) {
    private static final Duration FOREVER = Duration.ofDays(365_000);
    private static final String HEADERS = "event.historical-headers-to-persist";

    static HistorySettings of(Config ditto) {
        Config thing = ditto.getConfig("things.thing");
        Config policy = ditto.getConfig("policies.policy");
        Duration things = retention(thing.getConfig("cleanup"));
        Duration policies = retention(policy.getConfig("cleanup"));
        return new HistorySettings(
                things.compareTo(policies) > 0 ? things : policies,
                ditto.getBytes("standalone.history.max-size"),
                List.copyOf(thing.getStringList(HEADERS)),
                List.copyOf(policy.getStringList(HEADERS)));
    }

    private static Duration retention(Config cleanup) {
        return cleanup.getBoolean("enabled") ? cleanup.getDuration("history-retention-duration") : FOREVER;
    }
}
