package org.voltwin.bench.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.TwinId;
import org.voltwin.model.json.Json;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.SampleBatch;

/**
 * Sends the rows of one stream in batches: a batch goes when it is full, or when its oldest row has waited. The last
 * batch says how many rows there are. Used by one thread.
 */
public final class SampleSender {
    /** Most rows of a batch, by the contract of the telemetry. */
    public static final int BATCH_ROWS = 200;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final HonoDevice device;
    private final TwinId thing;
    private final String stream;
    private final @Nullable UUID run;
    private final String source;
    private final List<Column> columns;
    private final LongConsumer acknowledgedUpTo;
    private final LongSupplier nanoTime;
    private final AcknowledgedRows acknowledged = new AcknowledgedRows();
    private List<List<@Nullable Double>> rows = new ArrayList<>();
    private long first;
    private long waitingSinceNanos;
    private boolean firstIsRepeated;
    private long batches;

    /**
     * @param first sequence number of the first row that is added
     * @param acknowledgedUpTo told, on any thread, how many rows from the stream's beginning are acknowledged without a
     *     gap
     */
    public SampleSender(
            HonoDevice device,
            TwinId thing,
            String stream,
            @Nullable UUID run,
            String source,
            List<Column> columns,
            long first,
            LongConsumer acknowledgedUpTo,
            LongSupplier nanoTime) {
        this.device = device;
        this.thing = thing;
        this.stream = stream;
        this.run = run;
        this.source = source;
        this.columns = List.copyOf(columns);
        this.first = first;
        this.acknowledgedUpTo = acknowledgedUpTo;
        this.nanoTime = nanoTime;
        acknowledged.startAt(first);
    }

    /** Adds the next row; may send, and wait for acknowledgements. */
    public void add(List<@Nullable Double> row) {
        if (rows.size() == BATCH_ROWS) {
            send(rows.size(), null);
        }
        if (unsent() == 0) {
            waitingSinceNanos = nanoTime.getAsLong();
        }
        rows.add(row);
    }

    /**
     * Sends what has waited long or would, before the caller waits (a wait of zero: only what has). The newest row may
     * turn out to be the last one, and the last batch must say the number of rows: so the next batch repeats that row,
     * which is the same row to whoever stores it.
     */
    public void beforeWaiting(Duration wait) {
        if (unsent() > 0 && nanoTime.getAsLong() - waitingSinceNanos + wait.toNanos() > LONGEST_WAIT.toNanos()) {
            List<@Nullable Double> newest = rows.getLast();
            send(rows.size(), null);
            rows.add(newest);
            first--;
            firstIsRepeated = true;
        }
    }

    private int unsent() {
        return rows.size() - (firstIsRepeated ? 1 : 0);
    }

    /** Sends what is left, with the number of rows. */
    public void finish() {
        send(rows.size(), first + rows.size());
    }

    /** Sends what is left, without the number of rows: the stream was broken off. */
    public void breakOff() {
        if (!rows.isEmpty()) {
            send(rows.size(), null);
        }
    }

    /** Sequence number of the next row. */
    public long next() {
        return first + rows.size();
    }

    public long batches() {
        return batches;
    }

    private void send(int count, @Nullable Long totalRows) {
        SampleBatch batch = new SampleBatch(thing, stream, run, source, first, columns, rows, totalRows);
        long from = first;
        long to = first + count;
        first = to;
        rows = new ArrayList<>();
        firstIsRepeated = false;
        batches++;
        device.send(
                DeviceMessage.telemetry(SampleBatch.CONTENT_TYPE, Json.bytes(batch)),
                () -> acknowledgedUpTo.accept(acknowledged.add(from, to)));
    }
}
