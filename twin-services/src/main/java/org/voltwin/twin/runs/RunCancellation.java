package org.voltwin.twin.runs;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.PhysicalBenches;
import org.voltwin.model.port.VirtualBenches;
import org.voltwin.model.run.RunState;

/** Calls runs off, and their benches with them. Blocking; throws when Ditto cannot be reached. */
public final class RunCancellation {
    private static final Logger LOG = LoggerFactory.getLogger(RunCancellation.class);
    private static final int ATTEMPTS = 5;

    private final RunBoard board;
    private final RunMoves moves;
    private final BenchOrders orders;
    private final VirtualBenches virtual;
    private final PhysicalBenches physical;
    private final Clock clock;

    public RunCancellation(
            RunBoard board,
            RunMoves moves,
            BenchDirectory benches,
            VirtualBenches virtual,
            PhysicalBenches physical,
            Clock clock) {
        this.board = board;
        this.moves = moves;
        this.orders = new BenchOrders(benches);
        this.virtual = virtual;
        this.physical = physical;
        this.clock = clock;
    }

    /**
     * Calls a run off. Again, it only tells the bench again. A run that has ended otherwise stays as it is.
     *
     * @return the run's state; refused with {@code run.not_found} or {@code run.conflict}
     */
    public Outcome<RunState> cancel(UUID uuid, String by) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Run> run = board.fetch(uuid);
            if (run.isEmpty()) {
                return Outcome.refused(Failure.permanent(
                        "run.not_found", "There is no run " + uuid + ".", "Look at the list of tests."));
            }
            switch (run.get().state()) {
                case RunState.Open open -> {
                    if (moves.move(run.get(), open.cancelled(by, clock.instant()))) {
                        LOG.info("Run {} was cancelled by {}", uuid, by);
                    }
                }
                case RunState.Cancelled cancelled -> {
                    stopBench(cancelled);
                    return Outcome.ok(cancelled);
                }
                case RunState.Completed completed -> {
                    return Outcome.ok(completed);
                }
                case RunState.Failed failed -> {
                    return Outcome.ok(failed);
                }
            }
        }
        return Outcome.refused(Failure.passing(
                "run.conflict", "Run " + uuid + " moves on too quickly to be cancelled.", "Cancel it again."));
    }

    private void stopBench(RunState.Cancelled state) {
        Optional<RunState.Scheduled> scheduled = state.find(RunState.Scheduled.class);
        if (scheduled.isEmpty()) {
            return;
        }
        UUID run = state.request().uuid();
        if (BenchOrders.isVirtual(scheduled.get())) {
            virtual.cancel(run);
        } else if (orders.of(scheduled.get()) instanceof Outcome.Ok<BenchOrder> order
                && physical.cancel(order.value(), run) instanceof Outcome.Refused<Boolean> refused) {
            LOG.warn(
                    "Run {} is cancelled but its bench was not told: {}",
                    run,
                    refused.failure().inOneLine());
        }
    }
}
