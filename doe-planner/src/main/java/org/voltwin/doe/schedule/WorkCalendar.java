package org.voltwin.doe.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voltwin.model.lab.WorkingHours;

/**
 * A bench's working hours on the time line: where a piece of staff work fits. Hours that touch (over midnight too) are
 * one interval. Work of no duration needs no staff and fits anywhere. Not thread-safe: it remembers days.
 */
final class WorkCalendar {
    /** A week and its neighbours: hours repeat weekly, so what does not fit in this many days never fits. */
    private static final int DAYS_TO_LOOK = 16;

    private final WorkingHours hours;
    private final Map<LocalDate, List<Interval>> days = new HashMap<>();

    WorkCalendar(WorkingHours hours) {
        this.hours = hours;
    }

    /** Working time from {@code from} inclusive to {@code to} exclusive. */
    record Interval(Instant from, Instant to) {}

    /** The first start not before {@code from} of work that fits into one interval; empty when it never does. */
    Optional<Instant> earliest(Instant from, Duration work) {
        if (work.isZero()) {
            return Optional.of(from);
        }
        LocalDate day = from.atZone(hours.zone()).toLocalDate().minusDays(1);
        for (int i = 0; i < DAYS_TO_LOOK; i++) {
            for (Interval interval : startingOn(day.plusDays(i))) {
                Instant start = later(from, interval.from());
                Instant end = start.plus(work);
                if (!end.isAfter(interval.to()) || !end.isAfter(endOfStretch(interval, end))) {
                    return Optional.of(start);
                }
            }
        }
        return Optional.empty();
    }

    /** The last start, not before {@code notBefore}, of work that ends by {@code until}; empty when there is none. */
    Optional<Instant> latest(Instant until, Duration work, Instant notBefore) {
        Instant last = until.minus(work);
        if (last.isBefore(notBefore)) {
            return Optional.empty();
        }
        if (work.isZero()) {
            return Optional.of(last);
        }
        LocalDate day = until.atZone(hours.zone()).toLocalDate().plusDays(1);
        for (int i = 0; i < DAYS_TO_LOOK; i++) {
            List<Interval> intervals = startingOn(day.minusDays(i));
            for (int k = intervals.size() - 1; k >= 0; k--) {
                Interval interval = intervals.get(k);
                Instant to = endOfStretch(interval, until);
                Instant start = (to.isBefore(until) ? to : until).minus(work);
                if (start.isBefore(notBefore)) {
                    continue;
                }
                if (!start.isBefore(interval.from())) {
                    return Optional.of(start);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether all of {@code [from, to)} is within one interval; an empty span is. */
    boolean covers(Instant from, Instant to) {
        return !from.isBefore(to)
                || earliest(from, Duration.between(from, to))
                        .filter(from::equals)
                        .isPresent();
    }

    /** The end of the working time that goes on from this interval without a break, looked at up to {@code enough}. */
    private Instant endOfStretch(Interval interval, Instant enough) {
        Instant end = interval.to();
        LocalDate day = end.atZone(hours.zone()).toLocalDate();
        boolean goesOn = true;
        for (int i = 0; goesOn && end.isBefore(enough) && i < DAYS_TO_LOOK; i++) {
            goesOn = false;
            for (Interval next : startingOn(day.plusDays(i))) {
                if (!next.from().isAfter(end) && next.to().isAfter(end)) {
                    end = next.to();
                    goesOn = true;
                }
            }
        }
        return end;
    }

    private List<Interval> startingOn(LocalDate day) {
        return days.computeIfAbsent(day, this::intervals);
    }

    private List<Interval> intervals(LocalDate day) {
        List<Interval> intervals = new ArrayList<>();
        for (WorkingHours.Hours span : hours.week().getOrDefault(day.getDayOfWeek(), List.of())) {
            LocalDate lastDay = span.to().equals(LocalTime.MIDNIGHT) ? day.plusDays(1) : day;
            Instant from = day.atTime(span.from()).atZone(hours.zone()).toInstant();
            Instant to = lastDay.atTime(span.to()).atZone(hours.zone()).toInstant();
            if (from.isBefore(to)) {
                intervals.add(new Interval(from, to));
            }
        }
        intervals.sort(Comparator.comparing(Interval::from));
        return intervals;
    }

    static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }
}
