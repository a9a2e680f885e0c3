package org.voltwin.model.lab;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * When staff can set up and tear down at a bench. The run between them may go over night.
 *
 * @param zone time zone of the hours
 * @param week hours per day; a day without hours is absent. An end of 00:00 means midnight at the end of the day
 */
public record WorkingHours(ZoneId zone, Map<DayOfWeek, List<Hours>> week) {
    /** From inclusive, to exclusive. */
    public record Hours(LocalTime from, LocalTime to) {}

    public WorkingHours {
        week = Map.copyOf(week);
    }

    /** An automatic bench: every hour of every day, UTC. */
    public static WorkingHours always() {
        List<Hours> day = List.of(new Hours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));
        return new WorkingHours(
                ZoneId.of("UTC"),
                Map.of(
                        DayOfWeek.MONDAY, day,
                        DayOfWeek.TUESDAY, day,
                        DayOfWeek.WEDNESDAY, day,
                        DayOfWeek.THURSDAY, day,
                        DayOfWeek.FRIDAY, day,
                        DayOfWeek.SATURDAY, day,
                        DayOfWeek.SUNDAY, day));
    }
}
