package org.voltwin.doe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voltwin.doe.schedule.Lab.MONDAY_8;
import static org.voltwin.doe.schedule.Lab.berlin;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voltwin.model.lab.WorkingHours;
import org.voltwin.model.lab.WorkingHours.Hours;

class WorkCalendarTest {
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private final WorkCalendar office = new WorkCalendar(Lab.OFFICE);

    @Test
    void workOnFridayEveningWaitsForMonday() {
        assertThat(office.earliest(berlin("2026-11-27T16:45"), QUARTER)).contains(berlin("2026-11-27T16:45"));
        assertThat(office.earliest(berlin("2026-11-27T16:45:01"), QUARTER)).contains(berlin("2026-11-30T08:00"));
    }

    @Test
    void theLatestStartLooksBackOverTheWeekend() {
        assertThat(office.latest(berlin("2026-11-30T08:15"), QUARTER, MONDAY_8)).contains(berlin("2026-11-30T08:00"));
        assertThat(office.latest(berlin("2026-11-30T08:14"), QUARTER, MONDAY_8)).contains(berlin("2026-11-27T16:45"));
        assertThat(office.latest(berlin("2026-11-30T08:14"), QUARTER, berlin("2026-11-27T16:46")))
                .isEmpty();
    }

    @Test
    void hoursThatTouchAreOne() {
        WorkCalendar always = new WorkCalendar(WorkingHours.always());
        Instant evening = Instant.parse("2026-11-23T23:30:00Z");
        assertThat(always.earliest(evening, Duration.ofHours(40))).contains(evening);
        assertThat(always.latest(evening.plusSeconds(3600), Duration.ofHours(1), MONDAY_8))
                .contains(evening);
        WorkCalendar shifts = new WorkCalendar(new WorkingHours(
                ZoneId.of("UTC"),
                Map.of(
                        DayOfWeek.MONDAY,
                        List.of(
                                new Hours(LocalTime.of(14, 0), LocalTime.of(22, 0)),
                                new Hours(LocalTime.of(6, 0), LocalTime.of(14, 0))))));
        assertThat(shifts.earliest(MONDAY_8, Duration.ofHours(15))).contains(MONDAY_8);
        assertThat(shifts.earliest(MONDAY_8, Duration.ofHours(15).plusSeconds(1)))
                .contains(Instant.parse("2026-11-30T06:00:00Z"));
        assertThat(shifts.earliest(MONDAY_8, Duration.ofHours(17))).isEmpty();
    }

    @Test
    void workOfNoDurationNeedsNoStaff() {
        Instant night = berlin("2026-11-23T02:00");
        assertThat(office.earliest(night, Duration.ZERO)).contains(night);
        assertThat(office.latest(night, Duration.ZERO, night)).contains(night);
        assertThat(office.covers(night, night)).isTrue();
    }

    /** In Berlin clocks go back from 03:00 to 02:00 on 2026-10-25: the hours 01:00 to 04:00 last four hours. */
    @Test
    void followsTheClockOfItsZone() {
        WorkCalendar nightShift = new WorkCalendar(new WorkingHours(
                ZoneId.of("Europe/Berlin"),
                Map.of(DayOfWeek.SUNDAY, List.of(new Hours(LocalTime.of(1, 0), LocalTime.of(4, 0))))));
        Instant start = Instant.parse("2026-10-24T23:00:00Z");
        assertThat(nightShift.earliest(start, Duration.ofHours(4))).contains(start);
        assertThat(nightShift.earliest(start.plusSeconds(1), Duration.ofHours(4)))
                .isEmpty();
    }
}
