package org.voltwin.bench.device;

import java.util.TreeMap;

/** Which rows are acknowledged without a gap: acknowledgements may come in any order. */
final class AcknowledgedRows {
    private final TreeMap<Long, Long> ahead = new TreeMap<>();
    private long upTo;

    synchronized void startAt(long first) {
        upTo = first;
    }

    /** Adds rows from..to (exclusive); returns the number of rows from the beginning that are acknowledged. */
    synchronized long add(long from, long to) {
        ahead.merge(from, to, Math::max);
        while (!ahead.isEmpty() && ahead.firstKey() <= upTo) {
            upTo = Math.max(upTo, ahead.pollFirstEntry().getValue());
        }
        return upTo;
    }
}
