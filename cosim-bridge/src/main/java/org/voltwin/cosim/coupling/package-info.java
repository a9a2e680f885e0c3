/**
 * Several FMUs stepped as one system: ordered steps, iterated loops, limits located by going back.
 *
 * <p>Entry type: {@link org.voltwin.cosim.coupling.CoupledSystem}. Must not know: processes, procedures, the message bus.
 */
@NullMarked
package org.voltwin.cosim.coupling;

import org.jspecify.annotations.NullMarked;
