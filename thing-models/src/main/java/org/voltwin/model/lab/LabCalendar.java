package org.voltwin.model.lab;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is there when, and what is closed. Absent lists are empty.
 *
 * @param zone of every shift
 * @param technicians who set up and tear down; none given: the hours that all benches have in common count
 * @param holidays days without staff
 * @param closures of benches, by their id: calibration and down time
 * @param powerLimitWatts of the hall, null when there is none
 */
public record LabCalendar(
        ZoneId zone,
        @Nullable List<Technician> technicians,
        @Nullable List<LocalDate> holidays,
        @Nullable Map<String, List<Closure>> closures,
        @Nullable Double powerLimitWatts) {
    public LabCalendar {
        technicians = technicians == null ? List.of() : List.copyOf(technicians);
        holidays = holidays == null ? List.of() : List.copyOf(holidays);
        closures = closures == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(closures));
    }

    /** Somebody who sets up and tears down, one piece of work at a time. */
    public record Technician(
            String name, WorkingHours shifts, @Nullable List<Closure> absences) {
        public Technician {
            absences = absences == null ? List.of() : List.copyOf(absences);
        }

        /** As given, empty instead of null. */
        @Override
        public List<Closure> absences() {
            return absences == null ? List.of() : absences;
        }
    }

    /** Nothing is known: benches' own hours count. */
    public static LabCalendar none() {
        return new LabCalendar(ZoneId.of("UTC"), List.of(), List.of(), Map.of(), null);
    }

    /** As given, empty instead of null. */
    @Override
    public List<Technician> technicians() {
        return technicians == null ? List.of() : technicians;
    }

    /** As given, empty instead of null. */
    @Override
    public List<LocalDate> holidays() {
        return holidays == null ? List.of() : holidays;
    }

    /** As given, empty instead of null. */
    @Override
    public Map<String, List<Closure>> closures() {
        return closures == null ? Map.of() : closures;
    }
}
