package org.voltwin.cosim.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.MessageBus;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.ResultMessage;
import org.voltwin.model.telemetry.Variables;

/**
 * Publishes rows as result messages (CO-05). A message has at most 200 rows and is published at the latest half a
 * second after its first row. All rows of a message have values for the same columns, so that its variables share
 * their time stamps. Used by one thread, besides {@link #flushIfDue}.
 */
final class RowPublisher {
    static final int MOST_ROWS = 200;
    private static final long LATEST_NANOSECONDS = 500_000_000L;
    private static final int MOST_UNDERWAY = 32;

    private final MessageBus bus;
    private final BenchOrder order;
    private final String topic;
    private final List<CellObserver.CellRow> rows = new ArrayList<>();
    private final Semaphore underway = new Semaphore(MOST_UNDERWAY);
    private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    private List<Column> columns = List.of();
    private long firstAtNanoseconds;

    RowPublisher(MessageBus bus, BenchOrder order) {
        this.bus = bus;
        this.order = order;
        this.topic = "LIMS/metrics/" + order.bench().name() + "/simulation_metrics";
    }

    synchronized void columns(List<Column> all) {
        columns = List.copyOf(all);
    }

    synchronized void add(CellObserver.CellRow row) throws InterruptedException {
        boolean differs = !rows.isEmpty() && !sameValidity(rows.getLast(), row);
        if (rows.size() >= MOST_ROWS || differs) {
            publish(rows.size(), null);
        }
        if (rows.isEmpty()) {
            firstAtNanoseconds = System.nanoTime();
        }
        rows.add(row);
        flushIfDue();
    }

    /** Publishes what waits too long, all but the newest row: the last message must be able to say the total. */
    synchronized void flushIfDue() throws InterruptedException {
        if (rows.size() > 1 && System.nanoTime() - firstAtNanoseconds >= LATEST_NANOSECONDS) {
            publish(rows.size() - 1, null);
            firstAtNanoseconds = System.nanoTime();
        }
    }

    /** Publishes the rest with the number of rows of the stream, and waits until the broker has everything. */
    void finish(long totalRows) throws InterruptedException {
        synchronized (this) {
            publish(rows.size(), totalRows);
        }
        underway.acquire(MOST_UNDERWAY);
        underway.release(MOST_UNDERWAY);
        Throwable error = failed.get();
        if (error != null) {
            throw new CompletionException("The broker did not take a message", error);
        }
    }

    private static boolean sameValidity(CellObserver.CellRow a, CellObserver.CellRow b) {
        return IntStream.range(0, a.values().length)
                .allMatch(i -> Double.isNaN(a.values()[i]) == Double.isNaN(b.values()[i]));
    }

    private void publish(int count, @Nullable Long totalRows) throws InterruptedException {
        if (count == 0) {
            return;
        }
        List<CellObserver.CellRow> now = List.copyOf(rows.subList(0, count));
        rows.subList(0, count).clear();
        byte[] message = Json.bytes(message(now, totalRows));
        underway.acquire();
        CompletionStage<Void> sent;
        try {
            sent = bus.publish(topic, message, false);
        } catch (RuntimeException e) {
            underway.release();
            throw e;
        }
        var unused = sent.whenComplete((done, error) -> {
            if (error != null) {
                failed.compareAndSet(null, error);
            }
            underway.release();
        });
        Throwable error = failed.get();
        if (error != null) {
            throw new CompletionException("The broker did not take a message", error);
        }
    }

    private ResultMessage message(List<CellObserver.CellRow> now, @Nullable Long totalRows) {
        List<ResultMessage.Variable> variables = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int index = i;
            Column column = columns.get(i);
            if (Double.isNaN(now.getFirst().values()[i])) {
                continue;
            }
            Unit wire = Variables.wireUnit(column.name()).orElse(column.unit());
            variables.add(new ResultMessage.Variable(
                    column.name(),
                    column.direction().label(),
                    wire.symbol(),
                    now.stream()
                            .map(row -> new ResultMessage.TimedValue(
                                    row.timeSeconds(), wire.fromInside(row.values()[index])))
                            .toList()));
        }
        return new ResultMessage(
                order.procedure().name(),
                order.unit().level().testType(),
                order.run(),
                order.unit().code(),
                BenchKind.VIRTUAL.label(),
                order.useCase().label(),
                now.getFirst().sequence(),
                totalRows,
                variables);
    }
}
