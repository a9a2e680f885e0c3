package org.voltwin.doe.laboratory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.PlannedSoak;
import org.voltwin.model.schedule.ScheduleTask;

/**
 * A place in seconds. The plan counts whole minutes; a test of an emulated bench may take seconds, and would wait for most
 * of them. Each piece only becomes shorter inside what the plan gave it, so no rule can break.
 */
record ExactTimes(Benches benches, ScheduleTask task) {
    /** Longer places stay on whole minutes, so that a later plan finds them as they were. */
    private static final Duration SHORT = Duration.ofMinutes(10);

    private static final Pattern LONG_NUMBER = Pattern.compile("(\\d+\\.\\d)\\d{5,}");

    Assignment place(LabAssignment planned) {
        Bench bench = benches.of(planned.bench());
        boolean shorten = !benches.ramps(bench)
                && Duration.between(planned.setUpStart(), planned.tearDownEnd()).compareTo(SHORT) < 0;
        Instant start = shorten ? start(planned, bench) : planned.start();
        Instant end = shorten ? start.plus(run(bench)) : planned.end();
        Instant tearDownEnd = planned.tearDownEnd();
        if (shorten && planned.tearDownStart().equals(planned.end())) {
            tearDownEnd = Benches.isPhysical(bench) ? end.plus(bench.tearDown()) : end;
        }
        List<PlannedSoak> soaks = Benches.isPhysical(bench)
                ? new SoakProfile(task.soaks()).from(start, bench.speed(), benches.degreesPerHour(bench))
                : List.of();
        return new Assignment(
                task.id(),
                bench.twin(),
                Benches.channelNumber(planned.bench()),
                planned.setUpStart(),
                start,
                end,
                tearDownEnd,
                why(planned, bench),
                planned.setUpBy(),
                planned.tearDownBy(),
                soaks);
    }

    private Instant start(LabAssignment planned, Bench bench) {
        if (!planned.start().equals(planned.setUpEnd())) {
            return planned.start();
        }
        Instant start = Benches.isPhysical(bench) ? planned.setUpStart().plus(bench.setUp()) : planned.setUpStart();
        Instant preferred = task.preferred();
        if (preferred == null || !start.isBefore(preferred)) {
            return start;
        }
        return preferred.isBefore(planned.start()) ? preferred : planned.start();
    }

    private Duration run(Bench bench) {
        return Duration.ofMillis((long) Math.ceil(task.testTime().toMillis() / bench.speed()));
    }

    private static String why(LabAssignment planned, Bench bench) {
        String channel = bench.channels() == 1
                ? bench.name()
                : "channel " + Benches.channelNumber(planned.bench()) + " of " + bench.name();
        // The temperature of a test with several is a little beside the true one.
        Matcher numbers = LONG_NUMBER.matcher(planned.why());
        return channel + ", " + numbers.replaceAll(n -> "%.1f".formatted(Double.parseDouble(n.group())));
    }
}
