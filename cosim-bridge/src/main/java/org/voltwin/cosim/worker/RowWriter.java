package org.voltwin.cosim.worker;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.json.Json;

/**
 * The worker's side of the line protocol: {@code S} signals as JSON, {@code R} a row of numbers, {@code A} alive without
 * a row for a while, {@code K} a checkpoint made that knows of the rows before, {@code E} the end of a scenario, {@code D} done and {@code F} failed as JSON.
 */
final class RowWriter {
    /** The end of a scenario. */
    record ScenarioEnd(int scenario, @Nullable Failure failure) {}

    record End(long rows, Map<String, Double> summary) {}

    /** A row without it was cut off when the process ended. */
    static final String END_OF_ROW = ".";

    private static final long FLUSH_NANOSECONDS = 100_000_000L;
    private static final long ALIVE_NANOSECONDS = 1_000_000_000L;

    private final PrintStream out;
    private final StringBuilder line = new StringBuilder(256);
    private long sequence;
    private long flushedAt = System.nanoTime();

    RowWriter(PrintStream out) {
        this.out = out;
    }

    /** The number of the next row. */
    long sequence() {
        return sequence;
    }

    /** Numbers rows from here on: those before were written by another worker. */
    void goOn(long from) {
        sequence = from;
    }

    /** Hands everything to the parent. */
    void flush() {
        out.flush();
    }

    /** The parent makes the checkpoint the valid one, once it has the rows before this line. */
    void checkpoint() {
        write("K " + sequence);
        out.flush();
    }

    void signals(List<RowObserver.Signal> signals) {
        write("S " + Json.text(signals));
        out.flush();
    }

    /** Rows are flushed as the buffer fills, and ten times a second when the models are slow. */
    void row(int scenario, double timeSeconds, double fraction, double[] values) {
        line.setLength(0);
        line.append("R ").append(sequence++).append(' ').append(scenario);
        line.append(' ').append(timeSeconds).append(' ').append(fraction);
        for (double value : values) {
            line.append(' ').append(value);
        }
        line.append(' ').append(END_OF_ROW);
        write(line);
    }

    /** After each step: a simulation whose rows lie far apart is no hanging one. */
    void alive() {
        if (System.nanoTime() - flushedAt > ALIVE_NANOSECONDS) {
            write("A .");
        }
    }

    void scenarioDone(int scenario, @Nullable Failure failure) {
        write("E " + Json.text(new ScenarioEnd(scenario, failure)));
    }

    void done(Map<String, Double> summary) {
        write("D " + Json.text(new End(sequence, summary)));
        out.flush();
    }

    void broken(Failure failure) {
        write("F " + Json.text(failure));
        out.flush();
    }

    private void write(CharSequence text) {
        out.append(text).append('\n');
        long now = System.nanoTime();
        if (now - flushedAt > FLUSH_NANOSECONDS) {
            flushedAt = now;
            if (out.checkError()) {
                Runtime.getRuntime().halt(3); // the reader is gone
            }
        }
    }
}
