package org.voltwin.cosim.run;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.voltwin.cosim.worker.RowObserver;

/** A file of rows: {@link #begin} once, then rows, then {@link #close}. */
interface RowSink extends Closeable {
    void begin(List<RowObserver.Signal> kept) throws IOException;

    /** @param values one per kept signal; NaN where there is none. The array is used again */
    void row(double timeSeconds, double[] values) throws IOException;

    /** Hands what was written to the disk. */
    void flush() throws IOException;
}
