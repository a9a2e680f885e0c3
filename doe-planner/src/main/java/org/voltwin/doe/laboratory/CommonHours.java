package org.voltwin.doe.laboratory;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.WorkingHours;

/** The hours that benches have in common: when staff may work where nobody has said who is there when. */
final class CommonHours {
    private static final int DAY = 24 * 60;
    private static final int WEEK = 7 * DAY;

    private CommonHours() {}

    /** Throws {@link RefusedException} when there are none, or the benches are in different zones. */
    static WorkingHours of(List<Bench> benches) {
        WorkingHours first = benches.getFirst().workingHours();
        if (benches.stream().allMatch(bench -> bench.workingHours().equals(first))) {
            return first;
        }
        BitSet common = minutes(first);
        for (Bench bench : benches) {
            if (!bench.workingHours().zone().equals(first.zone())) {
                throw none("schedule.two_zones", benches, "are in different time zones");
            }
            common.and(minutes(bench.workingHours()));
        }
        if (common.isEmpty()) {
            throw none("schedule.no_hours", benches, "have no hours in common");
        }
        return new WorkingHours(first.zone(), week(common));
    }

    private static RefusedException none(String code, List<Bench> benches, String what) {
        String names = benches.stream().map(Bench::name).collect(Collectors.joining(", "));
        return new RefusedException(Failure.permanent(
                code,
                "The working hours of " + names + " " + what + ".",
                "Give the laboratory's technicians with their shifts (laboratory.technicians in voltwin.yaml)."));
    }

    private static BitSet minutes(WorkingHours hours) {
        BitSet minutes = new BitSet(WEEK);
        hours.week()
                .forEach((day, spans) -> spans.forEach(span -> {
                    int from = (day.getValue() - 1) * DAY + minute(span.from());
                    int to = (day.getValue() - 1) * DAY + minute(span.to());
                    to = to <= from ? to + DAY : to;
                    minutes.set(from, Math.min(to, WEEK));
                    if (to > WEEK) {
                        minutes.set(0, to - WEEK);
                    }
                }));
        return minutes;
    }

    private static int minute(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }

    private static Map<DayOfWeek, List<WorkingHours.Hours>> week(BitSet minutes) {
        Map<DayOfWeek, List<WorkingHours.Hours>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            int begin = (day.getValue() - 1) * DAY;
            List<WorkingHours.Hours> spans = new ArrayList<>();
            int at = minutes.nextSetBit(begin);
            while (at >= 0 && at < begin + DAY) {
                int end = Math.min(minutes.nextClearBit(at), begin + DAY);
                spans.add(new WorkingHours.Hours(
                        LocalTime.MIN.plusMinutes(at - begin), LocalTime.MIN.plusMinutes(end - begin)));
                at = minutes.nextSetBit(end);
            }
            if (!spans.isEmpty()) {
                week.put(day, spans);
            }
        }
        return week;
    }
}
