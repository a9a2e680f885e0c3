/**
 * Units of measurement on the wire and inside, with their QUDT names.
 *
 * <p>Entry type: {@link org.voltwin.model.quantity.Unit}. Must not know: anything else.
 */
@NullMarked
package org.voltwin.model.quantity;

import org.jspecify.annotations.NullMarked;
