/**
 * A coupled system run from the command line.
 *
 * <p>Entry type: {@link org.voltwin.cosim.run.CosimRun}. Must not know: the message bus, the models exchange.
 */
@NullMarked
package org.voltwin.cosim.run;

import org.jspecify.annotations.NullMarked;
