/**
 * Simulations in processes of their own, so that a bad FMU ends only its run.
 *
 * <p>Entry type: {@link org.voltwin.cosim.worker.Simulation}. Must not know: the message bus, the models exchange.
 */
@NullMarked
package org.voltwin.cosim.worker;

import org.jspecify.annotations.NullMarked;
