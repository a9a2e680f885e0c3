/**
 * System Structure and Parameterization 1.0 and 2.0: systems of FMUs as other tools write them. A description becomes
 * the folder that a run takes: FMUs, connections.json, parameters.json.
 *
 * <p>Entry type: {@link org.voltwin.cosim.ssp.SspFile}. Must not know: native code, workers, the message bus.
 */
@NullMarked
package org.voltwin.cosim.ssp;

import org.jspecify.annotations.NullMarked;
