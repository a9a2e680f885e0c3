package org.voltwin.bench.device;

import java.time.Duration;

/**
 * How a device behaves on a bad line.
 *
 * @param window most messages that are sent and not acknowledged, 1..1000
 * @param acknowledgement how long an acknowledgement may take before the connection is given up and all that is not
 *     acknowledged is sent again on the next
 * @param longestBackOff longest pause between two attempts to connect
 * @param patience how long nothing may move before a caller is told that it failed
 */
public record DeviceOptions(int window, Duration acknowledgement, Duration longestBackOff, Duration patience) {
    public DeviceOptions {
        if (window < 1 || window > 1000) {
            throw new IllegalArgumentException("window is " + window + ", but must be 1..1000");
        }
    }

    /** For a bench: a test is not given up because the line is down for some days. */
    public static DeviceOptions forBench() {
        return new DeviceOptions(16, Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofDays(7));
    }

    public static DeviceOptions defaults() {
        return new DeviceOptions(16, Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
    }
}
