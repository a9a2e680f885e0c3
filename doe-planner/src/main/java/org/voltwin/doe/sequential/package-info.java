/**
 * Runs proposed one batch after another by a Gaussian process that learns from the results.
 *
 * <p>Entry type: {@link org.voltwin.doe.sequential.SequentialDesign}. Must not know: files, benches.
 */
@NullMarked
package org.voltwin.doe.sequential;

import org.jspecify.annotations.NullMarked;
