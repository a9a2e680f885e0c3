package org.voltwin.lims.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.Closure;
import org.voltwin.model.lab.LabCalendar;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.RunState;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.MovableTask;

/** What is booked now: what stays, what may move, and what no longer holds. */
final class PlanInForce {
    /** A set-up that begins sooner is left alone: somebody may be on the way to it. */
    private static final Duration STAYS = Duration.ofSeconds(30);
    /** A run that starts sooner may be with its bench already. */
    private static final Duration HANDED_OVER = Duration.ofSeconds(5);

    private static final Duration LEAST_OVERRUN = Duration.ofMinutes(1);
    /** A run that takes longer than planned is believed to need this part of its time more. */
    private static final int OVERRUN_PART = 4;

    private final Instant now;
    private final List<Bench> benches;
    private final Map<String, RunState.Scheduled> scheduled = new HashMap<>();
    private final Map<String, String> numbers = new HashMap<>();
    private final List<Assignment> fixed = new ArrayList<>();
    private final List<MovableTask> movable = new ArrayList<>();
    private final Map<String, Assignment> overrun = new HashMap<>();

    /** @param others places of runs that are not among the booked ones count as fixed */
    PlanInForce(Instant now, List<Bench> benches, List<RunState.Open> booked, List<Assignment> others) {
        this.now = now;
        this.benches = benches;
        Map<String, RunState.Open> states = new HashMap<>();
        booked.forEach(state -> states.put(state.request().uuid().toString(), state));
        for (Assignment other : others) {
            RunState.Open state = states.get(other.task());
            if (state != null) {
                numbers.put(other.task(), state.request().number());
            }
            switch (state) {
                case RunState.Scheduled planned
                when mayMove(planned.booking()) -> {
                    scheduled.put(other.task(), planned);
                    movable.add(new MovableTask(
                            TaskOfRun.of(planned.before(), now),
                            planned.booking().assignment(other.task())));
                }
                case RunState.Scheduled planned -> fixed.add(planned.booking().assignment(other.task()));
                case RunState.Running running ->
                    fixed.add(stillRunning(other, running.before().booking()));
                case null, default -> fixed.add(other);
            }
        }
    }

    List<Bench> benches() {
        return benches;
    }

    List<Assignment> fixed() {
        return fixed;
    }

    List<MovableTask> movable() {
        return movable;
    }

    Optional<RunState.Scheduled> scheduled(String run) {
        return Optional.ofNullable(scheduled.get(run));
    }

    private boolean mayMove(Booking booking) {
        return booking.setUpStart().isAfter(now.plus(STAYS))
                || (!isInService(booking.bench()) && booking.start().isAfter(now.plus(HANDED_OVER)));
    }

    private boolean isInService(TwinId bench) {
        return benches.stream().anyMatch(known -> known.twin().equals(bench) && known.inService());
    }

    private Assignment stillRunning(Assignment shown, Booking booking) {
        Assignment place = booking.assignment(shown.task());
        if (place.end().isAfter(now)) {
            return place;
        }
        Duration more = Duration.between(place.start(), place.end()).dividedBy(OVERRUN_PART);
        Instant end = now.plus(more.compareTo(LEAST_OVERRUN) < 0 ? LEAST_OVERRUN : more);
        Assignment longer = new Assignment(
                place.task(),
                place.bench(),
                place.channel(),
                place.setUpStart(),
                place.start(),
                end,
                end.plus(Duration.between(place.end(), place.tearDownEnd())),
                place.why(),
                place.setUpBy(),
                place.tearDownBy(),
                place.soaks());
        overrun.put(place.task(), longer);
        return longer;
    }

    /** The first reason why a test cannot keep its place, in words. */
    Optional<String> broken(LabCalendar calendar) {
        for (MovableTask task : movable) {
            Assignment place = task.place();
            if (!isInService(place.bench())) {
                return Optional.of(name(place.bench()) + " is out of service");
            }
            Optional<Closure> closure = calendar
                    .closures()
                    .getOrDefault(place.bench().value(), List.of())
                    .stream()
                    .filter(closed -> closed.from().isBefore(place.tearDownEnd())
                            && place.setUpStart().isBefore(closed.to()))
                    .findFirst();
            if (closure.isPresent()) {
                return Optional.of(
                        name(place.bench()) + " is closed for " + closure.get().reason());
            }
            Optional<Assignment> longer = overrun.values().stream()
                    .filter(run -> run.bench().equals(place.bench()) && run.channel() == place.channel())
                    .filter(run -> place.setUpStart().isBefore(run.tearDownEnd()))
                    .findFirst();
            if (longer.isPresent()) {
                return Optional.of(withNumbers(longer.get().task()) + " takes longer than planned");
            }
        }
        return Optional.empty();
    }

    private String name(TwinId bench) {
        return benches.stream()
                .filter(known -> known.twin().equals(bench))
                .map(Bench::name)
                .findFirst()
                .orElse(bench.name());
    }

    /** The words with request numbers instead of runs' uuids. */
    String withNumbers(String words) {
        String told = words;
        for (Map.Entry<String, String> entry : numbers.entrySet()) {
            told = told.replace(entry.getKey(), entry.getValue());
        }
        return told;
    }
}
