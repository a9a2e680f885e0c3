/**
 * Designs with a known construction, in coded values: fractions of two levels, Plackett-Burman, Box-Behnken, central composite, definitive screening.
 *
 * <p>Entry type: {@link org.voltwin.doe.classical.TwoLevelFraction}. Must not know: specifications, units.
 */
@NullMarked
package org.voltwin.doe.classical;

import org.jspecify.annotations.NullMarked;
