package org.voltwin.standalone.ditto.connect.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often something happened in the last minute, hour and day, in steps of 10 s, 1 min and 1 h as in Ditto. */
final class SlidingCount {
    private static final class Window {
        private final Duration length;
        private final long stepSeconds;
        private final long[] counts;
        private long newestStep;

        Window(Duration length, Duration step) {
            this.length = length;
            this.stepSeconds = step.toSeconds();
            this.counts = new long[(int) length.dividedBy(step)];
        }

        private void moveTo(Instant now) {
            long step = now.getEpochSecond() / stepSeconds;
            for (long passed = Math.max(newestStep + 1, step - counts.length + 1); passed <= step; passed++) {
                counts[(int) (passed % counts.length)] = 0;
            }
            newestStep = Math.max(newestStep, step);
        }

        void add(Instant now) {
            moveTo(now);
            counts[(int) (newestStep % counts.length)]++;
        }

        long sum(Instant now) {
            moveTo(now);
            long sum = 0;
            for (long count : counts) {
                sum += count;
            }
            return sum;
        }
    }

    private final List<Window> windows = List.of(
            new Window(Duration.ofMinutes(1), Duration.ofSeconds(10)),
            new Window(Duration.ofHours(1), Duration.ofMinutes(1)),
            new Window(Duration.ofDays(1), Duration.ofHours(1)));
    private @Nullable Instant last;

    void add(Instant now) {
        windows.forEach(window -> window.add(now));
        last = now;
    }

    @Nullable Instant last() {
        return last;
    }

    Map<Duration, Long> counts(Instant now) {
        var counts = new LinkedHashMap<Duration, Long>();
        windows.forEach(window -> counts.put(window.length, window.sum(now)));
        return counts;
    }
}
