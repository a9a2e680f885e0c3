package org.voltwin.cosim.run;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.model.failure.Failure;

/**
 * Rows as CSV, with the signals that were chosen; where a signal is not due in a row, and where its value is -1e9 (not
 * valid or not connected, by the output message's convention), the cell is empty.
 */
final class CsvFile implements RowObserver {
    private static final double INVALID = -1e9;

    private final PrintWriter csv;
    private final Selection selection;
    private int[] every = new int[0];
    private volatile long rows;
    private volatile Map<String, Double> summary = Map.of();
    private volatile @Nullable Failure failure;

    CsvFile(PrintWriter csv, Selection selection) {
        this.csv = csv;
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
        every = selection.decimation(signals);
        csv.print("Time [s]");
        for (int i = 0; i < every.length; i++) {
            Signal signal = signals.get(i);
            if (every[i] > 0) {
                String unit = signal.unit().isEmpty() ? "" : " [" + signal.unit() + "]";
                csv.print(",/" + signal.fmu() + "/" + signal.name() + unit);
            }
        }
        csv.print('\n');
    }

    @Override
    public void row(Row row) {
        csv.print(row.timeSeconds());
        for (int i = 0; i < every.length; i++) {
            if (every[i] > 0) {
                csv.print(',');
                if (row.sequence() % every[i] == 0) {
                    csv.print(cell(row.values()[i]));
                }
            }
        }
        csv.print('\n');
    }

    static String cell(double value) {
        return value == INVALID ? "" : String.valueOf(value);
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
}
