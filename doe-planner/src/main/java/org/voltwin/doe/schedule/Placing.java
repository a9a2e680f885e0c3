package org.voltwin.doe.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.schedule.ScheduleTask;

/**
 * Puts a task into a channel's free time: as near to its preferred date as it goes, as early as it goes when it has
 * none. The end of the tear-down never moves to earlier when the set-up starts later; that makes the last possible
 * start before a booking computable without trying.
 */
final class Placing {
    private Placing() {}

    /** Wall-clock duration of the run on this bench: test time divided by its speed, rounded up to a millisecond. */
    static Duration runTime(ScheduleTask task, Bench bench) {
        return Duration.ofMillis((long) Math.ceil(task.testTime().toMillis() / bench.speed()));
    }

    /** The best place among what is taken; empty when set-up or tear-down never fits into the working hours. */
    static Optional<Placement> place(
            ScheduleTask task, Bench bench, WorkCalendar calendar, Instant now, List<Span> taken) {
        Instant lowest = WorkCalendar.later(now, task.earliest());
        Instant preferred = task.preferred();
        Instant wanted = preferred == null ? lowest : WorkCalendar.later(lowest, preferred.minus(bench.setUp()));
        Channel channel = new Channel(task, bench, calendar, lowest);
        Placement after = null;
        Placement before = null;
        List<Span> sorted = new ArrayList<>(taken);
        sorted.sort(Comparator.comparing(Span::from));
        Instant gapFrom = lowest;
        for (int i = 0; i <= sorted.size() && after == null; i++) {
            Instant gapTo = i < sorted.size() ? sorted.get(i).from() : null;
            if (gapTo == null || gapFrom.isBefore(gapTo)) {
                Placement earlier = channel.before(wanted, gapFrom, gapTo);
                before = earlier == null ? before : earlier;
                after = channel.after(WorkCalendar.later(wanted, gapFrom), gapTo);
            }
            if (gapTo != null) {
                gapFrom = WorkCalendar.later(gapFrom, sorted.get(i).to());
            }
        }
        return Optional.ofNullable(nearer(before, after, wanted));
    }

    private static @Nullable Placement nearer(@Nullable Placement before, @Nullable Placement after, Instant wanted) {
        if (before == null || after == null) {
            return before == null ? after : before;
        }
        Duration early = Duration.between(before.setUpStart(), wanted);
        Duration late = Duration.between(wanted, after.setUpStart());
        return early.compareTo(late) <= 0 ? before : after;
    }

    /** One task on one channel. */
    private record Channel(ScheduleTask task, Bench bench, WorkCalendar calendar, Instant lowest) {
        /** The first place with a set-up not before {@code from} that is over when {@code to} comes. */
        @Nullable Placement after(Instant from, @Nullable Instant to) {
            Placement place =
                    calendar.earliest(from, bench.setUp()).flatMap(this::from).orElse(null);
            return place == null || (to != null && place.tearDownEnd().isAfter(to)) ? null : place;
        }

        /** The last place with a set-up before {@code wanted} and not before {@code from} that is over by {@code to}. */
        @Nullable Placement before(Instant wanted, Instant from, @Nullable Instant to) {
            Instant until = wanted.plus(bench.setUp());
            if (to != null) {
                Optional<Instant> tearDown = calendar.latest(to, bench.tearDown(), from);
                if (tearDown.isEmpty()) {
                    return null;
                }
                Instant byTearDown = tearDown.get().minus(runTime(task, bench));
                until = byTearDown.isBefore(until) ? byTearDown : until;
            }
            return calendar.latest(until, bench.setUp(), WorkCalendar.later(from, lowest))
                    .flatMap(this::from)
                    .orElse(null);
        }

        private Optional<Placement> from(Instant setUpStart) {
            Instant start = setUpStart.plus(bench.setUp());
            Instant end = start.plus(runTime(task, bench));
            return calendar.earliest(end, bench.tearDown())
                    .map(tearDown -> new Placement(setUpStart, start, end, tearDown.plus(bench.tearDown())));
        }
    }
}
