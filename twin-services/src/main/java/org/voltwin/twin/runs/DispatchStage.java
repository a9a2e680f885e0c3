package org.voltwin.twin.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.BenchProgress;
import org.voltwin.model.port.PhysicalBenches;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.port.VirtualBenches;
import org.voltwin.model.run.RunState;

/** scheduled -> running: waits for the booked start, then hands the order to the bench, whichever kind it is (LI-10). */
public final class DispatchStage implements StageWork<RunState.Scheduled> {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final BenchOrders orders;
    private final VirtualBenches virtual;
    private final PhysicalBenches physical;
    private final Clock clock;

    public DispatchStage(BenchDirectory benches, VirtualBenches virtual, PhysicalBenches physical, Clock clock) {
        this.orders = new BenchOrders(benches);
        this.virtual = virtual;
        this.physical = physical;
        this.clock = clock;
    }

    @Override
    public Class<RunState.Scheduled> from() {
        return RunState.Scheduled.class;
    }

    @Override
    public StageOutcome perform(RunState.Scheduled state) {
        Instant start = state.booking().start();
        Duration left = Duration.between(clock.instant(), start);
        if (left.isPositive()) {
            Duration wait = left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
            return new StageOutcome.Wait(
                    "Starts at " + start + " on " + state.booking().bench().name() + ".", wait);
        }
        return switch (orders.of(state)) {
            case Outcome.Refused<BenchOrder> refused -> new StageOutcome.Fail(refused.failure());
            case Outcome.Ok<BenchOrder> order ->
                BenchOrders.isVirtual(state) ? startVirtual(state, order.value()) : startPhysical(state, order.value());
        };
    }

    private StageOutcome startVirtual(RunState.Scheduled state, BenchOrder order) {
        return switch (virtual.execute(order)) {
            case BenchProgress.Working working -> new StageOutcome.Advance(state.running(clock.instant()));
            case BenchProgress.Done done -> new StageOutcome.Advance(state.running(clock.instant()));
            case BenchProgress.Broken broken -> new StageOutcome.Fail(broken.failure());
        };
    }

    private StageOutcome startPhysical(RunState.Scheduled state, BenchOrder order) {
        return switch (physical.start(order)) {
            case Outcome.Ok<Boolean> accepted -> new StageOutcome.Advance(state.running(clock.instant()));
            case Outcome.Refused<Boolean> refused -> new StageOutcome.Fail(refused.failure());
        };
    }
}
