/**
 * Samples kept exactly once, with what was set aside and what was refused.
 *
 * <p>Entry type: {@link org.voltwin.twin.store.SampleStore}. Must not know: twins, where samples come from.
 */
@NullMarked
package org.voltwin.twin.store;

import org.jspecify.annotations.NullMarked;
