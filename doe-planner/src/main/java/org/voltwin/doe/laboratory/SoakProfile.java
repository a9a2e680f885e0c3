package org.voltwin.doe.laboratory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.voltwin.model.schedule.PlannedSoak;
import org.voltwin.model.schedule.Soak;

/**
 * The temperatures a test goes through on one channel. Its unit stays where it is while the chamber changes, so the test
 * is one piece of the plan; with several temperatures it also takes the chamber's way back to the first, where the plan
 * believes the chamber to be.
 */
record SoakProfile(List<Soak> soaks) {
    /** Apart from another test's temperature by so little that only the plan notices. */
    private static final double APART_CELSIUS = 1e-6;

    boolean isEmpty() {
        return soaks.isEmpty();
    }

    boolean hasSeveralTemperatures() {
        return soaks.stream().mapToDouble(Soak::celsius).distinct().count() > 1;
    }

    double lowest() {
        return soaks.stream().mapToDouble(Soak::celsius).min().orElse(Double.NaN);
    }

    double highest() {
        return soaks.stream().mapToDouble(Soak::celsius).max().orElse(Double.NaN);
    }

    /** In words, as a capability that a bench has or lacks. */
    String reach() {
        return "soaks from " + text(lowest()) + " to " + text(highest()) + " degC";
    }

    private static String text(double celsius) {
        return String.format(Locale.ROOT, "%.4g", celsius).replaceAll("\\.?0+$", "");
    }

    /**
     * The temperature that stands for the whole test in the plan. A test with several is alone in its chamber: its
     * temperature is nobody else's.
     *
     * @param number of the test in its problem, from 1
     */
    double celsius(int number) {
        double first = soaks.getFirst().celsius();
        if (!hasSeveralTemperatures()) {
            return first;
        }
        return first + (first < highest() ? number : -number) * APART_CELSIUS;
    }

    /** All ways from one temperature to the next, and back to the first. */
    Duration ramps(double degreesPerHour) {
        Duration sum = Duration.ZERO;
        for (int i = 0; i < soaks.size(); i++) {
            sum = sum.plus(ramp(
                    soaks.get(i).celsius(), soaks.get((i + 1) % soaks.size()).celsius(), degreesPerHour));
        }
        return sum;
    }

    private static Duration ramp(double from, double to, double degreesPerHour) {
        return Duration.ofMillis(Math.round(Math.abs(from - to) / degreesPerHour * 3_600_000));
    }

    /** The soaks one after the other from the start of the run. */
    List<PlannedSoak> from(Instant start, double speed, double degreesPerHour) {
        List<PlannedSoak> planned = new ArrayList<>();
        Instant at = start;
        for (int i = 0; i < soaks.size(); i++) {
            Soak soak = soaks.get(i);
            if (i > 0) {
                at = at.plus(ramp(soaks.get(i - 1).celsius(), soak.celsius(), degreesPerHour));
            }
            Instant end = at.plus(Duration.ofMillis(Math.round(soak.testTime().toMillis() / speed)));
            planned.add(new PlannedSoak(soak.wholePlot(), soak.celsius(), soak.firstRun(), soak.lastRun(), at, end));
            at = end;
        }
        return planned;
    }
}
