/**
 * What a user needs to trust a design: efficiencies, aliases, power, correlation, prediction variance, discrepancy.
 *
 * <p>Entry type: {@link org.voltwin.doe.trust.TrustFigures}. Must not know: how a design was made.
 */
@NullMarked
package org.voltwin.doe.trust;

import org.jspecify.annotations.NullMarked;
