package org.voltwin.twin.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reduces a series to a number of points so that extremes stay: M4 aggregation, which keeps the first, the last, the
 * smallest and the largest value of every bin (U. Jugel, Z. Jerzak, G. Hackenbroich, V. Markl: M4: A
 * Visualization-Oriented Time Series Data Aggregation, PVLDB 7(10), 2014, section 4). One pass, constant memory.
 */
final class Reduction {
    /** A point that stays. */
    record Point(long sequence, double time, double value) {}

    private static final int KEPT_PER_BIN = 4;

    private final long from;
    private final double rowsPerBin;
    private final boolean everything;
    private final List<Point> points = new ArrayList<>();
    private long bin = -1;
    private Point first = new Point(-1, 0, 0);
    private Point last = first;
    private Point least = first;
    private Point most = first;

    /**
     * @param from first sequence number
     * @param to last sequence number
     * @param most points to keep, at least 4
     */
    Reduction(long from, long to, int most) {
        this.from = from;
        long rows = to - from + 1;
        everything = rows <= most;
        rowsPerBin = Math.max(1, (double) rows / Math.max(1, most / KEPT_PER_BIN));
    }

    /** Takes the next point, in order of sequence numbers; NaN is left out. */
    void add(long sequence, double time, double value) {
        if (Double.isNaN(value) || Double.isNaN(time)) {
            return;
        }
        Point point = new Point(sequence, time, value);
        if (everything) {
            points.add(point);
            return;
        }
        long itsBin = (long) ((sequence - from) / rowsPerBin);
        if (itsBin != bin) {
            close();
            bin = itsBin;
            first = point;
            least = point;
            most = point;
        }
        last = point;
        least = value < least.value() ? point : least;
        most = value > most.value() ? point : most;
    }

    private void close() {
        if (bin < 0) {
            return;
        }
        TreeMap<Long, Point> kept = new TreeMap<>();
        for (Point point : List.of(first, least, most, last)) {
            kept.put(point.sequence(), point);
        }
        points.addAll(kept.values());
        bin = -1;
    }

    /** What stays, in order. */
    List<Point> points() {
        close();
        return List.copyOf(points);
    }
}
