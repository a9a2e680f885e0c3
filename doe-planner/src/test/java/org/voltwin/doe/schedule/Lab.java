package org.voltwin.doe.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.WorkingHours;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;

/** A small laboratory. 2026-11-23 is a Monday. */
final class Lab {
    static final Instant MONDAY_8 = Instant.parse("2026-11-23T07:00:00Z");
    static final WorkingHours OFFICE = office();

    private Lab() {}

    private static WorkingHours office() {
        List<WorkingHours.Hours> day = List.of(new WorkingHours.Hours(LocalTime.of(8, 0), LocalTime.of(17, 0)));
        return new WorkingHours(
                ZoneId.of("Europe/Berlin"),
                Map.of(
                        DayOfWeek.MONDAY, day,
                        DayOfWeek.TUESDAY, day,
                        DayOfWeek.WEDNESDAY, day,
                        DayOfWeek.THURSDAY, day,
                        DayOfWeek.FRIDAY, day));
    }

    static Instant berlin(String localDateTime) {
        return java.time.LocalDateTime.parse(localDateTime)
                .atZone(ZoneId.of("Europe/Berlin"))
                .toInstant();
    }

    static Bench physical(String name, int channels) {
        return new Bench(
                TwinId.of("org.voltwin:bench-" + name),
                name,
                BenchKind.PHYSICAL,
                Set.of(Level.CELL),
                Set.of("electrical", "thermal"),
                10,
                channels,
                Duration.ofMinutes(15),
                Duration.ofMinutes(10),
                OFFICE,
                1,
                true);
    }

    static Bench virtual(String name) {
        return new Bench(
                TwinId.of("org.voltwin:bench-" + name),
                name,
                BenchKind.VIRTUAL,
                Set.of(Level.CELL, Level.MODULE, Level.PACK),
                Set.of("electrical", "thermal"),
                1000,
                1,
                Duration.ZERO,
                Duration.ZERO,
                WorkingHours.always(),
                600,
                true);
    }

    static ScheduleTask task(String id, BenchKind kind, Duration testTime, Instant preferred) {
        return new ScheduleTask(id, Level.CELL, kind, Set.of("electrical"), 5, testTime, MONDAY_8, preferred);
    }

    static ScheduleProblem problem(List<Bench> benches, List<ScheduleTask> tasks, Assignment... fixed) {
        return new ScheduleProblem(MONDAY_8, benches, List.of(fixed), tasks, Duration.ofSeconds(5), 7);
    }

    static Assignment booking(Bench bench, int channel, Instant from, Instant to) {
        return new Assignment("booked", bench.twin(), channel, from, from, to, to, "promised");
    }

    static List<ScheduleTask> tasks(int count, BenchKind kind, Duration testTime) {
        List<ScheduleTask> tasks = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            tasks.add(task("t" + i, kind, testTime, null));
        }
        return tasks;
    }
}
