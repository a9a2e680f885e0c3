/**
 * Designs found by search for a model and a region: D-, A- and I-optimal, split-plot, augmentation.
 *
 * <p>Entry type: {@link org.voltwin.doe.optimal.CoordinateExchange}. Must not know: specifications, units.
 */
@NullMarked
package org.voltwin.doe.optimal;

import org.jspecify.annotations.NullMarked;
