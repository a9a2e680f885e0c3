/**
 * FMUs tried in a worker process: whether they can be instantiated, initialised and stepped once.
 *
 * <p>Entry type: {@link org.voltwin.cosim.trial.FmuTrial}. Must not know: benches, the models exchange.
 */
@NullMarked
package org.voltwin.cosim.trial;

import org.jspecify.annotations.NullMarked;
