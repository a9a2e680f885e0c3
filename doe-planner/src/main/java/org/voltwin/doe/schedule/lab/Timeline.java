package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.BitSet;
import java.util.List;
import org.voltwin.doe.schedule.lab.LabProblem.Closure;
import org.voltwin.doe.schedule.lab.LabProblem.Technician;
import org.voltwin.model.lab.WorkingHours;

/** Time as whole minutes from the problem's now. */
final class Timeline {
    final Instant now;
    final int horizon;

    Timeline(Instant now, int horizon) {
        this.now = now;
        this.horizon = horizon;
    }

    /** The first whole minute not before. */
    int upMinutes(Instant instant) {
        return (int) Math.ceilDiv(Duration.between(now, instant).toMillis(), 60_000L);
    }

    /** The last whole minute not after. */
    int downMinutes(Instant instant) {
        return (int) Math.floorDiv(Duration.between(now, instant).toMillis(), 60_000L);
    }

    Instant instant(int minute) {
        return now.plusSeconds(60L * minute);
    }

    /** Minutes, rounded up. */
    static int minutes(Duration duration) {
        return (int) Math.ceilDiv(duration.toMillis(), 60_000L);
    }

    /** The minutes in which a technician cannot work. */
    BitSet away(Technician technician, List<LocalDate> holidays) {
        BitSet away = new BitSet(horizon);
        away.set(0, horizon);
        WorkingHours shifts = technician.shifts();
        LocalDate day = now.atZone(shifts.zone()).toLocalDate().minusDays(1);
        LocalDate last = instant(horizon).atZone(shifts.zone()).toLocalDate();
        for (; !day.isAfter(last); day = day.plusDays(1)) {
            if (holidays.contains(day)) {
                continue;
            }
            for (WorkingHours.Hours span : shifts.week().getOrDefault(day.getDayOfWeek(), List.of())) {
                boolean overnight = !span.to().isAfter(span.from());
                LocalDate endDay = overnight || span.to().equals(LocalTime.MIDNIGHT) ? day.plusDays(1) : day;
                int from =
                        upMinutes(day.atTime(span.from()).atZone(shifts.zone()).toInstant());
                int to = downMinutes(
                        endDay.atTime(span.to()).atZone(shifts.zone()).toInstant());
                set(away, from, to, false);
            }
        }
        technician.absences().forEach(absence -> block(away, absence));
        return away;
    }

    void block(BitSet minutes, Closure closure) {
        set(minutes, downMinutes(closure.from()), upMinutes(closure.to()), true);
    }

    private void set(BitSet minutes, int from, int to, boolean value) {
        int first = Math.max(0, from);
        int end = Math.min(horizon, to);
        if (first < end) {
            minutes.set(first, end, value);
        }
    }

    /** The first start at or after {@code from} of {@code length} clear minutes; horizon when there is none. */
    int firstClear(BitSet taken, int from, int length) {
        int at = taken.nextClearBit(Math.max(0, from));
        while (at + length <= horizon) {
            int next = taken.nextSetBit(at);
            if (next < 0 || next - at >= length) {
                return at;
            }
            at = taken.nextClearBit(next);
        }
        return horizon;
    }
}
