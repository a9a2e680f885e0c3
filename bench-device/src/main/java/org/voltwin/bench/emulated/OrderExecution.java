package org.voltwin.bench.emulated;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.voltwin.bench.device.HonoDevice;
import org.voltwin.bench.device.Pace;
import org.voltwin.bench.device.SampleSender;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Variables;

/** Executes one order: rows of the source at the order's speed, sent as samples about the unit under test. */
final class OrderExecution {
    /** How an execution ended, when it was not shut down. */
    sealed interface End {
        /** All rows are acknowledged. */
        record Finished(long rows, Map<String, Double> summary) implements End {}

        record Failed(long rows, Failure failure) implements End {}

        record Cancelled(long rows) implements End {}
    }

    private final BenchOrder order;
    private final CellSource source;
    private final HonoDevice device;
    private final String benchName;
    private final long firstRow;
    private final LongConsumer acknowledgedUpTo;
    private final Pace pace;
    private final AtomicLong rows = new AtomicLong();

    /**
     * @param firstRow rows before this one were acknowledged before a restart: they are passed over without waiting
     */
    OrderExecution(
            BenchOrder order,
            CellSource source,
            HonoDevice device,
            String benchName,
            long firstRow,
            LongConsumer acknowledgedUpTo) {
        this.order = order;
        this.source = source;
        this.device = device;
        this.benchName = benchName;
        this.firstRow = firstRow;
        this.acknowledgedUpTo = acknowledgedUpTo;
        this.pace = new Pace(order.speed(), System::nanoTime);
    }

    BenchOrder order() {
        return order;
    }

    /** Rows so far. */
    long rows() {
        return rows.get();
    }

    /** Ends the execution after the row at hand, from any thread. */
    void stop() {
        pace.stop();
    }

    /**
     * Runs to the end, blocking.
     *
     * @throws InterruptedException when the process is ending: the order is not over then
     */
    End run() throws InterruptedException {
        try (CellSource.Rows from = source.open(order)) {
            SampleSender sender = new SampleSender(
                    device,
                    order.unit().twin(),
                    order.run().toString(),
                    order.run(),
                    benchName,
                    from.columns(),
                    firstRow,
                    acknowledgedUpTo,
                    System::nanoTime);
            if (!send(from, sender)) {
                sender.breakOff();
                return new End.Cancelled(rows.get());
            }
            sender.finish();
            return switch (device.awaitAcknowledged()) {
                case Outcome.Ok<Boolean> ok -> new End.Finished(rows.get(), from.summary());
                case Outcome.Refused<Boolean>(Failure failure) -> ended(failure);
            };
        } catch (RefusedException e) {
            return ended(e.failure());
        }
    }

    private End ended(Failure failure) throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
        return new End.Failed(rows.get(), failure);
    }

    /** False when it was stopped. */
    private boolean send(CellSource.Rows from, SampleSender sender) throws InterruptedException {
        int time = timeColumn(from.columns());
        for (@Nullable List<@Nullable Double> row = from.next(); row != null; row = from.next()) {
            if (pace.isStopped()) {
                return false;
            }
            if (rows.get() >= firstRow) {
                Double testTime = time < 0 ? null : row.get(time);
                Duration wait = pace.until(
                        testTime == null
                                ? null
                                : from.columns().get(time).unit().toInside(testTime));
                sender.beforeWaiting(wait);
                if (!pace.await(wait)) {
                    return false;
                }
                sender.add(row);
            }
            rows.incrementAndGet();
        }
        return !pace.isStopped();
    }

    private static int timeColumn(List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(Variables.TIME)) {
                return i;
            }
        }
        return -1;
    }
}
