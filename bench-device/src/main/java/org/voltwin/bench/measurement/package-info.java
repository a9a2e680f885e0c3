/**
 * Files that cyclers write, as rows of Voltwin's variables: read row by row, in the file's order, nothing left out and
 * nothing made up.
 *
 * <p>Entry type: {@link org.voltwin.bench.measurement.MeasurementFile}. Must not know: MQTT, and what the rows are for.
 */
@NullMarked
package org.voltwin.bench.measurement;

import org.jspecify.annotations.NullMarked;
