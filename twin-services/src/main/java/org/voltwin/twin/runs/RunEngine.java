package org.voltwin.twin.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.run.RunState;

/**
 * Has the work of every stage done. It keeps nothing of its own that matters: what is to be done follows from the
 * twins, so a restart goes on where they say.
 */
public final class RunEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunEngine.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration ENDED_REPUBLISHED = Duration.ofDays(1);

    /** What the engine remembers of a run's current stage: only to be polite with retries. */
    private static final class Job {
        private final RunState state;
        private volatile Instant due = Instant.MIN;
        private final AtomicInteger failures = new AtomicInteger();

        Job(RunState state) {
            this.state = state;
        }
    }

    private final RunBoard board;
    private final RunMoves moves;
    private final RetryPolicy retries;
    private final Clock clock;
    private final Map<Class<?>, StageWork<?>> works = new HashMap<>();
    /** Two runs planned at once would both find the same bench free: a booking must be on its twin before the next. */
    private final ReentrantLock onePlan = new ReentrantLock();

    /** Runs that are worked on: a stage begins only when the one before has said that it is done. */
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();

    private final Map<UUID, Job> jobs = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("stage-", 0).factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("run-engine").factory());

    public RunEngine(RunBoard board, RunMoves moves, RetryPolicy retries, Clock clock) {
        this.board = board;
        this.moves = moves;
        this.retries = retries;
        this.clock = clock;
    }

    /** Begins to work. One work per stage; a stage without one waits. */
    public void start(List<StageWork<?>> stages) {
        for (StageWork<?> stage : stages) {
            if (works.put(stage.from(), stage) != null) {
                throw new IllegalArgumentException(
                        "Two works start from " + stage.from().getSimpleName());
            }
        }
        board.addListener(this::consider);
        Instant shown = clock.instant().minus(ENDED_REPUBLISHED);
        timer.execute(() -> board.all().stream()
                .filter(run ->
                        !run.state().stage().isEnd() || run.state().since().isAfter(shown))
                .forEach(moves::republish));
        timer.scheduleWithFixedDelay(this::considerAll, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void considerAll() {
        try {
            board.all().forEach(this::consider);
        } catch (RuntimeException e) {
            LOG.error("Looking for runs failed", e);
        }
    }

    private void consider(Run seen) {
        // what was seen may be old already: work for a stage that is over would be done in vain
        Run run = board.find(seen.uuid()).orElse(seen);
        StageWork<?> work = works.get(run.state().getClass());
        if (work == null || !board.isComplete()) {
            jobs.remove(run.uuid());
            return;
        }
        Job job = jobs.compute(
                run.uuid(),
                (uuid, known) -> known != null && known.state.equals(run.state()) ? known : new Job(run.state()));
        if (!job.due.isAfter(clock.instant()) && busy.add(run.uuid())) {
            try {
                workers.execute(() -> work(run, work, job));
            } catch (RejectedExecutionException e) {
                busy.remove(run.uuid());
                LOG.debug("Closed before run {} could go on", run.uuid());
            }
        }
    }

    private void work(Run run, StageWork<?> work, Job job) {
        boolean planning = run.state() instanceof RunState.Designed;
        try {
            if (planning) {
                onePlan.lockInterruptibly();
            }
            handle(run, job, perform(work, run.state()));
        } catch (RefusedException e) {
            fail(run, job, e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            Duration pause = retries.pause(job.failures.incrementAndGet());
            job.due = clock.instant().plus(pause);
            LOG.warn(
                    "Run {} in stage {}: will be tried again in {}",
                    run.state().request().number(),
                    run.state().stage().id(),
                    pause,
                    e);
        } finally {
            busy.remove(run.uuid());
            if (onePlan.isHeldByCurrentThread()) {
                onePlan.unlock();
            }
        }
        board.find(run.uuid()).filter(now -> !now.state().equals(run.state())).ifPresent(this::consider);
    }

    private static <S extends RunState.Open> StageOutcome perform(StageWork<S> work, RunState state)
            throws InterruptedException {
        return work.perform(work.from().cast(state));
    }

    private void handle(Run run, Job job, StageOutcome outcome) {
        switch (outcome) {
            case StageOutcome.Advance advance -> move(run, advance.next());
            case StageOutcome.Wait wait -> {
                job.failures.set(0);
                job.due = clock.instant().plus(wait.retryAfter());
                timer.schedule(
                        () -> board.find(run.uuid()).ifPresent(this::consider),
                        wait.retryAfter().toMillis() + 1,
                        TimeUnit.MILLISECONDS);
                show(run, wait.reason());
            }
            case StageOutcome.Fail fail -> fail(run, job, fail.failure());
        }
    }

    private void fail(Run run, Job job, Failure failure) {
        int failures = job.failures.incrementAndGet();
        Optional<Duration> pause = failure.retryHelps() ? retries.pauseBeforeGivingUp(failures) : Optional.empty();
        if (pause.isPresent()) {
            job.due = clock.instant().plus(pause.get());
            LOG.info("Run {}: {}", run.state().request().number(), failure.inOneLine());
            show(run, failure.cause() + " It is tried again.");
        } else if (run.state() instanceof RunState.Open open) {
            move(run, open.failed(failure, clock.instant()));
        }
    }

    private void show(Run run, String message) {
        Run latest = board.find(run.uuid()).orElse(run);
        moves.progress(latest, latest.fraction(), latest.rows(), message);
    }

    private void move(Run run, RunState next) {
        Run latest = board.find(run.uuid())
                .filter(now -> now.state().equals(run.state()))
                .orElse(run);
        if (!moves.move(latest, next)) {
            LOG.info("Run {} was moved by somebody else", run.state().request().number());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("Some stage work did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
