package org.voltwin.doe.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.schedule.ScheduleTask;

/** Why a task is where it is, in words. Times are those of the bench's zone. */
final class Reasons {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss VV", Locale.ENGLISH);

    private Reasons() {}

    static String why(PlannedTask planned, List<Bench> benches) {
        ScheduleTask task = planned.task();
        ChannelOrder channel = planned.where();
        Bench bench = channel.bench();
        long suitable = benches.stream().filter(b -> Suitability.suits(b, task)).count();
        String place = (bench.channels() == 1 ? "" : "channel " + channel.channel() + " of ")
                + bench.name()
                + (suitable == 1
                        ? ", the only bench that can do it"
                        : ", one of " + suitable + " benches that can do it");
        return place + "; " + when(planned, channel, bench);
    }

    private static String when(PlannedTask planned, ChannelOrder channel, Bench bench) {
        ScheduleTask task = planned.task();
        Instant start = planned.when().start();
        Instant preferred = task.preferred();
        if (preferred == null) {
            return "starts " + text(start, bench) + ", as early as it goes there" + notEarlier(planned, channel);
        }
        int side = start.compareTo(preferred);
        if (side == 0) {
            return "starts at the preferred date " + text(preferred, bench);
        }
        String distance = text(Duration.between(preferred, start).abs());
        return "starts " + text(start, bench) + ", " + distance + (side > 0 ? " after" : " before")
                + " the preferred date " + text(preferred, bench) + notNearer(planned, channel, preferred);
    }

    /** What stands in the way of a start at the earliest moment allowed. */
    private static String notEarlier(PlannedTask planned, ChannelOrder channel) {
        Instant lowest = WorkCalendar.later(channel.now(), planned.task().earliest());
        return planned.when().setUpStart().equals(lowest)
                ? ""
                : "; not earlier because " + obstacle(planned, channel, lowest);
    }

    private static String notNearer(PlannedTask planned, ChannelOrder channel, Instant preferred) {
        Instant lowest = WorkCalendar.later(channel.now(), planned.task().earliest());
        Instant wanted = preferred.minus(channel.bench().setUp());
        String comparison = planned.when().start().isAfter(preferred) ? "not earlier" : "not later";
        if (wanted.isBefore(lowest) && planned.when().setUpStart().equals(lowest)) {
            String limit = lowest.equals(planned.task().earliest())
                    ? "it may not start before " + text(lowest, channel.bench())
                    : "that has passed or leaves no time to set up ("
                            + text(channel.bench().setUp()) + ")";
            return "; " + comparison + " because " + limit;
        }
        return "; " + comparison + " because " + obstacle(planned, channel, WorkCalendar.later(wanted, lowest));
    }

    /** What is in the way of a set-up that starts then. */
    private static String obstacle(PlannedTask planned, ChannelOrder channel, Instant setUpStart) {
        Bench bench = channel.bench();
        Instant end = setUpStart
                .plus(bench.setUp())
                .plus(Placing.runTime(planned.task(), bench))
                .plus(bench.tearDown());
        Optional<Span> inTheWay = channel.takenBut(planned).stream()
                .filter(span -> span.overlaps(setUpStart, end))
                .max(Comparator.comparing(Span::to));
        if (inTheWay.isPresent()) {
            Span span = inTheWay.get();
            return "the channel is taken by " + span.by() + " from " + text(span.from(), bench) + " to "
                    + text(span.to(), bench);
        }
        if (!channel.calendar().covers(setUpStart, setUpStart.plus(bench.setUp()))) {
            return "staff are there to set up (" + text(bench.setUp()) + ") only from "
                    + channel.calendar()
                            .earliest(setUpStart, bench.setUp())
                            .map(t -> text(t, bench))
                            .orElse("never");
        }
        return "of what is free it is nearest: set-up, run and tear-down have to fit between bookings";
    }

    static String text(Instant time, Bench bench) {
        return TIME.format(time.atZone(bench.workingHours().zone()));
    }

    static String text(Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes == 0) {
            return Math.max(1, (duration.toMillis() + 999) / 1000) + " s";
        }
        long days = minutes / 1440;
        return (days > 0 ? days + " d " : "") + (minutes / 60 % 24 > 0 ? minutes / 60 % 24 + " h " : "") + minutes % 60
                + " min";
    }
}
