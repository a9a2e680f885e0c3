/**
 * The text formats of the literature: flexible job shop and PSPLIB.
 *
 * <p>Entry type: {@link org.voltwin.doe.schedule.formats.FjspText}. Must not know: files (it reads text), engines.
 */
@NullMarked
package org.voltwin.doe.schedule.formats;

import org.jspecify.annotations.NullMarked;
