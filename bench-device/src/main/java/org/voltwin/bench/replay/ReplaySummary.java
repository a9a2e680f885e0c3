package org.voltwin.bench.replay;

import java.util.List;
import org.voltwin.bench.measurement.Finding;
import org.voltwin.bench.measurement.MeasurementFormat;

/**
 * What a replay did.
 *
 * @param stream id of the stream at the thing
 * @param rows rows of the file, all acknowledged
 * @param batches messages they were sent in
 * @param seconds wall-clock time, s
 * @param resent messages that were sent again after a lost connection
 * @param findings what is to be known about the file
 */
public record ReplaySummary(
        String stream,
        MeasurementFormat format,
        long rows,
        long batches,
        double seconds,
        long resent,
        List<Finding> findings) {
    public ReplaySummary {
        findings = List.copyOf(findings);
    }
}
