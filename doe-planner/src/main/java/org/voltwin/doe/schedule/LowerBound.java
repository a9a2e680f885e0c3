package org.voltwin.doe.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.voltwin.model.schedule.ScheduleTask;

/**
 * A makespan that no plan beats: the task that would end last if each had its best channel to itself, or the work that
 * a set of channels has to share, whichever is larger.
 */
final class LowerBound {
    private LowerBound() {}

    static Duration of(Instant now, List<ScheduleTask> tasks, List<ChannelOrder> channels) {
        Duration longest = Duration.ZERO;
        Map<Set<String>, Duration> shared = new HashMap<>();
        Map<String, Set<String>> suitable = new HashMap<>();
        for (ScheduleTask task : tasks) {
            List<ChannelOrder> able = channels.stream()
                    .filter(c -> Suitability.suits(c.bench(), task))
                    .toList();
            Optional<Duration> alone =
                    able.stream().flatMap(c -> alone(task, c).stream()).min(Duration::compareTo);
            if (alone.isPresent() && alone.get().compareTo(longest) > 0) {
                longest = alone.get();
            }
            Set<String> names = able.stream().map(ChannelOrder::toString).collect(Collectors.toSet());
            suitable.put(task.id(), names);
            shared.put(names, Duration.ZERO);
        }
        for (Set<String> group : new HashSet<>(shared.keySet())) {
            Duration work = tasks.stream()
                    .filter(t -> group.containsAll(suitable.getOrDefault(t.id(), Set.of())))
                    .map(t -> least(t, channels))
                    .reduce(Duration.ZERO, Duration::plus);
            Duration each = group.isEmpty() ? Duration.ZERO : work.dividedBy(group.size());
            longest = each.compareTo(longest) > 0 ? each : longest;
        }
        return longest;
    }

    /** From now to the earliest end on this channel with nothing but its bookings. */
    private static Optional<Duration> alone(ScheduleTask task, ChannelOrder channel) {
        ScheduleTask early = new ScheduleTask(
                task.id(),
                task.level(),
                task.kind(),
                task.capabilities(),
                task.currentAmperes(),
                task.testTime(),
                task.earliest(),
                null);
        return Placing.place(early, channel.bench(), channel.calendar(), channel.now(), channel.fixed())
                .map(place -> Duration.between(channel.now(), place.tearDownEnd()));
    }

    private static Duration least(ScheduleTask task, List<ChannelOrder> channels) {
        return channels.stream()
                .filter(c -> Suitability.suits(c.bench(), task))
                .map(c -> c.bench()
                        .setUp()
                        .plus(Placing.runTime(task, c.bench()))
                        .plus(c.bench().tearDown()))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
