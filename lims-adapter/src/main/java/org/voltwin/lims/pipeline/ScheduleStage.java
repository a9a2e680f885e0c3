package org.voltwin.lims.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.lab.LabCalendar;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.port.BenchScheduler;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.RunState;

/** Schedule optimiser: finds a bench and a start, and writes {@code schedule-output/}. */
public final class ScheduleStage implements StageWork<RunState.Designed> {
    private static final Duration PLAN_AGAIN = Duration.ofSeconds(1);

    private final BenchPlanning planning;
    private final Clock clock;

    /**
     * @param calendar staff, holidays and closures
     * @param effort longest time to search for a plan
     */
    public ScheduleStage(
            LaboratoryStorage storage,
            BenchDirectory benches,
            BenchScheduler scheduler,
            LabCalendar calendar,
            Duration effort,
            Clock clock) {
        this.planning = new BenchPlanning(storage, benches, scheduler, calendar, effort, clock);
        this.clock = clock;
    }

    @Override
    public Class<RunState.Designed> from() {
        return RunState.Designed.class;
    }

    @Override
    public StageOutcome perform(RunState.Designed state) {
        return switch (planning.place(state)) {
            case Outcome.Refused<Optional<Booking>>(Failure failure) -> new StageOutcome.Fail(failure);
            case Outcome.Ok<Optional<Booking>>(Optional<Booking> booking) ->
                booking.<StageOutcome>map(place -> new StageOutcome.Advance(state.scheduled(place, clock.instant())))
                        .orElseGet(() -> new StageOutcome.Wait(
                                "A test that was to make room has begun meanwhile; it is planned again.", PLAN_AGAIN));
        };
    }

    /** What keeps the places that were given out in step with the laboratory. */
    public PlanKeeper keeper() {
        return new PlanKeeper(planning::repair);
    }
}
