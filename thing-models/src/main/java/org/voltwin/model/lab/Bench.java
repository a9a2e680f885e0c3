package org.voltwin.model.lab;

import java.time.Duration;
import java.util.Set;
import org.voltwin.model.TwinId;

/**
 * A test bench, physical or virtual.
 *
 * @param twin its twin, and Hono device
 * @param name for people
 * @param levels what it can take
 * @param capabilities what it can do: {@code electrical}, {@code thermal}, {@code mechanical}, {@code abuse}
 * @param maxCurrentAmperes largest charge or discharge current, &gt; 0
 * @param channels tests it can run at once, at least 1
 * @param setUp staff time before a run
 * @param tearDown staff time after a run
 * @param speed test seconds per wall-clock second: 1 for a real bench, more for a virtual or emulated one
 * @param inService whether it may be planned
 */
public record Bench(
        TwinId twin,
        String name,
        BenchKind kind,
        Set<Level> levels,
        Set<String> capabilities,
        double maxCurrentAmperes,
        int channels,
        Duration setUp,
        Duration tearDown,
        WorkingHours workingHours,
        double speed,
        boolean inService) {
    public Bench {
        levels = Set.copyOf(levels);
        capabilities = Set.copyOf(capabilities);
        if (channels < 1 || !(maxCurrentAmperes > 0) || !(speed > 0)) {
            throw new IllegalArgumentException("Bench " + twin + " needs channels >= 1, maxCurrentAmperes > 0 and"
                    + " speed > 0, but has " + channels + ", " + maxCurrentAmperes + " and " + speed);
        }
    }
}
