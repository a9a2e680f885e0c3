package org.voltwin.twin.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.BenchProgress;
import org.voltwin.model.port.PhysicalBenches;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.port.VirtualBenches;
import org.voltwin.model.run.RunResult;
import org.voltwin.model.run.RunState;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.store.SampleStore;
import org.voltwin.twin.store.StreamInfo;
import org.voltwin.twin.store.StreamKey;

/** running -> completed: when the bench is done and the store has every row. */
public final class CompletionStage implements StageWork<RunState.Running> {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration SILENCE_BEFORE_ASKING = Duration.ofSeconds(30);
    private static final Duration SILENCE_BEFORE_FAILING = Duration.ofMinutes(5);
    private static final double NEARLY_DONE = 0.99;

    /** When rows last came. In memory only: after a restart the waiting begins again. */
    private record Arrival(long rows, Instant at, Instant asked) {}

    private final RunBoard board;
    private final RunMoves moves;
    private final SampleStore store;
    private final BenchOrders orders;
    private final VirtualBenches virtual;
    private final PhysicalBenches physical;
    private final Clock clock;
    private final Map<UUID, Arrival> arrivals = new ConcurrentHashMap<>();

    public CompletionStage(
            RunBoard board,
            RunMoves moves,
            SampleStore store,
            BenchDirectory benches,
            VirtualBenches virtual,
            PhysicalBenches physical,
            Clock clock) {
        this.board = board;
        this.moves = moves;
        this.store = store;
        this.orders = new BenchOrders(benches);
        this.virtual = virtual;
        this.physical = physical;
        this.clock = clock;
    }

    @Override
    public Class<RunState.Running> from() {
        return RunState.Running.class;
    }

    @Override
    public StageOutcome perform(RunState.Running state) {
        return switch (orders.of(state.before())) {
            case Outcome.Refused<BenchOrder> refused -> new StageOutcome.Fail(refused.failure());
            case Outcome.Ok<BenchOrder> order -> {
                BenchProgress progress = BenchOrders.isVirtual(state.before())
                        ? virtual.execute(order.value())
                        : physicalProgress(state, order.value());
                yield look(state, order.value(), progress);
            }
        };
    }

    private StageOutcome look(RunState.Running state, BenchOrder order, BenchProgress progress) {
        return switch (progress) {
            case BenchProgress.Broken broken -> new StageOutcome.Fail(broken.failure());
            case BenchProgress.Working working -> {
                report(
                        state,
                        working.fraction(),
                        stored(state).map(StreamInfo::rows).orElse(0L),
                        "");
                yield new StageOutcome.Wait("", POLL);
            }
            case BenchProgress.Done done -> finish(state, order, done);
        };
    }

    private BenchProgress physicalProgress(RunState.Running state, BenchOrder order) {
        Optional<BenchReport> report = board.fetch(order.run()).flatMap(Run::benchReport);
        long rows = stored(state).map(StreamInfo::rows).orElse(0L);
        if (report.isEmpty() || !report.get().isEnd()) {
            Optional<Failure> refused = askAgainWhenSilent(order, rows);
            return refused.isPresent()
                    ? new BenchProgress.Broken(refused.get())
                    : new BenchProgress.Working(estimate(state), rows);
        }
        Failure failure = report.get().failure();
        if (report.get().event().equals("finished")) {
            Map<String, Double> summary = report.get().summary();
            return new BenchProgress.Done(report.get().rows(), summary == null ? Map.of() : summary);
        }
        return new BenchProgress.Broken(
                failure != null
                        ? Failure.permanent(failure.code(), failure.cause(), failure.remedy())
                        : Failure.permanent(
                                "bench." + report.get().event(),
                                "Bench " + order.bench().name() + " says the run was "
                                        + report.get().event() + ".",
                                "Look at the bench's own log, then file the request again."));
    }

    /** A bench that was restarted may have forgotten its order; telling it again is harmless. */
    private Optional<Failure> askAgainWhenSilent(BenchOrder order, long rows) {
        Instant now = clock.instant();
        Arrival last = arrivals.compute(
                order.run(),
                (run, known) -> known == null || known.rows() != rows ? new Arrival(rows, now, now) : known);
        if (now.isBefore(last.asked().plus(SILENCE_BEFORE_ASKING))) {
            return Optional.empty();
        }
        arrivals.put(order.run(), new Arrival(rows, last.at(), now));
        return switch (physical.start(order)) {
            case Outcome.Ok<Boolean> accepted -> Optional.empty();
            case Outcome.Refused<Boolean> refused ->
                refused.failure().retryHelps() && now.isBefore(last.at().plus(SILENCE_BEFORE_FAILING))
                        ? Optional.empty()
                        : Optional.of(refused.failure());
        };
    }

    private double estimate(RunState.Running state) {
        Duration planned = Duration.between(
                state.before().booking().start(), state.before().booking().end());
        Duration past = Duration.between(state.since(), clock.instant());
        return planned.isPositive() ? Math.min(NEARLY_DONE, (double) past.toMillis() / planned.toMillis()) : 0;
    }

    private StageOutcome finish(RunState.Running state, BenchOrder order, BenchProgress.Done done) {
        Optional<StreamInfo> stream = stored(state);
        long rows = stream.map(StreamInfo::rows).orElse(0L);
        if (stream.isEmpty() || rows < done.rows()) {
            return waitForRows(state, order, rows, done.rows());
        }
        arrivals.remove(order.run());
        Map<String, Double> summary = new TreeMap<>(done.summary());
        summary.putAll(ResultSummary.of(store, stream.get()));
        report(state, 1, rows, "");
        return new StageOutcome.Advance(state.completed(
                new RunResult(
                        stream.get().key().stream(),
                        rows,
                        stream.get().columns().stream()
                                .filter(column -> !column.name().equals(Variables.TIME))
                                .toList(),
                        summary),
                clock.instant()));
    }

    private StageOutcome waitForRows(RunState.Running state, BenchOrder order, long rows, long wanted) {
        Instant now = clock.instant();
        Arrival last = arrivals.compute(
                order.run(),
                (run, known) -> known == null || known.rows() != rows ? new Arrival(rows, now, now) : known);
        if (now.isAfter(last.at().plus(SILENCE_BEFORE_FAILING))) {
            return new StageOutcome.Fail(Failure.permanent(
                    "run.rows_missing",
                    "Bench " + order.bench().name() + " has sent " + wanted + " rows but only " + rows
                            + " of them arrived.",
                    "Look at the rejected messages and the bench's log, then file the request again."));
        }
        String message = rows + " of " + wanted + " rows are stored.";
        report(state, NEARLY_DONE, rows, message);
        return new StageOutcome.Wait(message, POLL);
    }

    private Optional<StreamInfo> stored(RunState.Running state) {
        return store.stream(new StreamKey(
                state.request().unit().twin(), state.request().uuid().toString()));
    }

    private void report(RunState.Running state, double fraction, long rows, String message) {
        board.find(state.request().uuid()).ifPresent(run -> moves.progress(run, fraction, rows, message));
    }
}
