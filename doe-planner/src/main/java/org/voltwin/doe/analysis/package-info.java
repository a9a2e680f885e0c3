/**
 * What results say: fit of the design's model, analysis of variance, effects, residual checks, predictions, what to run
 * next.
 *
 * <p>Entry type: {@link org.voltwin.doe.analysis.ResultsAnalyser}. Must not know: files, benches.
 */
@NullMarked
package org.voltwin.doe.analysis;

import org.jspecify.annotations.NullMarked;
