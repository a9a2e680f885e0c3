/**
 * Points spread over the unit cube: Latin hypercubes, Sobol and Halton sequences, and measures of spread.
 *
 * <p>Entry type: {@link org.voltwin.doe.filling.LatinHypercube}. Must not know: factors, units.
 */
@NullMarked
package org.voltwin.doe.filling;

import org.jspecify.annotations.NullMarked;
