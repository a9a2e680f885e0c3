package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Of searches.
 *
 * @param defaultPageSize how many things are on a page unless the search says
 * @param maxPageSize how many may be
 * @param idleTimeout after which a search over WebSocket ends when nobody asks for more
 * @param throttled whether a search sends at most {@code limit} things in each {@code interval} as server-sent events
 */
public record SearchSettings(
        int defaultPageSize, int maxPageSize, Duration idleTimeout, boolean throttled, Duration interval, int limit) {
    static SearchSettings of(Config ditto) {
        Config limits = ditto.getConfig("limits.things-search");
        Config streaming = ditto.getConfig("gateway.streaming");
        return new SearchSettings(
                limits.getInt("default-page-size"),
                limits.getInt("max-page-size"),
                streaming.getDuration("search-idle-timeout"),
                streaming.getBoolean("sse.throttling.enabled"),
                streaming.getDuration("sse.throttling.interval"),
                streaming.getInt("sse.throttling.limit"));
    }
}
