/**
 * The analysis API: tests, measurements, things, schedule and designs as endpoints.
 *
 * <p>Entry type: {@link org.voltwin.twin.analysis.AnalysisApi}. Must not know: the web server.
 */
@NullMarked
package org.voltwin.twin.analysis;

import org.jspecify.annotations.NullMarked;
