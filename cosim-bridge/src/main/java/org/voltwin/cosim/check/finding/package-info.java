/**
 * Findings as checks collect them: in order, not without end.
 *
 * <p>Entry type: {@link org.voltwin.cosim.check.finding.Findings}. Must not know: what is checked.
 */
@NullMarked
package org.voltwin.cosim.check.finding;

import org.jspecify.annotations.NullMarked;
