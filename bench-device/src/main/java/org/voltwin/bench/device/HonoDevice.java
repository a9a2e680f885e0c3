package org.voltwin.bench.device;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;

/**
 * A device at Hono's MQTT adapter. What is sent is sent until it is acknowledged: after a lost connection, or an
 * acknowledgement that does not come, everything that is not acknowledged is sent again in the same order. So a
 * message may arrive twice, but none is lost while this object lives. Blocking methods are meant for virtual threads.
 */
public final class HonoDevice implements AutoCloseable {
    private final DeviceLine line;
    private final DeviceOptions options;
    private final Semaphore window;
    private final AtomicLong unacknowledged = new AtomicLong();
    private final Object quiet = new Object();

    /**
     * Does not connect yet.
     *
     * @param device also its authentication id, as in {@code org.voltwin:bench-01@lab}
     * @param password asked for at every attempt to connect
     */
    public HonoDevice(
            Vertx vertx, HonoAddress address, TwinId device, Supplier<String> password, DeviceOptions options) {
        this.options = options;
        this.window = new Semaphore(options.window());
        this.line = new DeviceLine(vertx, address, device, password, options);
    }

    /** Sets what answers commands, before connecting; without one the device takes no commands. */
    public void onCommand(CommandHandler handler) {
        line.onCommand(handler);
    }

    /**
     * Connects, and keeps connected from now on. Refused with {@code device.refused} when the adapter does not know the
     * device or its password, with {@code device.unreachable} when there is no connection within the time.
     */
    public Outcome<Boolean> connect(Duration within) {
        CompletableFuture<Boolean> connected = line.start();
        try {
            return Outcome.ok(connected.get(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return Outcome.refused(reason(e));
        } catch (TimeoutException e) {
            return Outcome.refused(line.unreachable());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.refused(interrupted());
        }
    }

    /** Sends a message as {@link #send(DeviceMessage, Runnable)} does, for callers that need no word of its arrival. */
    public void send(DeviceMessage message) {
        send(message, () -> {});
    }

    /**
     * Sends a message; waits while as many as the window allows are not acknowledged.
     *
     * @param whenAcknowledged told on the event loop, not at all if the device is refused or closed; has returned
     *     before {@link #awaitAcknowledged()} does
     * @throws RefusedException when the device was refused, or nothing moves for the options' patience
     */
    public void send(DeviceMessage message, Runnable whenAcknowledged) {
        acquire();
        unacknowledged.incrementAndGet();
        line.send(message).thenRun(whenAcknowledged).whenComplete((told, failure) -> {
            window.release();
            if (unacknowledged.decrementAndGet() == 0) {
                synchronized (quiet) {
                    quiet.notifyAll();
                }
            }
        });
    }

    /** Waits until everything is acknowledged; refused when the device was refused, or nothing moves for the patience. */
    public Outcome<Boolean> awaitAcknowledged() {
        long before = line.acknowledged();
        long since = System.nanoTime();
        synchronized (quiet) {
            while (unacknowledged.get() > 0) {
                Optional<Failure> end = line.end();
                if (end.isPresent()) {
                    return Outcome.refused(end.get());
                }
                if (line.acknowledged() != before) {
                    before = line.acknowledged();
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > options.patience().toNanos()) {
                    return Outcome.refused(line.unreachable());
                }
                try {
                    quiet.wait(200);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return Outcome.refused(interrupted());
                }
            }
        }
        return line.end().<Outcome<Boolean>>map(Outcome::refused).orElseGet(() -> Outcome.ok(true));
    }

    public boolean isConnected() {
        return line.isConnected();
    }

    /** Messages acknowledged so far. */
    public long acknowledged() {
        return line.acknowledged();
    }

    /** Messages sent more than once so far, each time counted. */
    public long resent() {
        return line.resent();
    }

    private void acquire() {
        try {
            long waited = 0;
            while (!window.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                waited += 200;
                line.end().ifPresent(failure -> {
                    throw new RefusedException(failure);
                });
                if (waited > options.patience().toMillis()) {
                    throw new RefusedException(line.unreachable());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(interrupted());
        }
        line.end().ifPresent(failure -> {
            window.release();
            throw new RefusedException(failure);
        });
    }

    private static Failure reason(ExecutionException e) {
        @Nullable Throwable cause = e.getCause();
        return cause instanceof RefusedException refused
                ? refused.failure()
                : Failure.passing("device.unreachable", "The device could not connect: " + cause + ".", "Try again.");
    }

    private static Failure interrupted() {
        return Failure.passing("device.interrupted", "The device was told to stop.", "Start it again.");
    }

    /** Disconnects; what is not acknowledged is given up. */
    @Override
    public void close() {
        line.close();
    }
}
