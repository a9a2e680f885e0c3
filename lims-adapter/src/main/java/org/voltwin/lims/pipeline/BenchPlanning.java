package org.voltwin.lims.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.LabCalendar;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.port.BenchScheduler;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.RunState;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.PlanFigures;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;

/**
 * The plan in force and its changes, one at a time. A place that was given out counts until the twins show it, so that two
 * runs that are planned shortly after each other never get the same one.
 */
final class BenchPlanning {
    private static final Logger LOG = LoggerFactory.getLogger(BenchPlanning.class);

    /** How long a booking that the twins do not show is believed to be on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(10);

    private final LaboratoryStorage storage;
    private final BenchDirectory benches;
    private final BenchScheduler scheduler;
    private final LabCalendar calendar;
    private final Duration effort;
    private final Clock clock;
    private final Map<String, Given> given = new HashMap<>();

    private record Given(Assignment assignment, Instant at) {}

    /** @param effort longest time to search for a plan */
    BenchPlanning(
            LaboratoryStorage storage,
            BenchDirectory benches,
            BenchScheduler scheduler,
            LabCalendar calendar,
            Duration effort,
            Clock clock) {
        this.storage = storage;
        this.benches = benches;
        this.scheduler = scheduler;
        this.calendar = calendar;
        this.effort = effort;
        this.clock = clock;
    }

    /**
     * A place for a run. Others move only for what is urgent, or from a bench that is lost; they are given their new place
     * first, so that this one is never promised twice. Empty when one of them has begun meanwhile: plan again.
     */
    synchronized Outcome<Optional<Booking>> place(RunState.Designed state) {
        Instant now = clock.instant();
        String run = state.request().uuid().toString();
        PlanInForce inForce = inForce(now, run);
        ScheduleTask task = TaskOfRun.of(state, now);
        return solve(now, inForce, List.of(task), state.request().uuid().getLeastSignificantBits())
                .map(schedule -> {
                    String occasion = (state.request().isUrgent() ? "urgent request " : "request ")
                            + state.request().number();
                    PlanFigures figures = figures(now, occasion, schedule, inForce);
                    if (!move(schedule, inForce, figures)) {
                        return Optional.empty();
                    }
                    Assignment place = schedule.assignments().stream()
                            .filter(assignment -> assignment.task().equals(run))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("The plan lacks the run " + run));
                    given.put(run, new Given(place, now));
                    String number = state.request().number();
                    return Optional.of(booking(place, inForce, figures, write(state, schedule, task), number));
                });
    }

    /** Gives tests whose place is lost another, and says why; empty when the plan in force still holds. */
    synchronized Optional<PlanFigures> repair() {
        Instant now = clock.instant();
        if (!benches.isComplete()) {
            return Optional.empty();
        }
        PlanInForce inForce = inForce(now, "");
        Optional<String> occasion = inForce.broken(calendar);
        if (occasion.isEmpty() || inForce.movable().isEmpty()) {
            return Optional.empty();
        }
        return switch (solve(now, inForce, List.of(), 1)) {
            case Outcome.Refused<Schedule>(Failure failure) -> {
                LOG.info("The plan stays as it is though {}: {}", occasion.get(), failure.inOneLine());
                yield Optional.empty();
            }
            case Outcome.Ok<Schedule>(Schedule schedule) -> {
                PlanFigures figures = figures(now, occasion.get(), schedule, inForce);
                if (schedule.moved().isEmpty()) {
                    yield Optional.empty();
                }
                if (!move(schedule, inForce, figures)) {
                    LOG.info("Some tests had begun before they could move");
                }
                yield Optional.of(figures);
            }
        };
    }

    private PlanInForce inForce(Instant now, String own) {
        List<RunState.Open> booked = benches.booked();
        Map<String, Assignment> others = new HashMap<>();
        benches.bookings().forEach(assignment -> others.put(assignment.task(), assignment));
        given.values()
                .removeIf(entry -> others.containsKey(entry.assignment().task())
                        || entry.at().plus(ON_ITS_WAY).isBefore(now)
                        || entry.assignment().tearDownEnd().isBefore(now));
        given.forEach((task, entry) -> others.put(task, entry.assignment()));
        others.remove(own);
        return new PlanInForce(now, benches.benches(), booked, List.copyOf(others.values()));
    }

    private Outcome<Schedule> solve(Instant now, PlanInForce inForce, List<ScheduleTask> tasks, long seed) {
        return scheduler.schedule(new ScheduleProblem(
                now,
                inForce.benches(),
                inForce.fixed(),
                tasks,
                effort,
                seed,
                benches.chambers(),
                calendar,
                inForce.movable()));
    }

    private static PlanFigures figures(Instant now, String occasion, Schedule schedule, PlanInForce inForce) {
        return new PlanFigures(
                now,
                occasion,
                schedule.makespan(),
                schedule.lowerBound(),
                schedule.gap(),
                schedule.moved().size(),
                inForce.movable().size(),
                schedule.planFrom(),
                schedule.boundFrom());
    }

    /** Whether all that moves could be given its new place. */
    private boolean move(Schedule schedule, PlanInForce inForce, PlanFigures figures) {
        boolean all = true;
        for (Assignment place : schedule.assignments()) {
            Optional<RunState.Scheduled> other = inForce.scheduled(place.task());
            if (schedule.moved().contains(place.task()) && other.isPresent()) {
                RunState.Scheduled run = other.get();
                Booking old = run.booking();
                Booking booking = booking(
                        place, inForce, figures, old.outputPath(), run.request().number());
                boolean moved = benches.rebook(run, booking);
                if (moved) {
                    write(run.before(), schedule, TaskOfRun.of(run.before(), figures.plannedAt()));
                    LOG.info("{} moves from {} to {}", run.request().number(), old.start(), booking.start());
                }
                all = all && moved;
            }
        }
        return all;
    }

    private static Booking booking(
            Assignment place, PlanInForce inForce, PlanFigures figures, String output, String number) {
        Bench bench = inForce.benches().stream()
                .filter(candidate -> candidate.twin().equals(place.bench()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The plan names the unknown bench " + place.bench()));
        return new Booking(
                place.bench(),
                bench.kind(),
                place.channel(),
                place.setUpStart(),
                place.start(),
                place.end(),
                place.tearDownEnd(),
                inForce.withNumbers(place.why()).replace(place.task(), number),
                output,
                place.setUpBy(),
                place.tearDownBy(),
                place.soaks(),
                figures);
    }

    /** The content of {@code schedule.json}. */
    private record Output(ScheduleTask task, Schedule schedule, Instant preferred) {}

    private String write(RunState.Designed state, Schedule schedule, ScheduleTask task) {
        Path file = storage.resolve(state.before().folder().path())
                .resolve("schedule-output")
                .resolve("schedule.json");
        try {
            LaboratoryStorage.write(
                    file, Json.bytes(new Output(task, schedule, state.request().preferredDate())));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Schedule optimiser of " + state.request().number(), e);
        }
        return storage.relative(file);
    }
}
