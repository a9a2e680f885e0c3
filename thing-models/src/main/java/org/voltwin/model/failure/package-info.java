/**
 * Expected failures as values: what is wrong, why, what to do, and whether a retry helps.
 *
 * <p>Entry type: {@link org.voltwin.model.failure.Failure}. Must not know: Vert.x, Ditto classes, files, the wall clock.
 */
@NullMarked
package org.voltwin.model.failure;

import org.jspecify.annotations.NullMarked;
