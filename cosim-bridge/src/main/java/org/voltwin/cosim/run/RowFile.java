package org.voltwin.cosim.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.model.failure.Failure;

/**
 * Writes the chosen signals to a file. Where a signal is not due in a row, and where its value is -1e9 (not valid or not
 * connected, by the output message's convention), there is none.
 */
final class RowFile implements RowObserver, Closeable {
    static final double INVALID = -1e9;

    private final RowSink sink;
    private final Selection selection;
    private int[] kept = new int[0];
    private int[] every = new int[0];
    private double[] values = new double[0];
    private volatile long rows;
    private volatile Map<String, Double> summary = Map.of();
    private volatile @Nullable Failure failure;

    RowFile(RowSink sink, Selection selection) {
        this.sink = sink;
        this.selection = selection;
    }

    long rows() {
        return rows;
    }

    Map<String, Double> summary() {
        return summary;
    }

    @Nullable Failure failure() {
        return failure;
    }

    @Override
    public void signals(List<Signal> signals) {
        int[] decimation = selection.decimation(signals);
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < decimation.length; i++) {
            if (decimation[i] > 0) {
                chosen.add(i);
            }
        }
        kept = chosen.stream().mapToInt(Integer::intValue).toArray();
        every = chosen.stream().mapToInt(i -> decimation[i]).toArray();
        values = new double[kept.length];
        try {
            sink.begin(chosen.stream().map(signals::get).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void row(Row row) {
        for (int i = 0; i < kept.length; i++) {
            double value = row.values()[kept[i]];
            values[i] = row.sequence() % every[i] == 0 && value != INVALID ? value : Double.NaN;
        }
        try {
            sink.row(row.timeSeconds(), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remembered(long count) {
        try {
            sink.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void done(long count, Map<String, Double> figures) {
        rows = count;
        summary = figures;
    }

    @Override
    public void broken(Failure cause) {
        failure = cause;
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
