/**
 * The models exchange: a folder of coupled models, its HTTP endpoints and its log.
 *
 * <p>Entry type: {@link org.voltwin.cosim.library.ModelsFolder}. Must not know: workers, the message bus.
 */
@NullMarked
package org.voltwin.cosim.library;

import org.jspecify.annotations.NullMarked;
