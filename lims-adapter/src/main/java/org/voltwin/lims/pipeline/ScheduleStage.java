package org.voltwin.lims.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.port.BenchScheduler;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.procedure.TestProcedure;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;

/**
 * Schedule optimiser: finds a bench and a start, and writes {@code schedule-output/}.
 *
 * <p>One run at a time. A booking that was given out counts until the twins show it, so that two runs that are planned
 * shortly after each other never get the same place.
 */
public final class ScheduleStage implements StageWork<RunState.Designed> {
    /** How long a booking that the twins do not show is believed to be on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(10);

    /** What a test takes whose steps nobody has described. */
    private static final Duration UNDESCRIBED = Duration.ofHours(4);

    private final LaboratoryStorage storage;
    private final BenchDirectory benches;
    private final BenchScheduler scheduler;
    private final Duration effort;
    private final Clock clock;
    private final Map<String, Given> given = new HashMap<>();

    private record Given(Assignment assignment, Instant at) {}

    /** @param effort longest time to search for a plan */
    public ScheduleStage(
            LaboratoryStorage storage, BenchDirectory benches, BenchScheduler scheduler, Duration effort, Clock clock) {
        this.storage = storage;
        this.benches = benches;
        this.scheduler = scheduler;
        this.effort = effort;
        this.clock = clock;
    }

    @Override
    public Class<RunState.Designed> from() {
        return RunState.Designed.class;
    }

    @Override
    public synchronized StageOutcome perform(RunState.Designed state) {
        Instant now = clock.instant();
        String run = state.request().uuid().toString();
        List<Bench> all = benches.benches();
        ScheduleTask task = task(state, now);
        ScheduleProblem problem = new ScheduleProblem(
                now,
                all,
                fixed(run, now),
                List.of(task),
                effort,
                state.request().uuid().getLeastSignificantBits());
        return switch (scheduler.schedule(problem)) {
            case Outcome.Refused<Schedule>(Failure failure) -> new StageOutcome.Fail(failure);
            case Outcome.Ok<Schedule>(Schedule schedule) -> {
                Assignment place = schedule.assignments().stream()
                        .filter(assignment -> assignment.task().equals(run))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("The plan lacks the run " + run));
                String output = write(state, schedule, task);
                given.put(run, new Given(place, now));
                yield new StageOutcome.Advance(state.scheduled(booking(place, all, output), clock.instant()));
            }
        };
    }

    /** What stays where it is: what the twins show, and what is on its way there; never this run's own place. */
    private List<Assignment> fixed(String run, Instant now) {
        Map<String, Assignment> fixed = benches.bookings().stream()
                .collect(Collectors.toMap(Assignment::task, assignment -> assignment, (first, second) -> second));
        given.values()
                .removeIf(entry -> fixed.containsKey(entry.assignment().task())
                        || entry.at().plus(ON_ITS_WAY).isBefore(now)
                        || entry.assignment().tearDownEnd().isBefore(now));
        given.forEach((task, entry) -> fixed.put(task, entry.assignment()));
        fixed.remove(run);
        return new ArrayList<>(fixed.values());
    }

    private static ScheduleTask task(RunState.Designed state, Instant now) {
        TestRequest request = state.request();
        TestProcedure procedure = request.procedure();
        List<Scenario> scenarios = state.design().scenarios();
        Duration testTime = procedure == null
                ? UNDESCRIBED
                : Duration.ofMillis((long) (1000 * procedure.maxTimeSeconds() * Math.max(1, scenarios.size())));
        return new ScheduleTask(
                request.uuid().toString(),
                request.unit().level(),
                request.benchKind(),
                Set.of(procedure == null ? "mechanical" : "electrical"),
                procedure == null ? 0 : largestCurrentAmperes(procedure, scenarios),
                testTime,
                now,
                request.preferredDate());
    }

    /** The largest magnitude that the steps ask for, but no more than the unit's limit, which wins on every bench. */
    private static double largestCurrentAmperes(TestProcedure procedure, List<Scenario> scenarios) {
        double factor = scenarios.stream()
                .mapToDouble(scenario -> scenario.parameter(Scenario.C_RATE, 1))
                .max()
                .orElse(1);
        double largest = procedure.steps().stream()
                .mapToDouble(step -> currentAmperes(step, procedure.nominalCapacityAmpereHours() * factor))
                .max()
                .orElse(0);
        return Math.min(largest, procedure.limits().maxCurrentAmperes());
    }

    private static double currentAmperes(ProcedureStep step, double amperesAtOneC) {
        Double amperes = step.currentAmperes();
        Double cRate = step.cRate();
        return amperes != null ? Math.abs(amperes) : cRate != null ? Math.abs(cRate) * amperesAtOneC : 0;
    }

    private static Booking booking(Assignment place, List<Bench> all, String output) {
        Bench bench = all.stream()
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
                place.why(),
                output);
    }

    /** The content of {@code schedule.json}. */
    private record Output(
            ScheduleTask task, Schedule schedule, @Nullable Instant preferred) {}

    private String write(RunState.Designed state, Schedule schedule, ScheduleTask task) {
        Path file = storage.resolve(state.before().folder().path())
                .resolve("schedule-output")
                .resolve("schedule.json");
        try {
            LaboratoryStorage.write(file, Json.bytes(new Output(task, schedule, task.preferred())));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Schedule optimiser of " + state.request().number(), e);
        }
        return storage.relative(file);
    }
}
