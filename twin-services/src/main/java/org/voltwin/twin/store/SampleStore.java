package org.voltwin.twin.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Outcome;

/**
 * Samples by sequence number: a row written twice is the same row, whatever the batches' boundaries. Blocking. Every
 * method throws when the store cannot be reached; what {@link #append} has returned from is kept.
 */
public interface SampleStore {
    /** Rows per bucket. */
    int BUCKET_ROWS = 500;

    /** Takes one row after the other; false ends the reading. */
    @FunctionalInterface
    interface RowReader {
        /**
         * @param values per column in the inside units, NaN where there is none
         */
        boolean row(long sequence, double[] values);
    }

    /**
     * Stores rows; the stream is as returned afterwards. Refused with {@code samples.columns_changed} when the stream
     * has other columns.
     */
    Outcome<StreamInfo> append(InsideRows rows, Instant now);

    /**
     * The sequence number of the first row of a message that has none of its own: the same message gets the same number
     * again, another one the next free number.
     *
     * @param digest identity of the message
     * @param count its rows
     */
    long allot(StreamKey key, String digest, int count);

    Optional<StreamInfo> stream(StreamKey key);

    /** Streams, latest first; of one thing when given. */
    List<StreamInfo> streams(Optional<TwinId> thing);

    /**
     * Reads rows in order of their sequence numbers.
     *
     * @param from first, inclusive
     * @param to last, inclusive
     */
    void read(StreamKey key, long from, long to, RowReader reader);

    /** Remembers how far the charge of a stream was counted. */
    void markCharge(StreamKey key, ChargeMark mark);

    void reject(RejectedMessage message);

    /** The latest first. */
    List<RejectedMessage> rejected(int limit);

    /** Keeps something exchanged with the LIMS. Twice the same id is once. */
    void keepExchange(String id, Instant at, String topic, JsonNode content);

    /** Whether the store answers. */
    boolean isUp();
}
