package org.voltwin.lims.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.MessageBus;

/** Sends what is in the outbox until the twin has answered. */
final class OutboxPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxPublisher.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

    private final LimsDatabase database;
    private final MessageBus bus;
    private final Clock clock;
    private final Semaphore wakeUp = new Semaphore(0);
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;
    private @Nullable Thread worker;

    OutboxPublisher(LimsDatabase database, MessageBus bus, Clock clock) {
        this.database = database;
        this.bus = bus;
        this.clock = clock;
    }

    void start() {
        worker = Thread.ofVirtual().name("lims-outbox").start(this::work);
    }

    /** There is something new. */
    void wakeUp() {
        wakeUp.release();
    }

    private void work() {
        while (open) {
            try {
                List<Outbox.Message> due = database.inTransaction(c -> Outbox.due(c, clock.instant()));
                due.stream().filter(message -> underWay.add(message.id())).forEach(this::send);
            } catch (RefusedException e) {
                LOG.warn("The outbox cannot be read, again in {} s: {}", LONGEST_SLEEP.toSeconds(), e.getMessage());
            }
            try {
                if (wakeUp.tryAcquire(untilNextDue().toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUp.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Duration untilNextDue() {
        try {
            Optional<Instant> next = database.inTransaction(Outbox::nextDue);
            Duration wait =
                    next.map(at -> Duration.between(clock.instant(), at)).orElse(LONGEST_SLEEP);
            // A message that is under way stays due; it must not make this loop spin.
            Duration atLeast = wait.compareTo(Duration.ofMillis(100)) < 0 ? Duration.ofMillis(100) : wait;
            return atLeast.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : atLeast;
        } catch (RefusedException e) {
            LOG.warn("The outbox cannot be read: {}", e.getMessage());
            return LONGEST_SLEEP;
        }
    }

    private void send(Outbox.Message message) {
        bus.publish(message.topic(), message.payload().getBytes(UTF_8), false)
                .whenComplete((done, error) ->
                        Thread.ofVirtual().name("lims-outbox-sent").start(() -> sent(message, error)));
    }

    private void sent(Outbox.Message message, @Nullable Throwable error) {
        try {
            if (error != null) {
                LOG.warn("{} of {} was not taken by the broker: {}", message.topic(), message.uuid(), error.toString());
            }
            database.inTransaction(c -> {
                Outbox.sent(c, message, clock.instant());
                return message;
            });
        } catch (RefusedException e) {
            LOG.warn("{} of {} will be sent again: {}", message.topic(), message.uuid(), e.getMessage());
        } finally {
            underWay.remove(message.id());
        }
    }

    @Override
    public void close() {
        open = false;
        Thread thread = worker;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
