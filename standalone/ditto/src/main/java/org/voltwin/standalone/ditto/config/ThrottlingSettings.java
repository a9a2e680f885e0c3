package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * How much somebody may send.
 *
 * @param interval longer than nothing
 * @param limit how much in one interval; at least 1
 */
public record ThrottlingSettings(boolean enabled, Duration interval, int limit) {
    static ThrottlingSettings of(Config throttling) {
        var settings = new ThrottlingSettings(
                throttling.getBoolean("enabled"), throttling.getDuration("interval"), throttling.getInt("limit"));
        if (!settings.interval().isPositive()) {
            throw new ConfigException.BadValue(throttling.origin(), "throttling.interval", "It must be positive.");
        }
        if (settings.limit() < 1) {
            throw new ConfigException.BadValue(throttling.origin(), "throttling.limit", "It must be at least 1.");
        }
        return settings;
    }
}
