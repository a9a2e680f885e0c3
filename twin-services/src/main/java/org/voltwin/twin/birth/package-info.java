/**
 * Creates the twin of an unknown cell, module or pack.
 *
 * <p>Entry type: {@link org.voltwin.twin.birth.BirthHandler}. Must not know: samples.
 */
@NullMarked
package org.voltwin.twin.birth;

import org.jspecify.annotations.NullMarked;
