package org.voltwin.lims.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.schedule.PlanFigures;

/**
 * Looks every few seconds whether the plan in force still holds, and has it planned again when a bench is lost or closed,
 * or a test takes longer than planned. It keeps nothing: what to do follows from the twins.
 */
public final class PlanKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlanKeeper.class);
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final Supplier<Optional<PlanFigures>> repair;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("plan-keeper").factory());

    PlanKeeper(Supplier<Optional<PlanFigures>> repair) {
        this.repair = repair;
    }

    /** Begins to look. */
    public void start() {
        timer.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks now. A failure is told and met again the next time. */
    public void look() {
        try {
            repair.get()
                    .ifPresent(plan -> LOG.info(
                            "Because {}, {} of {} tests moved", plan.occasion(), plan.moved(), plan.planned()));
        } catch (RuntimeException e) {
            LOG.warn("The bench plan is looked at again in {}", INTERVAL, e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
